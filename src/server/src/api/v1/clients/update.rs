use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::client::ClientId;
use domain::client_form::ClientForm;
use domain::view::ClientView;
use service::Service;

use super::authorization_code::AuthorizationCodeClientUpdate;
use super::client_credential::ClientCredentialClientUpdate;
use super::hybrid::HybridClientUpdate;
use super::{
    ApplyTo, AuthorizationCodeClient, CLIENT, ClientCredentialClient, HybridClient, JsonClient, extras, to_be_changed,
};
use crate::api::body::JsonBody;
use crate::api::caller::Administrator;
use crate::api::error::ApiError;
use crate::api::etag::{IfMatch, etag};
use crate::api::path::PathParameters;

/// Changes a client-credentials client.
#[utoipa::path(
    put,
    path = "/api/v1/Tenants/{tenantId}/ClientCredentialClients/{clientId}",
    operation_id = "UpdateClientCredentialClient",
    tag = "Client Credential Clients",
    request_body = ClientCredentialClientUpdate,
    responses((status = 200, description = "The client as it is now.", body = ClientCredentialClient, headers(("ETag" = String)))),
)]
pub async fn client_credential(
    State(service): State<Service>,
    caller: Administrator,
    path: PathParameters,
    if_match: IfMatch,
    body: JsonBody,
) -> Result<Response, ApiError> {
    update::<ClientCredentialClient>(&service, &caller, &path, &if_match, &body).await
}

/// Changes an authorization-code client.
#[utoipa::path(
    put,
    path = "/api/v1/Tenants/{tenantId}/AuthorizationCodeClients/{clientId}",
    operation_id = "UpdateAuthorizationCodeClient",
    tag = "Authorization Code Clients",
    request_body = AuthorizationCodeClientUpdate,
    responses((status = 200, description = "The client as it is now.", body = AuthorizationCodeClient, headers(("ETag" = String)))),
)]
pub async fn authorization_code(
    State(service): State<Service>,
    caller: Administrator,
    path: PathParameters,
    if_match: IfMatch,
    body: JsonBody,
) -> Result<Response, ApiError> {
    update::<AuthorizationCodeClient>(&service, &caller, &path, &if_match, &body).await
}

/// Changes a hybrid client.
#[utoipa::path(
    put,
    path = "/api/v1/Tenants/{tenantId}/HybridClients/{clientId}",
    operation_id = "UpdateHybridClient",
    tag = "Hybrid Clients",
    request_body = HybridClientUpdate,
    responses((status = 200, description = "The client as it is now.", body = HybridClient, headers(("ETag" = String)))),
)]
pub async fn hybrid(
    State(service): State<Service>,
    caller: Administrator,
    path: PathParameters,
    if_match: IfMatch,
    body: JsonBody,
) -> Result<Response, ApiError> {
    update::<HybridClient>(&service, &caller, &path, &if_match, &body).await
}

async fn update<T: JsonClient>(
    service: &Service,
    caller: &Administrator,
    path: &PathParameters,
    if_match: &IfMatch,
    body: &JsonBody,
) -> Result<Response, ApiError> {
    let (actor, tenant) = (&caller.actor, caller.tenant);
    let id: ClientId = path.id(CLIENT)?;
    if_match
        .change(|| async {
            let stored = to_be_changed(service, caller, T::KIND, path, if_match).await?;
            let version = stored.version;
            let before = form(stored);
            let mut after = before.clone();
            body.read::<T::Change>()?.apply_to(&mut after);
            let changed = match only_enabled(&before, &after) {
                Some(enabled) => {
                    service
                        .set_client_enabled(actor, tenant, id, enabled, Some(version))
                        .await
                }
                None => service.edit_client(actor, tenant, id, version, &after).await,
            };
            Ok(changed?)
        })
        .await?;
    let client = service.client_view(actor, tenant, T::KIND, id).await?;
    Ok((etag(client.version), Json(T::from(client))).into_response())
}

/// Whether it may connect from now on, if nothing else is to change: that is a deed of its own, as at the page.
fn only_enabled(before: &ClientForm, after: &ClientForm) -> Option<bool> {
    let mut rest = after.clone();
    let enabled = rest.extras.enabled.take();
    enabled.filter(|_| rest == *before)
}

/// A client as it stands.
fn form(client: ClientView) -> ClientForm {
    ClientForm {
        name: client.name,
        token_lifetime: client.token_lifetime.seconds().to_string(),
        roles: client.roles,
        allow_refresh_token: client.sign_in.allow_refresh_token,
        redirect_urls: client.sign_in.redirect_urls,
        logout_redirect_urls: client.sign_in.logout_redirect_urls,
        cors_origins: client.sign_in.cors_origins,
        extras: extras(),
    }
}
