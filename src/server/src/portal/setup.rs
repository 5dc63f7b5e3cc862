//! The setup link, which makes the first administrator.

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Extension, Form};
use axum_extra::extract::CookieJar;
use http::{HeaderMap, StatusCode};
use secrecy::SecretString;
use serde::Deserialize;
use service::{Service, ServiceError};
use ui::documents::Problems;
use ui::documents::problem::problem;
use ui::documents::setup::{SetupPage, setup};

use super::{failure, look};
use crate::middleware::client_address::ClientAddress;
use crate::middleware::session;

const DEAD: &str = "This setup link was used or is over, or there is an administrator already. Restart the server for a \
                    new link, or sign in.";

#[derive(Deserialize)]
pub struct Link {
    #[serde(default)]
    token: String,
}

#[derive(Deserialize)]
pub struct Setup {
    #[serde(default)]
    token: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    email: String,
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
    match service.setup_link_is_live(&link.token).await {
        Ok(true) => {
            let page = SetupPage {
                token: &link.token,
                ..SetupPage::default()
            };
            look::page(setup(&look::of(&cookies), page))
        }
        Ok(false) => dead(&cookies),
        Err(error) => failure::answer(&error, &headers, |sentence| {
            problem(&look::of(&cookies), "Setup Link", sentence)
        }),
    }
}

/// Makes the administrator and signs them in.
pub async fn submit(
    State(service): State<Service>,
    Extension(ClientAddress(address)): Extension<ClientAddress>,
    cookies: CookieJar,
    headers: HeaderMap,
    Form(form): Form<Setup>,
) -> Response {
    let replaced = session::cookies(&cookies, &service);
    let done = service
        .set_up(
            &form.token,
            &form.name,
            &form.email,
            &form.password,
            Some(address),
            replaced,
        )
        .await;
    let page = SetupPage {
        token: &form.token,
        name: &form.name,
        email: &form.email,
        ..SetupPage::default()
    };
    match done {
        Ok(token) => (session::begin(cookies, &service, &token), Redirect::to("/")).into_response(),
        Err(ServiceError::NotFound) => dead(&cookies),
        Err(ServiceError::Invalid(errors)) => {
            let page = SetupPage {
                problems: Problems {
                    errors: &errors,
                    failure: None,
                },
                ..page
            };
            let page = look::page(setup(&look::of(&cookies), page));
            (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
        }
        Err(error) => failure::answer(&error, &headers, |sentence| {
            let page = SetupPage {
                problems: Problems {
                    errors: &[],
                    failure: Some(sentence),
                },
                ..page
            };
            setup(&look::of(&cookies), page)
        }),
    }
}

fn dead(cookies: &CookieJar) -> Response {
    let page = look::page(problem(&look::of(cookies), "Setup Link", DEAD));
    (StatusCode::NOT_FOUND, page).into_response()
}
