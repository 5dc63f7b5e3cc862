use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use domain::add_client::AddClientForm;
use domain::client::ClientId;
use domain::client_form::ClientForm;
use domain::field::Field;
use domain::secret_form::SecretForm;
use domain::view::Created;
use http::StatusCode;
use http::header::LOCATION;
use serde::Serialize;
use service::{Service, ServiceError};
use utoipa::ToSchema;

use super::authorization_code::AuthorizationCodeClientCreate;
use super::client_credential::ClientCredentialClientCreate;
use super::hybrid::HybridClientCreate;
use super::{ApplyTo, AuthorizationCodeClient, ClientCredentialClient, HybridClient, JsonClient, NewClient, extras};
use crate::api::body::JsonBody;
use crate::api::caller::Administrator;
use crate::api::document::Taken;
use crate::api::error::{ApiError, name_of};
use crate::api::etag::etag;
use crate::api::v1::chosen;

/// A client that was just added, with its secret: the only time that it is shown.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "PascalCase")]
pub struct CreatedClient<T> {
    /// The text of the secret.
    #[schema(example = "cls_…")]
    secret: String,
    /// The number of the secret within its client.
    #[schema(example = 1)]
    id: i32,
    /// What the secret is for; may be empty.
    #[schema(example = "gateway")]
    description: String,
    /// When the secret ends; never if it is null.
    #[schema(example = "2099-12-31T00:00:00Z")]
    expiration_date: Option<DateTime<Utc>>,
    /// The client.
    client: T,
}

/// The same of the kind that an import adds, too. It has a name of its own, because the documentation's macro reads no
/// generics within generics, and makes a schema of another name where it stands without.
pub(super) type CreatedClientCredentialClient = CreatedClient<ClientCredentialClient>;

/// Adds a client-credentials client and its first secret.
#[utoipa::path(
    post,
    path = "/api/v1/Tenants/{tenantId}/ClientCredentialClients",
    operation_id = "CreateClientCredentialClient",
    tag = "Client Credential Clients",
    request_body = ClientCredentialClientCreate,
    responses(
        (status = 201, description = "The client and its secret.", body = CreatedClientCredentialClient, headers(("ETag" = String), ("Location" = String))),
        (status = 409, response = Taken),
    ),
)]
pub async fn client_credential(
    State(service): State<Service>,
    caller: Administrator,
    body: JsonBody,
) -> Result<Response, ApiError> {
    let added = create::<ClientCredentialClient>(&service, &caller, &body).await?;
    added.with_secret()
}

/// Adds an authorization-code client, which has no secrets.
#[utoipa::path(
    post,
    path = "/api/v1/Tenants/{tenantId}/AuthorizationCodeClients",
    operation_id = "CreateAuthorizationCodeClient",
    tag = "Authorization Code Clients",
    request_body = AuthorizationCodeClientCreate,
    responses(
        (status = 201, description = "The client.", body = AuthorizationCodeClient, headers(("ETag" = String), ("Location" = String))),
        (status = 409, response = Taken),
    ),
)]
pub async fn authorization_code(
    State(service): State<Service>,
    caller: Administrator,
    body: JsonBody,
) -> Result<Response, ApiError> {
    let added = create::<AuthorizationCodeClient>(&service, &caller, &body).await?;
    Ok(added.alone())
}

/// Adds a hybrid client and its first secret.
#[utoipa::path(
    post,
    path = "/api/v1/Tenants/{tenantId}/HybridClients",
    operation_id = "CreateHybridClient",
    tag = "Hybrid Clients",
    request_body = HybridClientCreate,
    responses(
        (status = 201, description = "The client and its secret.", body = CreatedClient<HybridClient>, headers(("ETag" = String), ("Location" = String))),
        (status = 409, response = Taken),
    ),
)]
pub async fn hybrid(
    State(service): State<Service>,
    caller: Administrator,
    body: JsonBody,
) -> Result<Response, ApiError> {
    let added = create::<HybridClient>(&service, &caller, &body).await?;
    added.with_secret()
}

/// A client that was just added.
struct Added<T> {
    created: Created,
    client: T,
    location: String,
    version: i64,
}

impl<T: Serialize> Added<T> {
    /// Answers it with its secret.
    fn with_secret(self) -> Result<Response, ApiError> {
        let created = with_secret(self.created, self.client)?;
        Ok(answer(self.location, self.version, created))
    }

    /// Answers it alone.
    fn alone(self) -> Response {
        answer(self.location, self.version, self.client)
    }
}

fn answer(location: String, version: i64, body: impl Serialize) -> Response {
    let location = [(LOCATION, location)];
    (StatusCode::CREATED, location, etag(version), Json(body)).into_response()
}

/// The client with its secret.
pub(super) fn with_secret<T>(created: Created, client: T) -> Result<CreatedClient<T>, ApiError> {
    let Some((secret, row)) = created.secret.zip(created.secret_row) else {
        return Err(ApiError::of(StatusCode::INTERNAL_SERVER_ERROR));
    };
    Ok(CreatedClient {
        secret: secret.0,
        id: row.id.0,
        description: row.description,
        expiration_date: row.expiry.at(),
        client,
    })
}

async fn create<T: JsonClient>(
    service: &Service,
    caller: &Administrator,
    body: &JsonBody,
) -> Result<Added<T>, ApiError> {
    let form = form::<T>(body.read::<T::New>()?.into());
    let (actor, tenant) = (&caller.actor, caller.tenant);
    let added = service.add_and_view_client(actor, tenant, &form).await;
    let (created, client) = added.map_err(refused)?;
    Ok(Added {
        location: format!("/api/v1/Tenants/{tenant}/{}/{}", T::COLLECTION, created.id),
        version: client.version,
        client: T::from(client),
        created,
    })
}

/// What the program sent, as the page would send it.
pub(super) fn form<T: JsonClient>(new: NewClient<T::Change>) -> AddClientForm {
    let mut client = ClientForm {
        extras: extras(),
        ..ClientForm::default()
    };
    new.settings.apply_to(&mut client);
    AddClientForm {
        id: chosen(new.id).map(ClientId),
        kind: T::KIND,
        client,
        secret: SecretForm {
            description: new.secret_description.unwrap_or_default(),
            never_expires: new.secret_expiration_date.is_none(),
            expiration: new.secret_expiration_date.unwrap_or_default(),
        },
    }
}

/// The fields of the secret have other names beside those of the client.
pub(super) fn refused(error: ServiceError) -> ApiError {
    ApiError::of_service(error, |field| match field {
        Field::Description => "SecretDescription",
        Field::ExpirationDate => "SecretExpirationDate",
        field => name_of(field),
    })
}
