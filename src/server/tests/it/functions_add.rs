//! The server function that adds a client.

use domain::add_client::AddClientForm;
use domain::clock::Clock;
use domain::view::Created;
use rstest::rstest;
use serde_json::{Value, json};
use store::testing::{Engine, audit_trail};

use crate::http::{Answer, send};
use crate::server::TestServer;
use crate::story::{client_form, secret_of};

async fn add(server: &TestServer, cookie: &str, form: &AddClientForm) -> Answer {
    server.call("clients/add", cookie, &json!({ "form": form })).await
}

/// How many clients and audit events there are.
async fn stored(server: &TestServer, cookie: &str) -> (Value, usize) {
    let query = json!({ "query": domain::list::ClientQuery::default() });
    let list = server.call("clients/list", cookie, &query).await.json();
    (
        list["total"].clone(),
        audit_trail(&server.database.database).await.len(),
    )
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn an_administrator_gets_a_secret_that_works_and_is_shown_once(#[case] engine: Engine) {
    let server = TestServer::builder().engine(engine).start().await;
    let cookie = server.administrator().await;
    let answer = add(&server, &cookie, &client_form()).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(answer.header("cache-control"), "no-store");
    let created: Created = serde_json::from_str(&answer.body).unwrap();
    let (id, secret) = (created.id.to_string(), secret_of(&created).to_owned());
    assert_eq!(created.name, "Pump station 7");
    assert_eq!(answer.body.matches(&secret).count(), 1);
    for (_, value) in &answer.headers {
        assert!(!value.to_str().unwrap().contains(&secret));
    }
    assert_eq!(send(server.ask_for_token(&id, &secret)).await.status, 200);

    let details = server.call("clients/details", &cookie, &json!({ "id": id })).await;
    let page = server.get(&format!("/security/clients?client={id}"), &cookie).await;
    for later in [details, page] {
        assert_eq!(later.status, 200);
        assert!(later.body.contains("Pump station 7"));
        assert!(!later.body.contains(&secret));
    }
    let trail = audit_trail(&server.database.database).await;
    let (action, who, whom) = trail.last().unwrap();
    assert_eq!(
        (action.as_str(), who.as_str(), whom.as_deref()),
        ("client.add", "Ada", Some("Pump station 7"))
    );
}

#[tokio::test]
async fn a_member_is_refused_and_nothing_is_stored() {
    let server = TestServer::start().await;
    let cookie = server.member().await;
    let before = stored(&server, &cookie).await;
    let answer = add(&server, &cookie, &client_form()).await;
    assert_eq!((answer.status.as_u16(), answer.json()), (403, json!("Forbidden")));
    assert_eq!(stored(&server, &cookie).await, before);
}

#[tokio::test]
async fn a_bad_form_gets_the_words_of_the_domain_and_nothing_is_stored() {
    let server = TestServer::start().await;
    let cookie = server.administrator().await;
    let before = stored(&server, &cookie).await;
    let mut form = AddClientForm::default();
    form.client.name = " ".to_owned();
    form.client.token_lifetime = "59".to_owned();
    form.secret.description = "x".repeat(129);
    let answer = add(&server, &cookie, &form).await;
    assert_eq!(answer.status, 422);
    assert_eq!(answer.json(), json!({ "Invalid": form.check().unwrap_err() }));
    insta::assert_json_snapshot!(answer.json());
    assert_eq!(stored(&server, &cookie).await, before);
}

#[tokio::test]
async fn what_only_the_server_knows_is_refused_at_its_field() {
    let server = TestServer::start().await;
    let cookie = server.administrator().await;
    let before = stored(&server, &cookie).await;
    let mut past = client_form();
    past.secret.never_expires = false;
    past.secret.expiration = server.clock.now().to_rfc3339();
    let mut ghost = client_form();
    ghost.client.roles = vec!["00000000-0000-4000-8000-00000000abcd".parse().unwrap()];
    for (form, field) in [(past, "ExpirationDate"), (ghost, "Roles")] {
        let answer = add(&server, &cookie, &form).await;
        assert_eq!(answer.status, 422);
        assert_eq!(answer.json()["Invalid"][0]["field"], field);
    }
    assert_eq!(stored(&server, &cookie).await, before);
}
