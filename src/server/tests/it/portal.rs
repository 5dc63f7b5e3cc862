//! The plain doors beside sign-in: the start, the looks, the files.

use reqwest::Method;
use reqwest::header::{ACCEPT_ENCODING, IF_NONE_MATCH, REFERER};
use rstest::rstest;

use crate::http::send;
use crate::server::TestServer;

#[rstest]
#[case("/")]
#[case("/security")]
#[tokio::test]
async fn the_start_is_the_list_of_clients(#[case] path: &str) {
    let server = TestServer::start().await;
    let answer = server.get(path, "").await;
    assert_eq!(
        (answer.status.as_u16(), answer.header("location")),
        (303, "/security/clients")
    );
}

#[rstest]
#[case("theme", "dark", "clientele_theme=dark; SameSite=Lax; Path=/; Max-Age=31536000")]
#[case("theme", "system", "clientele_theme=; SameSite=Lax; Path=/; Max-Age=0")]
#[case("theme", "pink", "clientele_theme=; SameSite=Lax; Path=/; Max-Age=0")]
#[case(
    "navigation",
    "collapsed",
    "clientele_navigation=collapsed; SameSite=Lax; Path=/; Max-Age=31536000"
)]
#[case("navigation", "open", "clientele_navigation=; SameSite=Lax; Path=/; Max-Age=0")]
#[tokio::test]
async fn a_choice_of_looks_is_kept_in_a_cookie(#[case] name: &str, #[case] value: &str, #[case] cookie: &str) {
    let server = TestServer::start().await;
    let referer = format!("{}/security/clients?page=2", server.address);
    let form = server.form("/preferences", &[(name, value)]);
    let answer = send(form.header(REFERER, referer)).await;
    assert_eq!(
        (answer.status.as_u16(), answer.header("location")),
        (303, "/security/clients?page=2")
    );
    assert_eq!(answer.set_cookie(&format!("clientele_{name}")), cookie);
}

#[tokio::test]
async fn the_looks_show_in_the_next_answer() {
    let server = TestServer::start().await;
    let page = server.get("/sign-in", "clientele_theme=dark").await;
    assert!(page.body.contains(r#"data-theme="dark""#));
    let page = server.get("/sign-in", "clientele_theme=\"><script>").await;
    assert!(page.body.contains(r#"data-theme="system""#));
}

#[tokio::test]
async fn the_icon_is_kept_and_asked_for_again() {
    let server = TestServer::start().await;
    let icon = server.get("/favicon.svg", "").await;
    // Without a built browser part there is none.
    if icon.status == 404 {
        return;
    }
    assert_eq!(icon.header("content-type"), "image/svg+xml");
    assert_eq!(server.get("/favicon.ico", "").await.body, icon.body);
    let same = server.request(Method::GET, "/favicon.svg");
    let same = send(same.header(IF_NONE_MATCH, icon.header("etag"))).await;
    assert_eq!((same.status.as_u16(), same.body.as_str()), (304, ""));
    let packed = server.request(Method::GET, "/favicon.svg");
    let packed = send(packed.header(ACCEPT_ENCODING, "gzip, br")).await;
    assert_eq!(
        (packed.status.as_u16(), packed.header("vary")),
        (200, "Accept-Encoding")
    );
}

#[tokio::test]
async fn files_of_another_build_are_not_here() {
    let server = TestServer::start().await;
    for path in ["/pkg/0000/clientele.css", "/pkg/0000/../../Cargo.toml", "/pkg/"] {
        let status = server.get(path, "").await.status.as_u16();
        assert!(matches!(status, 303 | 404), "{path}: {status}");
    }
}
