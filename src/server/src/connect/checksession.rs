use axum::Extension;
use axum::extract::State;
use axum::response::{Html, IntoResponse, Response};
use domain::clock::Ids;
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY};
use service::Service;
use service::system::SystemIds;

use crate::middleware::headers::Framable;
use crate::middleware::session;

/// Asked by a page of an application, it answers whether the person who was signed in still is.
const SCRIPT: &str = include_str!("checksession.js");

/// The page of the check-session endpoint (OpenID Connect Session Management, section 3.3), which applications frame. It
/// shows nothing, and reads the one cookie that opens nothing.
pub async fn check_session(State(service): State<Service>) -> Response {
    let nonce = SystemIds.uuid().to_string();
    let policy = format!("default-src 'none'; script-src 'nonce-{nonce}'; base-uri 'none'; frame-ancestors *");
    let script = SCRIPT.replace(
        "COOKIE",
        session::browser_state_cookie_name(session::is_https(&service)),
    );
    let page = format!(
        "<!DOCTYPE html><html lang=\"en\"><title>Check Session</title><script nonce=\"{nonce}\">{script}</script></html>"
    );
    let headers = [
        (CONTENT_SECURITY_POLICY, policy),
        (CACHE_CONTROL, "no-store".to_owned()),
    ];
    (Extension(Framable), headers, Html(page)).into_response()
}
