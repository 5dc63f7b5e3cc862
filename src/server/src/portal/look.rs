//! How a plain page looks, from the cookies of the request.

use axum::Extension;
use axum::response::{Html, IntoResponse, Response};
use axum_extra::extract::CookieJar;
use http::header::CONTENT_SECURITY_POLICY;
use ui::documents::Look;
use ui::preferences::Preferences;

use crate::assets;
use crate::middleware::headers::OnTheWay;

/// A plain page runs nothing.
const POLICY: &str =
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The same for a form whose answer leads on to an application, wherever that is: browsers hold `form-action` against each
/// redirect that follows.
const POLICY_ON_THE_WAY: &str =
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The look that the cookies ask for.
pub fn of(cookies: &CookieJar) -> Look {
    let preferences = Preferences::read(|name| cookies.get(name).map(|cookie| cookie.value().to_owned()));
    Look {
        theme: preferences.theme,
        package: assets::package(),
    }
}

/// The answer that holds a plain page.
pub fn page(html: String) -> Response {
    ([(CONTENT_SECURITY_POLICY, POLICY)], Html(html)).into_response()
}

/// The same answer, where it or its form leads on to an application.
pub fn on_the_way(answer: Response) -> Response {
    let policy = [(CONTENT_SECURITY_POLICY, POLICY_ON_THE_WAY)];
    (Extension(OnTheWay), policy, answer).into_response()
}
