use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::number::grouped;
use domain::search::MAX_COUNT;
use http::StatusCode;
use service::Service;

use super::ClientCredentialClient;
use super::client_credential::ClientCredentialClientCreate;
use super::create::{CreatedClientCredentialClient, form, refused, with_secret};
use crate::api::body::JsonBody;
use crate::api::caller::Administrator;
use crate::api::error::{ApiError, Partial};
use crate::api::found;

/// Adds client-credentials clients, such as an export has them, and a new secret for each; for administrators.
///
/// It takes at most 1,000 clients and 1 MiB at once. Each is added by itself, and one that is refused keeps no other away; but
/// what can't be read refuses all.
#[utoipa::path(
    post,
    path = "/api/v1/Tenants/{tenantId}/ClientCredentialClients/Import",
    operation_id = "ImportClientCredentialClients",
    tag = "Client Credential Clients",
    request_body = Vec<ClientCredentialClientCreate>,
    responses(
        (status = 201, description = "The clients and their secrets.", body = Vec<CreatedClientCredentialClient>),
        (status = 207, description = "Not all were added.", body = Partial<CreatedClientCredentialClient>),
    ),
)]
pub async fn import(
    State(service): State<Service>,
    Administrator { actor, tenant }: Administrator,
    body: JsonBody,
) -> Result<Response, ApiError> {
    let new: Vec<ClientCredentialClientCreate> = body.read_objects()?;
    if new.len() > MAX_COUNT as usize {
        let (most, given) = (grouped(MAX_COUNT.into()), grouped(new.len() as u64));
        let why = format!("At most {most} clients are imported at once. This has {given}.");
        return Err(ApiError::wrong_field("Body", why));
    }
    let forms = new.into_iter().map(|new| form::<ClientCredentialClient>(new.into()));
    let (mut added, mut refusals) = (Vec::new(), Vec::new());
    let ends = service.import_clients(&actor, tenant, forms.collect()).await?;
    for (place, (id, end)) in ends.into_iter().enumerate() {
        match end {
            Ok((created, client)) => added.push(with_secret(created, ClientCredentialClient::from(client))?),
            Err(error) => refusals.push((id.0, refused(error).at(place))),
        }
    }
    if refusals.is_empty() {
        return Ok((StatusCode::CREATED, Json(added)).into_response());
    }
    Err(ApiError::partly_refused(refusals, found::values(added)?))
}
