//! Client-credentials clients.

use domain::client::ClientKind;
use domain::client_form::ClientForm;
use domain::role::RoleId;
use domain::view::ClientView;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{ApplyTo, CommonChange, JsonClient, NewClient, set};

/// A client that calls for itself.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "PascalCase")]
#[schema(example = json!({
    "Id": "0f6e2d9c-8f6a-4a38-9a51-2f3f6f5b7c10",
    "Name": "Pump station 7",
    "Enabled": true,
    "AccessTokenLifetime": 3600,
    "Tags": ["north"],
    "RoleIds": ["9c4e2f67-2f0a-4b52-8a39-5d3f0f1a7c10"]
}))]
pub struct ClientCredentialClient {
    /// Its id, which is its `client_id` too.
    id: Uuid,
    /// Its name.
    #[schema(max_length = 128)]
    name: String,
    /// Whether it may connect.
    enabled: bool,
    /// How long its access tokens live, in seconds.
    #[schema(value_type = i32, minimum = 60, maximum = 3600)]
    access_token_lifetime: i64,
    /// The words by which programs find it.
    #[schema(max_items = 20)]
    tags: Vec<String>,
    /// Its roles, Tenant Member among them.
    role_ids: Vec<Uuid>,
}

/// A client that calls for itself, to be added with its first secret.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "PascalCase", expecting = "an object")]
#[schema(example = json!({
    "Name": "Pump station 7",
    "AccessTokenLifetime": 3600,
    "Tags": ["north"],
    "RoleIds": ["9c4e2f67-2f0a-4b52-8a39-5d3f0f1a7c10"],
    "SecretDescription": "gateway",
    "SecretExpirationDate": "2099-12-31T00:00:00Z"
}))]
pub struct ClientCredentialClientCreate {
    /// Its id, if the caller chooses it: one that no client and nobody here has or had.
    id: Option<Uuid>,
    /// Its name.
    #[schema(value_type = String, min_length = 1, max_length = 128)]
    name: Option<String>,
    /// Whether it may connect; it may if this is left out.
    enabled: Option<bool>,
    /// How long its access tokens live, in seconds; 3600 if this is left out.
    #[schema(value_type = Option<i32>, minimum = 60, maximum = 3600)]
    access_token_lifetime: Option<Box<RawValue>>,
    /// The words by which programs find it, of 1 to 128 characters each.
    #[schema(max_items = 20)]
    tags: Option<Vec<String>>,
    /// Its roles. Tenant Member must be among them.
    #[schema(value_type = Vec<Uuid>, required, min_items = 1)]
    role_ids: Option<Vec<Uuid>>,
    /// What its secret is for.
    #[schema(max_length = 128)]
    secret_description: Option<String>,
    /// When its secret ends; never if this is left out.
    #[schema(format = DateTime)]
    secret_expiration_date: Option<String>,
}

/// What is to change of a client; what is left out or null stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "PascalCase", expecting = "an object")]
#[schema(example = json!({ "Enabled": false, "Tags": [] }))]
pub struct ClientCredentialClientUpdate {
    /// Its name.
    #[schema(min_length = 1, max_length = 128)]
    name: Option<String>,
    /// Whether it may connect.
    enabled: Option<bool>,
    /// How long its access tokens live, in seconds.
    #[schema(value_type = Option<i32>, minimum = 60, maximum = 3600)]
    access_token_lifetime: Option<Box<RawValue>>,
    /// The words by which programs find it, of 1 to 128 characters each.
    #[schema(max_items = 20)]
    tags: Option<Vec<String>>,
    /// All of its roles. Tenant Member must be among them.
    role_ids: Option<Vec<Uuid>>,
}

impl JsonClient for ClientCredentialClient {
    const KIND: ClientKind = ClientKind::ClientCredentials;
    const COLLECTION: &'static str = "ClientCredentialClients";
    type New = ClientCredentialClientCreate;
    type Change = ClientCredentialClientUpdate;
}

impl From<ClientView> for ClientCredentialClient {
    fn from(client: ClientView) -> Self {
        Self {
            id: client.id.0,
            name: client.name,
            enabled: client.enabled,
            access_token_lifetime: client.token_lifetime.seconds(),
            tags: client.tags,
            role_ids: client.roles.into_iter().map(|role| role.0).collect(),
        }
    }
}

impl From<ClientCredentialClientCreate> for NewClient<ClientCredentialClientUpdate> {
    fn from(new: ClientCredentialClientCreate) -> Self {
        Self {
            id: new.id,
            settings: ClientCredentialClientUpdate {
                name: new.name,
                enabled: new.enabled,
                access_token_lifetime: new.access_token_lifetime,
                tags: new.tags,
                role_ids: new.role_ids,
            },
            secret_description: new.secret_description,
            secret_expiration_date: new.secret_expiration_date,
        }
    }
}

impl ApplyTo for ClientCredentialClientUpdate {
    fn apply_to(self, form: &mut ClientForm) {
        let common = CommonChange {
            name: self.name,
            enabled: self.enabled,
            access_token_lifetime: self.access_token_lifetime,
            tags: self.tags,
        };
        common.apply_to(form);
        let roles = self.role_ids.map(|ids| ids.into_iter().map(RoleId).collect());
        set(&mut form.roles, roles);
    }
}
