//! The form that a person is added or edited with.

use serde::{Deserialize, Serialize};

use crate::field::{Checked, both, one};
use crate::role::RoleId;
use crate::user::{Email, UserName};
use crate::user_extras::UserExtras;

/// What an administrator typed into **Add User** or **Edit User**, as it crosses the wire.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserForm {
    /// **Name**.
    pub name: String,
    /// **E-mail**.
    pub email: String,
    /// The chosen roles. The server adds Tenant Member.
    #[serde(default)]
    pub roles: Vec<RoleId>,
    /// What only programs set. Without it all of that stays as it is.
    #[serde(default)]
    pub extras: Option<UserExtras>,
}

/// What an administrator decides about a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserSettings {
    /// Their name.
    pub name: UserName,
    /// Their e-mail address, with which they sign in.
    pub email: Email,
    /// Their roles, in order, each once.
    pub roles: Vec<RoleId>,
    /// What only programs set, if they do.
    pub extras: Option<UserExtras>,
}

impl UserForm {
    /// Reads it, in the browser and on the server.
    pub fn check(&self) -> Checked<UserSettings> {
        let (name, email) = (one(UserName::parse(&self.name)), one(Email::parse(&self.email)));
        let extras = self.extras.as_ref().map(UserExtras::check).transpose();
        let ((name, email), extras) = both(both(name, email), extras)?;
        let mut roles = self.roles.clone();
        roles.sort_unstable();
        roles.dedup();
        Ok(UserSettings {
            name,
            email,
            roles,
            extras,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::Field;

    #[test]
    fn names_every_wrong_field_in_order() {
        let form = UserForm {
            extras: Some(UserExtras {
                surname: "x".repeat(129),
                ..UserExtras::default()
            }),
            ..UserForm::default()
        };
        let errors = form.check().unwrap_err();
        let fields: Vec<Field> = errors.into_iter().map(|error| error.field).collect();
        assert_eq!(fields, [Field::Name, Field::Email, Field::Surname]);
    }
}
