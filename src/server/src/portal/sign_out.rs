//! Signing out: of the portal, or because an application wished it and the person agreed.

use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use http::HeaderMap;
use service::Service;
use ui::documents::problem::problem;
use url::form_urlencoded;

use super::{failure, look};
use crate::connect::endsession;
use crate::middleware::client_address::ClientAddress;
use crate::middleware::session;

/// Ends every session that the browser has.
pub async fn submit(
    State(service): State<Service>,
    Extension(ClientAddress(address)): Extension<ClientAddress>,
    cookies: CookieJar,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let held = session::cookies(&cookies, &service);
    if let Err(error) = service.sign_out(held, Some(address)).await {
        return failure::answer(&error, &headers, |sentence| {
            problem(&look::of(&cookies), "Sign Out", sentence)
        });
    }
    let wish = form_urlencoded::parse(&body).find(|(name, _)| name == "end_session");
    let next = match wish {
        Some((_, wish)) => look::on_the_way(endsession::go_on(&wish, &cookies)),
        None => Redirect::to("/sign-in").into_response(),
    };
    (session::end(cookies, &service), next).into_response()
}
