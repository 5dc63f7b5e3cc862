//! The end-session endpoint (OpenID Connect RP-Initiated Logout, section 2).

use axum::Extension;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use http::header::CACHE_CONTROL;
use http::{HeaderMap, StatusCode};
use service::Service;
use service::authorize::AuthorizeFailure;
use service::end_session::SessionEnd;
use ui::documents::problem::problem;
use ui::documents::sign_out::sign_out;
use url::form_urlencoded;

use crate::middleware::client_address::ClientAddress;
use crate::middleware::session;
use crate::portal::{failure, look};

/// Its address.
pub const END_SESSION: &str = "/identity/connect/endsession";

const TITLE: &str = "Sign Out";

/// A wish in the query.
pub async fn end_session(
    State(service): State<Service>,
    Extension(ClientAddress(address)): Extension<ClientAddress>,
    RawQuery(query): RawQuery,
    cookies: CookieJar,
    headers: HeaderMap,
) -> Response {
    let query = query.unwrap_or_default();
    let held = session::cookies(&cookies, &service);
    let ended = service.end_session(&query, held, Some(address)).await;
    let answer = match ended {
        Ok(SessionEnd::Ask) => look::on_the_way(look::page(sign_out(&look::of(&cookies), &query))),
        Ok(SessionEnd::Ended(Some(location))) => {
            (session::end(cookies, &service), Redirect::to(&location)).into_response()
        }
        Ok(SessionEnd::Ended(None)) => {
            let page = problem(&look::of(&cookies), "Signed Out", "You are signed out.");
            (session::end(cookies, &service), look::page(page)).into_response()
        }
        Err(AuthorizeFailure::Shown(error)) => {
            let page = problem(&look::of(&cookies), TITLE, &error.to_string());
            (StatusCode::BAD_REQUEST, look::page(page)).into_response()
        }
        Err(AuthorizeFailure::Failed(error)) => failure::answer(&error, &headers, |sentence| {
            problem(&look::of(&cookies), TITLE, sentence)
        }),
    };
    ([(CACHE_CONTROL, "no-store")], answer).into_response()
}

/// A wish in a form. A post from another site brings no cookie, so the browser is told to come again without posting.
pub async fn post(body: String) -> Response {
    go_on(&body)
}

/// On to the endpoint with this wish, written anew so that it is a query whatever it was.
pub fn go_on(wish: &str) -> Response {
    let query = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(form_urlencoded::parse(wish.as_bytes()))
        .finish();
    Redirect::to(&format!("{END_SESSION}?{query}")).into_response()
}
