//! The authorization endpoint (RFC 6749, section 3.1; OpenID Connect Core, section 3.1.2).

use axum::Extension;
use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, QueryRejection};
use axum::extract::{Query, RawQuery, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use domain::clock::Ids;
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY};
use http::{HeaderMap, StatusCode};
use identity::authorize_error::ShownError;
use identity::redirect::Answer;
use secrecy::ExposeSecret;
use serde::Deserialize;
use service::Service;
use service::authorize::{AuthorizeFailure, Authorized};
use service::system::SystemIds;
use ui::documents::form_post::{FormPost, form_post};
use ui::documents::problem::problem;
use url::form_urlencoded::Serializer;

use super::content_type;
use crate::middleware::client_address::ClientAddress;
use crate::middleware::session;
use crate::portal::{failure, look};

/// Where a request goes on that waited.
pub const RESUME: &str = "/identity/connect/authorize/resume";

const TITLE: &str = "Can't Sign In";

/// What names a request that waited for a sign-in.
#[derive(Deserialize)]
pub struct Resume {
    #[serde(default)]
    request: String,
}

/// A request in the query.
pub async fn authorize(
    State(service): State<Service>,
    Extension(ClientAddress(address)): Extension<ClientAddress>,
    RawQuery(query): RawQuery,
    cookies: CookieJar,
    headers: HeaderMap,
) -> Response {
    let session = session::cookies(&cookies, &service).authorize;
    let query = query.unwrap_or_default();
    let authorized = service.authorize(&query, session, address).await;
    respond(authorized, &cookies, &headers)
}

/// A request in a form. A post from another site brings no cookie, so the browser is told to come again without posting.
pub async fn post(
    State(service): State<Service>,
    Extension(ClientAddress(address)): Extension<ClientAddress>,
    cookies: CookieJar,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let kept = match body {
        Ok(body) => service.post_authorize(content_type(&headers), &body, address).await,
        Err(_) => Err(ShownError::TooLong.into()),
    };
    match kept {
        Ok(token) => not_kept(to_resume(token.expose_secret())),
        Err(error) => respond(Err(error), &cookies, &headers),
    }
}

/// A request that waited for somebody to sign in, or was posted.
pub async fn resume(
    State(service): State<Service>,
    resume: Result<Query<Resume>, QueryRejection>,
    cookies: CookieJar,
    headers: HeaderMap,
) -> Response {
    let session = session::cookies(&cookies, &service).authorize;
    let authorized = match resume {
        Ok(Query(resume)) => service.resume_authorize(&resume.request, session).await,
        Err(_) => Err(ShownError::Unreadable.into()),
    };
    respond(authorized, &cookies, &headers)
}

/// On to the request that waited.
pub fn to_resume(token: &str) -> Response {
    redirect(RESUME, "request", token)
}

fn respond(authorized: Result<Authorized, AuthorizeFailure>, cookies: &CookieJar, headers: &HeaderMap) -> Response {
    not_kept(match authorized {
        Ok(Authorized::Answer(answer)) => match answer.location() {
            Some(location) => Redirect::to(&location).into_response(),
            None => posted(&answer, cookies),
        },
        Ok(Authorized::SignIn(token)) => redirect("/sign-in", "resume", token.expose_secret()),
        Err(AuthorizeFailure::Shown(error)) => shown(error, cookies),
        Err(AuthorizeFailure::Failed(error)) => {
            failure::answer(&error, headers, |sentence| problem(&look::of(cookies), TITLE, sentence))
        }
    })
}

/// The page that posts the answer. Its script alone runs, and what it posts to may redirect anywhere.
fn posted(answer: &Answer, cookies: &CookieJar) -> Response {
    let nonce = SystemIds.uuid().to_string();
    let fields: Vec<(&str, &str)> = answer
        .parameters
        .iter()
        .map(|(name, value)| (*name, value.expose_secret()))
        .collect();
    let form = FormPost {
        action: &answer.redirect_uri,
        fields: &fields,
        nonce: &nonce,
    };
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self'; img-src 'self'; base-uri 'none'; \
         frame-ancestors 'none'"
    );
    let page = Html(form_post(&look::of(cookies), form));
    ([(CONTENT_SECURITY_POLICY, policy)], page).into_response()
}

/// What is said of a request that nobody but the person can be told of.
pub fn shown(error: ShownError, cookies: &CookieJar) -> Response {
    let page = problem(&look::of(cookies), TITLE, &error.to_string());
    (StatusCode::BAD_REQUEST, look::page(page)).into_response()
}

fn redirect(path: &str, name: &str, value: &str) -> Response {
    let query = Serializer::new(String::new()).append_pair(name, value).finish();
    Redirect::to(&format!("{path}?{query}")).into_response()
}

fn not_kept(answer: Response) -> Response {
    ([(CACHE_CONTROL, "no-store")], answer).into_response()
}
