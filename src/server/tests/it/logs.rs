//! A whole story is logged, and none of its secrets.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::view::{Created, PasswordLink};
use reqwest::Method;
use reqwest::header::COOKIE;
use serde_json::json;
use tracing_subscriber::fmt::MakeWriter;

use crate::http::send;
use crate::server::TestServer;
use crate::story::{ADMINISTRATOR, PASSWORD, client_form, secret_of};

/// The password that Bo chooses with a link.
const CHOSEN: &str = "staple-battery-horse";

/// Keeps all that is logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// Everything that every part of the program says, from now on.
fn listen() -> Log {
    let log = Log::default();
    tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_ansi(false)
        .with_writer(log.clone())
        .init();
    log
}

#[tokio::test]
async fn a_whole_story_leaves_no_secret_in_the_log() {
    let log = listen();
    let server = TestServer::start().await;
    let setup = server.service.make_setup_link().await.unwrap();
    let setup = secrecy::ExposeSecret::expose_secret(&setup);
    server.get(&format!("/setup?token={setup}"), "").await;
    let cookie = server.administrator().await;
    let mistyped = "correct horse batteri";
    server.sign_in(ADMINISTRATOR, mistyped).await;

    let added = server
        .call("clients/add", &cookie, &json!({ "form": client_form() }))
        .await;
    let created: Created = serde_json::from_str(&added.body).unwrap();
    let (id, secret) = (created.id.to_string(), secret_of(&created));
    server.get(&format!("/security/clients?client={id}"), &cookie).await;
    let token = server.token(&id, secret).await;
    let fields = [("grant_type", "client_credentials")];
    let basic = server.form("/identity/connect/token", &fields);
    assert_eq!(send(basic.basic_auth(&id, Some(secret))).await.status, 200);
    let almost = format!("{secret}x");
    assert_eq!(send(server.ask_for_token(&id, &almost)).await.status, 401);
    // What people do wrong: secrets where they don't belong.
    send(server.ask_for_token(secret, secret)).await;
    server
        .get(&format!("/identity/connect/token?client_secret={secret}"), "")
        .await;
    let person = json!({ "form": { "name": "Bo", "email": "bo@example.com" } });
    let invited = server.call("users/invite", &cookie, &person).await;
    let invited: PasswordLink = serde_json::from_str(&invited.body).unwrap();
    let link = invited.url.0.split_once("token=").unwrap().1;
    server.get(&format!("/password?token={link}"), "").await;
    for (password, status) in [("tooshort7", 422), (CHOSEN, 303)] {
        let chosen = send(server.form("/password", &[("token", link), ("password", password)])).await;
        assert_eq!(chosen.status, status);
    }
    server.service.flush_last_used().await.unwrap();
    send(server.request(Method::POST, "/sign-out").header(COOKIE, &cookie)).await;

    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    for part in ["token refused", "POST", "/identity/connect/token", "operation_id"] {
        assert!(log.contains(part), "the log holds the story: {part}");
    }
    let sessions: Vec<&str> = cookie.split("; ").map(|pair| pair.split_once('=').unwrap().1).collect();
    let [first, second, third] = sessions[..] else {
        panic!("a session has three cookies: {}", sessions.len());
    };
    let basic = STANDARD.encode(format!("{id}:{secret}"));
    for hidden in [
        PASSWORD,
        mistyped,
        secret,
        &token,
        first,
        second,
        third,
        setup,
        &basic,
        link,
        CHOSEN,
        "tooshort7",
    ] {
        let found = log.lines().find(|found| found.contains(hidden));
        assert_eq!(found, None, "{hidden}");
    }
}
