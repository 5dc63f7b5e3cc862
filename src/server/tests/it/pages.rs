//! The pages, as a browser without scripts reads them.

use reqwest::Method;
use reqwest::header::COOKIE;
use rstest::rstest;
use store::testing::Engine;

use crate::http::{Answer, send};
use crate::server::TestServer;

const CLIENTS: &str = "/security/clients";

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn the_list_and_the_details_are_in_the_first_answer(#[case] engine: Engine) {
    let server = TestServer::builder().engine(engine).start().await;
    let id = server.add_client().await.id.to_string();
    let cookie = server.administrator().await;
    let list = server.get(CLIENTS, &cookie).await;
    assert_eq!(list.status, 200);
    assert_eq!(list.header("content-type"), "text/html; charset=utf-8");
    assert_eq!(list.header("cache-control"), "no-store");
    for text in ["Pump station 7", &id, "Tenant Member", "Default Tenant", "Add Client"] {
        assert!(list.body.contains(text), "{text}");
    }
    let details = server.get(&format!("{CLIENTS}?client={id}"), &cookie).await;
    assert_eq!(details.status, 200);
    assert!(details.body.contains("Hide Details"));
    assert!(details.body.contains("Assigned Roles"));
}

#[tokio::test]
async fn a_member_finds_nothing_to_change() {
    let server = TestServer::start().await;
    server.add_client().await;
    let cookie = server.member().await;
    for path in [CLIENTS, "/security/clients?pane=add"] {
        let page = server.get(path, &cookie).await;
        assert_eq!(page.status, 200);
        assert!(page.body.contains("Pump station 7"));
        assert!(!page.body.contains("Add Client"), "{path}");
    }
}

#[rstest]
#[case("/security/clients", 200)]
#[case("/security/clients?type=Nonsense&page=-1&per_page=7&sort=x&client=x&pane=x", 200)]
#[case("/security/clients?client=00000000-0000-4000-8000-00000000abcd", 404)]
#[case("/nowhere", 404)]
#[case("/Security/Clients", 404)]
#[case("/security/clients/x", 404)]
#[tokio::test]
async fn an_address_leads_somewhere_or_says_that_it_does_not(#[case] path: &str, #[case] status: u16) {
    let server = TestServer::start().await;
    let cookie = server.member().await;
    let answer = server.get(path, &cookie).await;
    assert_eq!(answer.status, status);
    assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
    let head = send(server.request(Method::HEAD, path).header(COOKIE, cookie)).await;
    assert_eq!((head.status.as_u16(), head.body.as_str()), (status, ""));
}

/// PostgreSQL fails on U+0000 in any text.
#[tokio::test]
async fn a_null_character_in_an_address_is_nonsense_like_any_other() {
    let server = TestServer::builder().engine(Engine::Postgres).start().await;
    server.add_client().await;
    let cookie = server.member().await;
    let place = "pu%00mp%0A00000000-0000-4000-8000-00000000abcd";
    for list in [CLIENTS, "/security/roles", "/security/users"] {
        for query in [
            "filter=%00".to_owned(),
            format!("after={place}"),
            format!("page=2&before={place}"),
            "type=%00&status=%00&sort=%00&client=%00&role=%00&user=%00".to_owned(),
        ] {
            let page = server.get(&format!("{list}?{query}"), &cookie).await;
            assert_eq!(page.status, 200, "{list}?{query}");
        }
    }
    for (path, status) in [
        ("/setup?token=%00", 404),
        ("/password?token=%00", 404),
        ("/sign-in?return_to=%00", 200),
    ] {
        assert_eq!(server.get(path, "").await.status, status, "{path}");
    }
    assert_eq!(server.sign_in("ma\0x@example.com", "pass\0word").await.status, 422);
    assert_eq!(server.get(CLIENTS, "clientele_session=%00").await.status, 303);
}

#[rstest]
#[case("/security/clients")]
#[case("/nowhere")]
#[tokio::test]
async fn signed_out_every_page_is_the_way_to_sign_in(#[case] path: &str) {
    let server = TestServer::start().await;
    server.add_client().await;
    let answer = server.get(path, "").await;
    assert_eq!(answer.status, 303);
    assert!(answer.header("location").starts_with("/sign-in?return_to=%2F"));
    assert_eq!(answer.header("cache-control"), "no-store");
    assert!(!answer.body.contains("Pump"));
}

#[rstest]
#[case("/identity/nowhere")]
#[case("/identity/connect/nowhere")]
#[tokio::test]
async fn the_protocols_are_no_pages(#[case] path: &str) {
    let server = TestServer::start().await;
    let answer = server.get(path, "").await;
    assert_eq!((answer.status.as_u16(), answer.body.as_str()), (404, ""));
}

#[tokio::test]
async fn only_scripts_with_the_nonce_of_the_answer_run() {
    let server = TestServer::start().await;
    let cookie = server.administrator().await;
    let first = nonce(&server.get(CLIENTS, &cookie).await);
    let second = nonce(&server.get("/nowhere", &cookie).await);
    assert_ne!(first, second);
}

/// The nonce of the policy, which every script must carry.
fn nonce(page: &Answer) -> String {
    let policy = page.header("content-security-policy");
    let nonce = policy.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap();
    assert!(nonce.len() >= 16, "{nonce}");
    assert_eq!(
        policy.replace(nonce, "NONCE"),
        "default-src 'none'; script-src 'nonce-NONCE' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
    let scripts: Vec<&str> = page.body.split("<script").skip(1).collect();
    assert!(!scripts.is_empty());
    for script in scripts {
        let tag = script.split('>').next().unwrap();
        assert!(tag.contains(&format!("nonce=\"{nonce}\"")), "{tag}");
    }
    // What the policy would stop: styles and handlers in the text.
    assert!(!page.body.contains(" style=\""));
    assert!(!page.body.contains(" onclick="));
    nonce.to_owned()
}

#[tokio::test]
async fn a_name_stands_in_the_page_as_text() {
    let server = TestServer::start().await;
    let mut form = crate::story::client_form();
    form.client.name = "</script><script>alert(1)</script>".to_owned();
    let id = server.add_client_to(server.tenant, &form).await.id;
    let cookie = server.administrator().await;
    let page = server
        .get(&format!("{CLIENTS}?client={id}&filter=%3Cscript%3Ealert(2)"), &cookie)
        .await;
    assert_eq!(page.status, 200);
    assert!(!page.body.contains("<script>alert"), "{}", page.body);
    nonce(&page);
}
