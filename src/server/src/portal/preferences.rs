//! The choice of the looks, for whoever has no scripts.

use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use cookie::time::Duration;
use http::HeaderMap;
use http::header::REFERER;
use serde::Deserialize;
use service::Service;
use ui::preferences::{COLLAPSED, COOKIE_SECONDS, NAVIGATION_COOKIE, THEME_COOKIE, Theme};
use url::Url;

use super::return_to;
use crate::middleware::session;

#[derive(Deserialize)]
pub struct Choice {
    theme: Option<String>,
    navigation: Option<String>,
}

/// Keeps the choice in its cookie and goes back to the page it was made on.
pub async fn submit(
    State(service): State<Service>,
    mut cookies: CookieJar,
    headers: HeaderMap,
    Form(choice): Form<Choice>,
) -> Response {
    let https = session::is_https(&service);
    if let Some(theme) = choice.theme {
        let theme = Theme::from_value(&theme);
        cookies = cookies.add(kept(
            https,
            THEME_COOKIE,
            (theme != Theme::System).then_some(theme.value()),
        ));
    }
    if let Some(navigation) = choice.navigation {
        let collapsed = (navigation == COLLAPSED).then_some(COLLAPSED);
        cookies = cookies.add(kept(https, NAVIGATION_COOKIE, collapsed));
    }
    let came_from = headers
        .get(REFERER)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| Url::parse(value).ok())
        .map(|url| url[url::Position::BeforePath..url::Position::AfterQuery].to_owned())
        .unwrap_or_default();
    let back = return_to::within(service.issuer().public_url(), &came_from);
    (cookies, Redirect::to(&back)).into_response()
}

/// The cookie of a choice; scripts of the page write it too. `None` forgets it.
fn kept(https: bool, name: &'static str, value: Option<&'static str>) -> Cookie<'static> {
    let seconds = value.map_or(0, |_| COOKIE_SECONDS);
    Cookie::build((name, value.unwrap_or_default()))
        .path("/")
        .same_site(SameSite::Lax)
        .secure(https)
        .max_age(Duration::seconds(seconds))
        .build()
}
