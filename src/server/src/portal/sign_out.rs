//! Signing out.

use axum::Extension;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use http::StatusCode;
use service::Service;

use crate::middleware::client_address::ClientAddress;
use crate::middleware::session;

/// Ends the session.
pub async fn submit(
    State(service): State<Service>,
    Extension(ClientAddress(address)): Extension<ClientAddress>,
    cookies: CookieJar,
) -> Response {
    let https = session::is_https(&service);
    if let Some(token) = cookies.get(session::cookie_name(https))
        && let Err(error) = service.sign_out(token.value(), Some(address)).await
    {
        tracing::error!(%error, "the session could not be ended");
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    (
        cookies.add(session::cookie(https, String::new())),
        Redirect::to("/sign-in"),
    )
        .into_response()
}
