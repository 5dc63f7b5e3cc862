//! Secrets of clients: the same operations for both kinds that have some.

pub mod create;
pub mod list;
mod owner;
pub mod read;
pub mod remove;
pub mod rotate;
pub mod update;

use chrono::{DateTime, Utc};
use domain::secret::ShownSecret;
use domain::view::SecretRow;
use serde::Serialize;
use utoipa::ToSchema;

/// A secret of a client. Its text is shown once, in the answer that makes it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "PascalCase")]
#[schema(example = json!({
    "Id": 2,
    "Description": "Gateway",
    "Expiration": "2099-12-31T00:00:00Z",
    "Expires": true
}))]
pub struct ClientSecret {
    /// Its number in its client.
    id: i32,
    /// What it is for; may be empty.
    #[schema(max_length = 128)]
    description: String,
    /// When it ends; null if it never does.
    expiration: Option<DateTime<Utc>>,
    /// Whether it ends.
    expires: bool,
}

/// A secret that was just made. Store its text: nobody can ask for it again.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "PascalCase")]
#[schema(example = json!({
    "Id": 2,
    "Description": "Gateway",
    "Expiration": "2099-12-31T00:00:00Z",
    "Expires": true,
    "Secret": "cls_…"
}))]
pub struct NewClientSecret {
    #[serde(flatten)]
    row: ClientSecret,
    /// Its text.
    #[schema(value_type = String)]
    secret: ShownSecret,
}

impl From<SecretRow> for ClientSecret {
    fn from(row: SecretRow) -> Self {
        let expiration = row.expiry.at();
        Self {
            id: row.id.0,
            description: row.description,
            expiration,
            expires: expiration.is_some(),
        }
    }
}
