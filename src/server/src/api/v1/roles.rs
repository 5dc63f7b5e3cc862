//! Roles.

pub mod clients;
pub mod create;
pub mod list;
pub mod read;
pub mod remove;
pub mod update;
pub mod users;

use domain::role::{RoleId, RoleType};
use domain::tenant::TenantId;
use domain::view::{RoleDetails, RoleRow};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::error::ApiError;

/// The scope of a role that belongs to a tenant.
const TENANT_SCOPE: i32 = 1;

/// A role that clients and people of a tenant can have.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "PascalCase")]
#[schema(example = json!({
    "Id": "9c4e2f67-2f0a-4b52-8a39-5d3f0f1a7c10",
    "Name": "MyData.Role",
    "Description": "Reads my data",
    "RoleScope": 1,
    "TenantId": "3d4c7a0e-6f3b-4a57-9a0c-0a6f7c9e1b22",
    "CommunityId": null,
    "RoleTypeId": null
}))]
pub struct Role {
    /// Its id. That of a built-in role differs from tenant to tenant.
    id: Uuid,
    /// Its name, unique in its tenant without regard to case.
    #[schema(max_length = 128)]
    name: String,
    /// What it is for; may be empty.
    #[schema(max_length = 128)]
    description: String,
    /// To what it belongs: 0 nothing, 1 a tenant, 2 a community, 3 the cluster.
    #[serde(rename = "RoleScope")]
    scope: i32,
    /// Its tenant.
    tenant_id: Option<Uuid>,
    /// Its community.
    community_id: Option<Uuid>,
    /// The type of a built-in role, the same everywhere.
    #[serde(rename = "RoleTypeId")]
    type_id: Option<Uuid>,
}

impl Role {
    /// The role of a tenant.
    pub fn new(tenant: TenantId, row: RoleRow) -> Self {
        Self {
            id: row.role.id.0,
            name: row.role.name,
            description: row.description,
            scope: TENANT_SCOPE,
            tenant_id: Some(tenant.0),
            community_id: None,
            type_id: row.role.role_type.map(RoleType::id),
        }
    }
}

/// A role, named by its id. Other fields may stand beside it and are ignored.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "PascalCase", expecting = "an object")]
#[schema(example = json!({ "Id": "9c4e2f67-2f0a-4b52-8a39-5d3f0f1a7c10" }))]
pub struct RoleReference {
    /// Its id.
    #[schema(value_type = Uuid)]
    id: Option<Uuid>,
}

impl RoleReference {
    /// The ids of those that were sent; one that lacks its own is named by its place.
    pub fn ids(sent: Vec<Self>) -> Result<Vec<RoleId>, ApiError> {
        let ids = sent.into_iter().enumerate().map(|(place, role)| {
            let missing = || ApiError::wrong_field("Id", "It is missing. Send the GUID of a role.").at(place);
            role.id.map(RoleId).ok_or_else(missing)
        });
        ids.collect()
    }
}

/// A role without those who have it.
fn row(details: RoleDetails) -> RoleRow {
    RoleRow {
        role: details.role,
        description: details.description,
        version: details.version,
    }
}
