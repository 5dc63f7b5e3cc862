//! The end-session endpoint (OpenID Connect RP-Initiated Logout, section 2).

use axum::Extension;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use http::header::CACHE_CONTROL;
use http::{HeaderMap, StatusCode};
use identity::authorize_error::ShownError;
use identity::authorize_request::{AuthorizeParameters, MAX_REQUEST};
use service::Service;
use service::authorize::AuthorizeFailure;
use service::end_session::SessionEnd;
use ui::documents::problem::problem;
use ui::documents::sign_out::sign_out;
use url::form_urlencoded;

use super::content_type;
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
        Err(AuthorizeFailure::Shown(error)) => shown(error, &cookies),
        Err(AuthorizeFailure::Failed(error)) => failure::answer(&error, &headers, |sentence| {
            problem(&look::of(&cookies), TITLE, sentence)
        }),
    };
    ([(CACHE_CONTROL, "no-store")], answer).into_response()
}

/// A wish in a form. A post from another site brings no cookie, so the browser is told to come again without posting.
pub async fn post(cookies: CookieJar, headers: HeaderMap, body: Result<Bytes, BytesRejection>) -> Response {
    let wish = match body {
        Ok(body) => AuthorizeParameters::of_form(content_type(&headers), &body),
        Err(_) => Err(ShownError::TooLong),
    };
    match wish {
        Ok(wish) => go_on(&wish, &cookies),
        Err(error) => shown(error, &cookies),
    }
}

/// On to the endpoint with this wish, written anew so that it is a query whatever it was.
pub fn go_on(wish: &str, cookies: &CookieJar) -> Response {
    let query = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(form_urlencoded::parse(wish.as_bytes()))
        .finish();
    if query.len() > MAX_REQUEST {
        return shown(ShownError::TooLong, cookies);
    }
    Redirect::to(&format!("{END_SESSION}?{query}")).into_response()
}

fn shown(error: ShownError, cookies: &CookieJar) -> Response {
    let page = problem(&look::of(cookies), TITLE, &error.to_string());
    (StatusCode::BAD_REQUEST, look::page(page)).into_response()
}
