//! Who is signed in.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use cookie::time::Duration;
use http::header::CACHE_CONTROL;
use http::{HeaderValue, Method};
use secrecy::{ExposeSecret, SecretString};
use service::sign_in::{SESSION_SECONDS, SessionCookies, authorize_token, browser_state};
use service::{Actor, Service};
use ui::documents::problem::problem;

use super::client_address::ClientAddress;
use crate::portal::{failure, look};

/// Where the server functions are, as `ui` is compiled with it.
const CALLS: &str = concat!(env!("SERVER_FN_PREFIX"), "/");

/// The name of the session cookie: on https only this host can set it.
fn cookie_name(https: bool) -> &'static str {
    if https {
        "__Host-clientele_session"
    } else {
        "clientele_session"
    }
}

/// The name of the cookie with which the same person is signed in to applications.
fn authorize_cookie_name(https: bool) -> &'static str {
    if https {
        "__Host-clientele_authorize"
    } else {
        "clientele_authorize"
    }
}

/// The name of the cookie by which pages of applications see that the session changed. It opens nothing.
pub fn browser_state_cookie_name(https: bool) -> &'static str {
    if https {
        "__Host-clientele_browser_state"
    } else {
        "clientele_browser_state"
    }
}

/// The cookies of a session that begins.
pub fn begin(cookies: CookieJar, service: &Service, token: &SecretString) -> CookieJar {
    let authorize = authorize_token(token);
    let authorize = authorize.expose_secret();
    add_cookies(
        cookies,
        service,
        [token.expose_secret(), authorize, &browser_state(authorize)],
    )
}

/// Takes the session away. That it ended is a state of the browser too.
pub fn end(cookies: CookieJar, service: &Service) -> CookieJar {
    add_cookies(cookies, service, ["", "", "signed-out"])
}

/// The cookies of sessions that this browser has.
pub fn cookies<'a>(cookies: &'a CookieJar, service: &Service) -> SessionCookies<'a> {
    let https = is_https(service);
    SessionCookies {
        portal: cookies.get(cookie_name(https)).map(Cookie::value),
        authorize: cookies.get(authorize_cookie_name(https)).map(Cookie::value),
    }
}

/// Applications open the authorization and check-session endpoints in frames of theirs too, so their cookies come along
/// from other sites; the browsers allow that on https alone.
fn add_cookies(cookies: CookieJar, service: &Service, values: [&str; 3]) -> CookieJar {
    let https = is_https(service);
    let elsewhere = if https { SameSite::None } else { SameSite::Lax };
    let [portal, authorize, browser_state] = values;
    let mut seen = cookie(browser_state_cookie_name(https), browser_state, https, elsewhere);
    seen.set_http_only(false);
    cookies
        .add(cookie(cookie_name(https), portal, https, SameSite::Lax))
        .add(cookie(authorize_cookie_name(https), authorize, https, elsewhere))
        .add(seen)
}

/// A cookie of a session; an empty value ends it.
fn cookie(name: &'static str, value: &str, https: bool, same_site: SameSite) -> Cookie<'static> {
    let seconds = if value.is_empty() { 0 } else { SESSION_SECONDS };
    Cookie::build((name, value.to_owned()))
        .path("/")
        .http_only(true)
        .same_site(same_site)
        .secure(https)
        .max_age(Duration::seconds(seconds))
        .build()
}

/// Whether the public URL of this service is https.
pub fn is_https(service: &Service) -> bool {
    service.issuer().public_url().starts_with("https://")
}

/// Puts the [`Actor`] of the session beside the request, and keeps the answer out of every cache.
pub async fn add(State(service): State<Service>, cookies: CookieJar, mut request: Request, next: Next) -> Response {
    let address = request.extensions().get::<ClientAddress>().map(|address| address.0);
    let actor = match self::cookies(&cookies, &service).portal {
        Some(token) => service.actor_of(token, address).await,
        None => Ok(None),
    };
    let mut response = match actor {
        Ok(actor) => {
            if let Some(actor) = actor {
                request.extensions_mut().insert(actor);
            }
            next.run(request).await
        }
        Err(error) if request.uri().path().starts_with(CALLS) => failure::call_answer(&error, request.headers()),
        Err(error) => failure::answer(&error, request.headers(), |sentence| {
            problem(&look::of(&cookies), "Out of Order", sentence)
        }),
    };
    response
        .headers_mut()
        .entry(CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Sends whoever opens a page and is not signed in to the sign-in page, and back afterwards. Server functions answer for
/// themselves.
pub async fn require(request: Request, next: Next) -> Response {
    let opens_a_page = matches!(*request.method(), Method::GET | Method::HEAD);
    if !opens_a_page || request.extensions().get::<Actor>().is_some() {
        return next.run(request).await;
    }
    let wanted = request.uri().path_and_query().map_or("/", |path| path.as_str());
    let query: String = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("return_to", wanted)
        .finish();
    Redirect::to(&format!("/sign-in?{query}")).into_response()
}
