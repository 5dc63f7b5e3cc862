//! The roles of client-credentials clients, under two paths.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::client::{ClientId, ClientKind};
use service::Service;

use super::{CLIENT, to_be_changed};
use crate::api::body::JsonBody;
use crate::api::caller::{Administrator, Caller};
use crate::api::error::{ApiError, Partial};
use crate::api::etag::{IfMatch, etag};
use crate::api::found;
use crate::api::path::PathParameters;
use crate::api::query::{ListParameters, QueryParameters};
use crate::api::v1::roles::{Role, RoleReference};

/// The roles of a client-credentials client, built-in ones first, then by name.
#[utoipa::path(
    get,
    path = "/api/v1/Tenants/{tenantId}/ClientCredentialClients/{clientId}/Roles",
    operation_id = "ListClientCredentialClientRoles",
    tag = "Client Credential Clients",
    params(ListParameters),
    responses(
        (status = 200, description = "The roles. The ETag is the client's.", body = Vec<Role>, headers(("ETag" = String), ("Total-Count" = u64, description = "How many match in all."))),
        (status = 207, description = "Some ids are unknown.", body = Partial<Role>),
    ),
)]
pub async fn list_client_credential(
    State(service): State<Service>,
    caller: Caller,
    path: PathParameters,
    query: QueryParameters,
) -> Result<Response, ApiError> {
    list(&service, &caller, &path, &query).await
}

/// The roles of a client-credentials client, built-in ones first, then by name.
#[utoipa::path(
    get,
    path = "/api/v1/Tenants/{tenantId}/Clients/{clientId}/Roles",
    operation_id = "ListClientRoles",
    tag = "Client Credential Clients",
    params(ListParameters),
    responses(
        (status = 200, description = "The roles. The ETag is the client's.", body = Vec<Role>, headers(("ETag" = String), ("Total-Count" = u64, description = "How many match in all."))),
        (status = 207, description = "Some ids are unknown.", body = Partial<Role>),
    ),
)]
pub async fn list_client(
    State(service): State<Service>,
    caller: Caller,
    path: PathParameters,
    query: QueryParameters,
) -> Result<Response, ApiError> {
    list(&service, &caller, &path, &query).await
}

/// Gives a client-credentials client these roles and no others.
///
/// Tenant Member must be among them. If-Match takes the `ETag` of the client.
#[utoipa::path(
    put,
    path = "/api/v1/Tenants/{tenantId}/ClientCredentialClients/{clientId}/Roles",
    operation_id = "UpdateClientCredentialClientRoles",
    tag = "Client Credential Clients",
    request_body = Vec<RoleReference>,
    responses((status = 200, description = "Its roles as they are now. The ETag is the client's.", body = Vec<Role>, headers(("ETag" = String)))),
)]
pub async fn update_client_credential(
    State(service): State<Service>,
    caller: Administrator,
    path: PathParameters,
    if_match: IfMatch,
    body: JsonBody,
) -> Result<Response, ApiError> {
    update(&service, &caller, &path, &if_match, &body).await
}

/// Gives a client-credentials client these roles and no others.
///
/// Tenant Member must be among them. If-Match takes the `ETag` of the client.
#[utoipa::path(
    put,
    path = "/api/v1/Tenants/{tenantId}/Clients/{clientId}/Roles",
    operation_id = "UpdateClientRoles",
    tag = "Client Credential Clients",
    request_body = Vec<RoleReference>,
    responses((status = 200, description = "Its roles as they are now. The ETag is the client's.", body = Vec<Role>, headers(("ETag" = String)))),
)]
pub async fn update_client(
    State(service): State<Service>,
    caller: Administrator,
    path: PathParameters,
    if_match: IfMatch,
    body: JsonBody,
) -> Result<Response, ApiError> {
    update(&service, &caller, &path, &if_match, &body).await
}

async fn list(
    service: &Service,
    caller: &Caller,
    path: &PathParameters,
    query: &QueryParameters,
) -> Result<Response, ApiError> {
    let (tenant, id) = (caller.tenant, path.id(CLIENT)?);
    let (roles, version) = service.client_roles(&caller.actor, tenant, id).await?;
    let found = query
        .search()?
        .among(roles, |row| row.role.id.0, |row| row.role.name.as_str());
    let answer = found::answer(found, |row| Role::new(tenant, row))?;
    Ok((etag(version), answer).into_response())
}

async fn update(
    service: &Service,
    caller: &Administrator,
    path: &PathParameters,
    if_match: &IfMatch,
    body: &JsonBody,
) -> Result<Response, ApiError> {
    let (actor, tenant, kind) = (&caller.actor, caller.tenant, ClientKind::ClientCredentials);
    let id: ClientId = path.id(CLIENT)?;
    if_match
        .change(|| async {
            let version = to_be_changed(service, caller, kind, path, if_match).await?.version;
            let roles = RoleReference::ids(body.read_objects()?)?;
            Ok(service.set_client_roles(actor, tenant, id, version, &roles).await?)
        })
        .await?;
    let (roles, version) = service.client_roles(actor, tenant, id).await?;
    let roles: Vec<Role> = roles.into_iter().map(|row| Role::new(tenant, row)).collect();
    Ok((etag(version), Json(roles)).into_response())
}
