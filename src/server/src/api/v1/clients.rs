//! Clients of each kind: what they are as JSON in a file of their own, and a file for each verb.

mod authorization_code;
mod client_credential;
pub mod create;
pub mod export;
mod hybrid;
pub mod import;
pub mod list;
pub mod read;
pub mod remove;
pub mod roles;
pub mod update;

use domain::client::{ClientId, ClientKind};
use domain::client_extras::ClientExtras;
use domain::client_form::ClientForm;
use domain::view::ClientView;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use service::Service;
use uuid::Uuid;

pub use authorization_code::AuthorizationCodeClient;
pub use client_credential::ClientCredentialClient;
pub use hybrid::HybridClient;

use crate::api::caller::Administrator;
use crate::api::error::ApiError;
use crate::api::etag::IfMatch;
use crate::api::path::PathParameters;

/// The name of the client in every path.
const CLIENT: &str = "clientId";

/// A client of one kind as JSON.
pub trait JsonClient: Serialize + From<ClientView> {
    /// The kind.
    const KIND: ClientKind;
    /// The segment of the path in which they are.
    const COLLECTION: &'static str;
    /// What adds one.
    type New: DeserializeOwned + Into<NewClient<Self::Change>>;
    /// What changes one.
    type Change: DeserializeOwned + ApplyTo;
}

/// What is to change of a client; what is `None` stays as it is.
pub trait ApplyTo {
    /// Changes the form.
    fn apply_to(self, form: &mut ClientForm);
}

/// A client to be added.
pub struct NewClient<Change> {
    id: Option<Uuid>,
    /// What differs from an empty form.
    settings: Change,
    secret_description: Option<String>,
    secret_expiration_date: Option<String>,
}

/// What is to change of the fields that all kinds have.
struct CommonChange {
    name: Option<String>,
    enabled: Option<bool>,
    /// As it was sent: whatever it is, the form says what it must be.
    access_token_lifetime: Option<Box<RawValue>>,
    tags: Option<Vec<String>>,
}

impl ApplyTo for CommonChange {
    fn apply_to(self, form: &mut ClientForm) {
        set(&mut form.name, self.name);
        set(
            &mut form.token_lifetime,
            self.access_token_lifetime.map(|sent| sent.get().to_owned()),
        );
        form.extras.enabled = self.enabled;
        form.extras.tags = self.tags;
    }
}

fn set<T>(field: &mut T, new: Option<T>) {
    if let Some(new) = new {
        *field = new;
    }
}

/// Programs name all roles, Tenant Member among them.
fn extras() -> ClientExtras {
    ClientExtras {
        names_all_roles: true,
        ..ClientExtras::default()
    }
}

/// The client of the path, which an administrator is about to change in the version they named, if they named one.
async fn to_be_changed(
    service: &Service,
    caller: &Administrator,
    kind: ClientKind,
    path: &PathParameters,
    if_match: &IfMatch,
) -> Result<ClientView, ApiError> {
    let id: ClientId = path.id(CLIENT)?;
    let client = service.client_view(&caller.actor, caller.tenant, kind, id).await?;
    if_match.check(client.version)?;
    Ok(client)
}
