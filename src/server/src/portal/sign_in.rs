//! Signing in.

use std::net::IpAddr;

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Extension, Form};
use axum_extra::extract::CookieJar;
use http::header::RETRY_AFTER;
use http::{HeaderMap, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use service::sign_in::SignInError;
use service::{Actor, Service, ServiceError};
use ui::documents::sign_in::{SignInPage, sign_in};

use super::{failure, look, return_to};
use crate::middleware::client_address::ClientAddress;
use crate::middleware::session;

#[derive(Deserialize)]
pub struct Wanted {
    #[serde(default)]
    return_to: String,
}

#[derive(Deserialize)]
pub struct SignIn {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: SecretString,
    #[serde(default)]
    return_to: String,
}

/// The page; whoever is signed in already goes on.
pub async fn show(
    State(service): State<Service>,
    Query(wanted): Query<Wanted>,
    actor: Option<Extension<Actor>>,
    cookies: CookieJar,
) -> Response {
    if actor.is_some() {
        return Redirect::to(&return_to::within(service.issuer().public_url(), &wanted.return_to)).into_response();
    }
    let page = SignInPage {
        return_to: &wanted.return_to,
        ..SignInPage::default()
    };
    look::page(sign_in(&look::of(&cookies), page))
}

/// Checks the password and goes on with a session, or shows the page again.
pub async fn submit(
    State(service): State<Service>,
    Extension(ClientAddress(address)): Extension<ClientAddress>,
    cookies: CookieJar,
    headers: HeaderMap,
    Form(form): Form<SignIn>,
) -> Response {
    let page = |failure: &str| {
        let page = SignInPage {
            email: &form.email,
            return_to: &form.return_to,
            failure: Some(failure),
        };
        sign_in(&look::of(&cookies), page)
    };
    match to_the_end(&service, &form, address).await {
        Ok(token) => {
            let cookie = session::cookie(session::is_https(&service), token.expose_secret().to_owned());
            let target = return_to::within(service.issuer().public_url(), &form.return_to);
            (cookies.add(cookie), Redirect::to(&target)).into_response()
        }
        Err(SignInError::Wrong) => {
            let page = page("The e-mail address or the password is wrong.");
            (StatusCode::UNPROCESSABLE_ENTITY, look::page(page)).into_response()
        }
        Err(SignInError::Throttled { retry_after_seconds }) => {
            let minutes = (retry_after_seconds + 59) / 60;
            let plural = if minutes == 1 { "" } else { "s" };
            let page = page(&format!(
                "Too many sign-ins failed. Try again in {minutes} minute{plural}."
            ));
            let retry_after = [(RETRY_AFTER, retry_after_seconds.to_string())];
            (StatusCode::TOO_MANY_REQUESTS, retry_after, look::page(page)).into_response()
        }
        Err(SignInError::Failed(error)) => failure::answer(&error, &headers, page),
    }
}

/// Signs in even when the caller hangs up meanwhile: a failure must be counted however it was asked for.
async fn to_the_end(service: &Service, form: &SignIn, address: IpAddr) -> Result<SecretString, SignInError> {
    let (service, email, password) = (service.clone(), form.email.clone(), form.password.clone());
    tokio::spawn(async move { service.sign_in(&email, &password, Some(address)).await })
        .await
        .unwrap_or_else(|error| Err(ServiceError::Internal(error.to_string()).into()))
}
