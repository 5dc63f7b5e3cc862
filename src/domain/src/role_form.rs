//! The form that a role is added or edited with.

use serde::{Deserialize, Serialize};

use crate::field::{Checked, both, one};
use crate::role::{RoleDescription, RoleName};

/// What a person typed into **Add Role** or **Edit Role**, as it crosses the wire.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleForm {
    /// **Name**.
    pub name: String,
    /// **Description**.
    pub description: String,
}

/// What a person decides about a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleSettings {
    /// Its name.
    pub name: RoleName,
    /// What it is for.
    pub description: RoleDescription,
}

impl RoleForm {
    /// Reads it, in the browser and on the server.
    pub fn check(&self) -> Checked<RoleSettings> {
        let name = one(RoleName::parse(&self.name));
        let description = one(RoleDescription::parse(&self.description));
        let (name, description) = both(name, description)?;
        Ok(RoleSettings { name, description })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::Field;

    #[test]
    fn names_every_wrong_field_in_order() {
        let form = RoleForm {
            name: String::new(),
            description: "x".repeat(129),
        };
        let fields: Vec<Field> = form.check().unwrap_err().into_iter().map(|error| error.field).collect();
        assert_eq!(fields, [Field::Name, Field::Description]);
    }
}
