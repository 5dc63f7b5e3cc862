//! Signing out.

use axum::Extension;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use http::HeaderMap;
use service::Service;
use ui::documents::problem::problem;

use super::{failure, look};
use crate::middleware::client_address::ClientAddress;
use crate::middleware::session;

/// Ends the session.
pub async fn submit(
    State(service): State<Service>,
    Extension(ClientAddress(address)): Extension<ClientAddress>,
    cookies: CookieJar,
    headers: HeaderMap,
) -> Response {
    let https = session::is_https(&service);
    if let Some(token) = cookies.get(session::cookie_name(https))
        && let Err(error) = service.sign_out(token.value(), Some(address)).await
    {
        return failure::answer(&error, &headers, |sentence| {
            problem(&look::of(&cookies), "Sign Out", sentence)
        });
    }
    (session::end(cookies, &service), Redirect::to("/sign-in")).into_response()
}
