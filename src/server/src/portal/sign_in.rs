//! Signing in: to the portal, and on the way to an application, which asked for it.

use std::net::IpAddr;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Extension, Form};
use axum_extra::extract::CookieJar;
use http::header::RETRY_AFTER;
use http::{HeaderMap, StatusCode};
use identity::authorize_error::ShownError;
use secrecy::SecretString;
use serde::Deserialize;
use service::authorize::WaitingRequest;
use service::sign_in::SignInError;
use service::{Actor, Service, ServiceError};
use ui::documents::problem::problem;
use ui::documents::sign_in::{SignInPage, sign_in};

use super::{failure, look, return_to};
use crate::connect::authorize;
use crate::middleware::client_address::ClientAddress;
use crate::middleware::session;

#[derive(Deserialize)]
pub struct Wanted {
    /// Where to go in the portal afterwards.
    #[serde(default)]
    return_to: String,
    /// What resumes the request of an application, instead.
    #[serde(default)]
    resume: String,
}

#[derive(Deserialize)]
pub struct SignIn {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: SecretString,
    #[serde(flatten)]
    wanted: Wanted,
}

/// The page. Whoever is signed in already goes on, unless an application sent them here.
pub async fn show(
    State(service): State<Service>,
    wanted: Result<Query<Wanted>, QueryRejection>,
    actor: Option<Extension<Actor>>,
    cookies: CookieJar,
    headers: HeaderMap,
) -> Response {
    let Ok(Query(wanted)) = wanted else {
        return look::on_the_way(authorize::shown(ShownError::Unreadable, &cookies));
    };
    if wanted.resume.is_empty() {
        if actor.is_some() {
            return go_on(&service, &wanted);
        }
        let page = SignInPage {
            return_to: &wanted.return_to,
            ..SignInPage::default()
        };
        return look::page(sign_in(&look::of(&cookies), page));
    }
    look::on_the_way(match service.waiting_request(&wanted.resume).await {
        Ok(Some(waiting)) => {
            let page = SignInPage {
                application: Some(&waiting.application),
                email: &waiting.email,
                resume: &wanted.resume,
                ..SignInPage::default()
            };
            look::page(sign_in(&look::of(&cookies), page))
        }
        Ok(None) => authorize::shown(ShownError::Over, &cookies),
        Err(error) => failure::answer(&error, &headers, |sentence| {
            problem(&look::of(&cookies), "Sign In", sentence)
        }),
    })
}

/// Checks the password and goes on with a session, or shows the page again.
pub async fn submit(
    State(service): State<Service>,
    Extension(ClientAddress(address)): Extension<ClientAddress>,
    cookies: CookieJar,
    headers: HeaderMap,
    Form(form): Form<SignIn>,
) -> Response {
    let answer = match to_the_end(&service, &form, address, &cookies).await {
        Ok(token) => {
            let cookies = session::begin(cookies, &service, &token);
            (cookies, go_on(&service, &form.wanted)).into_response()
        }
        Err(error) => {
            // Without the name of the application the form works all the same.
            let waiting = service.waiting_request(&form.wanted.resume).await.unwrap_or_default();
            refused(&form, waiting.as_ref(), error, &cookies, &headers)
        }
    };
    if form.wanted.resume.is_empty() {
        answer
    } else {
        look::on_the_way(answer)
    }
}

/// On to the application that asked for the sign-in, or to the portal.
fn go_on(service: &Service, wanted: &Wanted) -> Response {
    if wanted.resume.is_empty() {
        let target = return_to::within(service.issuer().public_url(), &wanted.return_to);
        Redirect::to(&target).into_response()
    } else {
        authorize::to_resume(&wanted.resume)
    }
}

/// The page with why the last try failed.
fn refused(
    form: &SignIn,
    waiting: Option<&WaitingRequest>,
    error: SignInError,
    cookies: &CookieJar,
    headers: &HeaderMap,
) -> Response {
    let page = |failure: &str| {
        let page = SignInPage {
            application: waiting.map(|waiting| waiting.application.as_str()),
            email: &form.email,
            return_to: &form.wanted.return_to,
            resume: &form.wanted.resume,
            failure: Some(failure),
        };
        sign_in(&look::of(cookies), page)
    };
    match error {
        SignInError::Wrong => {
            let page = page("The e-mail address or the password is wrong.");
            (StatusCode::UNPROCESSABLE_ENTITY, look::page(page)).into_response()
        }
        SignInError::Throttled { retry_after_seconds } => {
            let minutes = (retry_after_seconds + 59) / 60;
            let plural = if minutes == 1 { "" } else { "s" };
            let page = page(&format!(
                "Too many sign-ins failed. Try again in {minutes} minute{plural}."
            ));
            let retry_after = [(RETRY_AFTER, retry_after_seconds.to_string())];
            (StatusCode::TOO_MANY_REQUESTS, retry_after, look::page(page)).into_response()
        }
        SignInError::Failed(error) => failure::answer(&error, headers, page),
    }
}

/// Signs in even when the caller hangs up meanwhile: a failure must be counted however it was asked for.
async fn to_the_end(
    service: &Service,
    form: &SignIn,
    address: IpAddr,
    cookies: &CookieJar,
) -> Result<SecretString, SignInError> {
    let (service, email, password) = (service.clone(), form.email.clone(), form.password.clone());
    let cookies = cookies.clone();
    let signed_in = async move {
        let replaced = session::cookies(&cookies, &service);
        service.sign_in(&email, &password, Some(address), replaced).await
    };
    tokio::spawn(signed_in)
        .await
        .unwrap_or_else(|error| Err(ServiceError::Internal(error.to_string()).into()))
}
