//! Roles: what a client or a person may do.

use serde::{Deserialize, Serialize};
use uuid::{Uuid, uuid};

use crate::field::{Field, FieldError};
pub use crate::id::RoleId;
use crate::text::bounded;

/// The name of a role: 1 to 128 characters after trimming, unique in its tenant without regard to case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleName(String);

impl RoleName {
    /// Reads what a person typed.
    pub fn parse(text: &str) -> Result<Self, FieldError> {
        bounded(Field::Name, text, 1).map(Self)
    }

    /// The name as shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What a role is for: up to 128 characters, or none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoleDescription(String);

impl RoleDescription {
    /// Reads what a person typed.
    pub fn parse(text: &str) -> Result<Self, FieldError> {
        bounded(Field::Description, text, 0).map(Self)
    }

    /// The description as shown; empty when there is none.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The kinds of built-in roles that each tenant has. Their ids are the same in every installation; the role of a tenant
/// has an id of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum RoleType {
    /// Held by every client and person of the tenant.
    TenantMember,
    /// May change everything in the tenant.
    TenantAdministrator,
    /// May write data.
    TenantContributor,
    /// May manage data of others.
    TenantDataSteward,
    /// May read data.
    TenantViewer,
}

impl RoleType {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 5] = [
        Self::TenantMember,
        Self::TenantAdministrator,
        Self::TenantContributor,
        Self::TenantDataSteward,
        Self::TenantViewer,
    ];

    /// The constant id of the type.
    pub const fn id(self) -> Uuid {
        match self {
            Self::TenantMember => uuid!("7ad2b9ef-5386-4ead-ac9f-ad99c5c5b977"),
            Self::TenantAdministrator => uuid!("2dc742ab-39ea-4fc0-a39e-2bcb71c26a5f"),
            Self::TenantContributor => uuid!("f1439595-e5a2-487f-8a4f-0627fefe75df"),
            Self::TenantDataSteward => uuid!("45b66433-5f57-420b-bbdf-8bbd60c1cd9d"),
            Self::TenantViewer => uuid!("e6cbf91e-0be8-4858-92b5-f88ecafd5574"),
        }
    }

    /// The type with this id.
    pub fn from_id(id: Uuid) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.id() == id)
    }

    /// The name of the built-in role.
    pub const fn name(self) -> &'static str {
        match self {
            Self::TenantMember => "Tenant Member",
            Self::TenantAdministrator => "Tenant Administrator",
            Self::TenantContributor => "Tenant Contributor",
            Self::TenantDataSteward => "Tenant Data Steward",
            Self::TenantViewer => "Tenant Viewer",
        }
    }

    /// What the built-in role is for.
    pub const fn description(self) -> &'static str {
        match self {
            Self::TenantMember => "Belongs to the tenant.",
            Self::TenantAdministrator => "Manages the tenant: its clients, roles and users.",
            Self::TenantContributor => "Reads and writes the tenant's data.",
            Self::TenantDataSteward => "Reads, writes and manages all of the tenant's data.",
            Self::TenantViewer => "Reads the tenant's data.",
        }
    }
}

/// A role that can be given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Role {
    /// Its id in its tenant.
    pub id: RoleId,
    /// Its type when it is built in; a custom role has none.
    pub role_type: Option<RoleType>,
    /// Its name, unique in its tenant without regard to case.
    pub name: String,
}
