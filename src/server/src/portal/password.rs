//! The one-time link with which a person chooses a password.

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Extension, Form};
use axum_extra::extract::CookieJar;
use http::{HeaderMap, StatusCode};
use secrecy::SecretString;
use serde::Deserialize;
use service::users::LinkOwner;
use service::{Service, ServiceError};
use ui::documents::Problems;
use ui::documents::password::{PasswordPage, password};
use ui::documents::problem::problem;

use super::{failure, look};
use crate::middleware::client_address::ClientAddress;
use crate::middleware::session;

const DEAD: &str = "This link was used or is over, or a newer one was made. Ask a Tenant Administrator for another one, or \
                    sign in.";

#[derive(Deserialize)]
pub struct Link {
    #[serde(default)]
    token: String,
}

#[derive(Deserialize)]
pub struct Choice {
    #[serde(default)]
    token: String,
    #[serde(default)]
    password: SecretString,
}

/// The page, for as long as the link lives.
pub async fn show(
    State(service): State<Service>,
    Query(link): Query<Link>,
    cookies: CookieJar,
    headers: HeaderMap,
) -> Response {
    match service.password_link_owner(&link.token).await {
        Ok(Some(owner)) => look::page(password(&look::of(&cookies), page(&link.token, &owner))),
        Ok(None) => dead(&cookies),
        Err(error) => failed(&error, &cookies, &headers),
    }
}

/// Keeps the password and signs the person in. Whoever was signed in here before is not any more.
pub async fn submit(
    State(service): State<Service>,
    Extension(ClientAddress(address)): Extension<ClientAddress>,
    cookies: CookieJar,
    headers: HeaderMap,
    Form(choice): Form<Choice>,
) -> Response {
    let owner = match service.password_link_owner(&choice.token).await {
        Ok(Some(owner)) => owner,
        Ok(None) => return dead(&cookies),
        Err(error) => return failed(&error, &cookies, &headers),
    };
    let replaced = session::cookies(&cookies, &service);
    match service
        .choose_password(&choice.token, &choice.password, Some(address), replaced)
        .await
    {
        Ok(token) => (session::begin(cookies, &service, &token), Redirect::to("/")).into_response(),
        Err(ServiceError::NotFound) => dead(&cookies),
        Err(ServiceError::Invalid(errors)) => {
            let problems = Problems {
                errors: &errors,
                failure: None,
            };
            let page = PasswordPage {
                problems,
                ..page(&choice.token, &owner)
            };
            let page = look::page(password(&look::of(&cookies), page));
            (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
        }
        Err(error) => failure::answer(&error, &headers, |sentence| {
            let problems = Problems {
                errors: &[],
                failure: Some(sentence),
            };
            let page = PasswordPage {
                problems,
                ..page(&choice.token, &owner)
            };
            password(&look::of(&cookies), page)
        }),
    }
}

fn page<'a>(token: &'a str, owner: &'a LinkOwner) -> PasswordPage<'a> {
    PasswordPage {
        token,
        name: &owner.name,
        email: &owner.email,
        ..PasswordPage::default()
    }
}

fn dead(cookies: &CookieJar) -> Response {
    let page = look::page(problem(&look::of(cookies), "Password Link", DEAD));
    (StatusCode::NOT_FOUND, page).into_response()
}

fn failed(error: &ServiceError, cookies: &CookieJar, headers: &HeaderMap) -> Response {
    failure::answer(error, headers, |sentence| {
        problem(&look::of(cookies), "Password Link", sentence)
    })
}
