//! What a page of an application sees of the session.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::client::ClientKind;
use identity::session_state::session_state;
use reqwest::Method;
use reqwest::header::COOKIE;

use crate::application::{Application, REDIRECT_URI};
use crate::http::send;
use crate::server::TestServer;
use crate::story::{MEMBER, PASSWORD};

#[tokio::test]
async fn any_page_frames_it_and_it_runs_one_script() {
    let server = TestServer::start().await;
    let page = server.get("/identity/connect/checksession", "").await;
    assert_eq!(page.status, 200);
    assert_eq!(page.header("x-frame-options"), "");
    let policy = page.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'; script-src 'nonce-"), "{policy}");
    assert!(policy.ends_with("frame-ancestors *"), "{policy}");
    let nonce = policy.split('\'').find_map(|part| part.strip_prefix("nonce-")).unwrap();
    assert!(page.body.contains(&format!("<script nonce=\"{nonce}\">")));
    assert!(page.body.contains("'clientele_browser_state='"));
    assert_eq!(page.header("set-cookie"), "");
}

#[tokio::test]
async fn the_state_of_the_browser_changes_with_the_session() {
    let app = Application::start(ClientKind::AuthorizationCode).await;
    let name = "clientele_browser_state";
    let signed_in = app.server.sign_in(MEMBER, PASSWORD).await;
    let (pair, flags) = signed_in.set_cookie(name).split_once("; ").unwrap();
    assert_eq!(flags, "SameSite=Lax; Path=/; Max-Age=43200", "scripts read it");
    let (_, browser) = pair.split_once('=').unwrap();
    assert_eq!(URL_SAFE_NO_PAD.decode(browser).unwrap().len(), 32);

    let cookies = signed_in.cookie();
    let state = app.answer(&cookies, &[]).await.remove("session_state").unwrap();
    let (_, salt) = state.split_once('.').unwrap();
    let client = app.client_id.parse().unwrap();
    assert_eq!(session_state(client, REDIRECT_URI, browser, salt), Some(state.clone()));
    let other = app.server.sign_in(MEMBER, PASSWORD).await;
    assert_ne!(other.set_cookie(name), signed_in.set_cookie(name));

    let out = app.server.request(Method::POST, "/sign-out").header(COOKIE, &cookies);
    let out = send(out).await;
    assert!(out.set_cookie(name).starts_with("clientele_browser_state=signed-out; "));
}
