//! The life of `clientele serve`.

use std::fs;
use std::path::Path;

use rstest::rstest;
use store::testing::Engine;

use crate::http::{encode, send};
use crate::process::{Process, clientele, finish, log, print, serve};
use crate::server::client;
use crate::story::{ADMINISTRATOR, PASSWORD};

#[tokio::test]
async fn starts_anywhere_says_what_to_open_and_ends_when_told() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = Process::start(&mut serve(folder.path()), folder.path());
    // Its connection stays open: that must not keep the server from ending.
    let http = client();
    let ready = send(http.get(format!("{}/health/ready", server.address))).await;
    assert_eq!(ready.status, 200);
    let (_, link) = server.printed.split_once("Create the first administrator: ").unwrap();
    let link = link.lines().next().unwrap().to_owned();
    assert!(link.starts_with(&server.address), "{link}");
    assert_eq!(send(http.get(&link)).await.status, 200);

    assert_eq!(server.stop(), Some(0));
    let token = link.split_once("token=").unwrap().1;
    assert!(!log(folder.path()).contains(token));
    #[cfg(unix)]
    assert_eq!(mode(&folder.path().join("data/clientele.key")), 0o600);
}

#[cfg(unix)]
fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[tokio::test]
async fn the_first_administrator_may_come_from_the_environment() {
    let folder = tempfile::tempdir().unwrap();
    let start = |password: &str| {
        let mut command = serve(folder.path());
        command
            .env("CLIENTELE_TENANT_ID", "11111111-2222-4333-8444-555555555555")
            .env("CLIENTELE_TENANT_NAME", "Mill")
            .env("CLIENTELE_ADMIN_EMAIL", ADMINISTRATOR)
            .env("CLIENTELE_ADMIN_PASSWORD", password);
        Process::start(&mut command, folder.path())
    };
    let mut server = start(PASSWORD);
    assert_eq!(sign_in(&server.address, PASSWORD).await, 303);
    assert_eq!(server.printed.lines().count(), 1, "no setup link: {}", server.printed);
    assert_eq!(server.stop(), Some(0));
    let log = log(folder.path());
    assert!(!log.contains(PASSWORD));

    // Later starts change nothing.
    let server = start("quite another password");
    assert_eq!(sign_in(&server.address, PASSWORD).await, 303);
    let tenants = print(folder.path(), &["tenant", "list"]);
    assert_eq!(tenants, "11111111-2222-4333-8444-555555555555  Mill  0 clients\n");
}

async fn sign_in(address: &str, password: &str) -> u16 {
    let form = client().post(format!("{address}/sign-in"));
    let form = form.header("content-type", "application/x-www-form-urlencoded");
    let body = encode(&[("email", ADMINISTRATOR), ("password", password)]);
    send(form.body(body)).await.status.as_u16()
}

#[test]
fn two_first_starts_at_once_make_one_of_each() {
    let folder = tempfile::tempdir().unwrap();
    let one = Process::spawn(&mut serve(folder.path()), folder.path(), "one.txt");
    let two = Process::spawn(&mut serve(folder.path()), folder.path(), "two.txt");
    let (mut one, mut two) = (one.ready(), two.ready());
    assert_ne!(one.address, two.address);
    assert_eq!(print(folder.path(), &["tenant", "list"]).lines().count(), 1);
    let keys = print(folder.path(), &["keys", "list"]);
    assert_eq!(keys.lines().count(), 2, "one for each kind of token: {keys}");
    assert_eq!((one.stop(), two.stop()), (Some(0), Some(0)));
}

#[rstest]
#[case::text("text")]
#[case::json("json")]
#[tokio::test]
async fn the_log_is_text_or_json(#[case] format: &str) {
    let folder = tempfile::tempdir().unwrap();
    let mut command = serve(folder.path());
    let mut server = Process::start(command.env("CLIENTELE_LOG_FORMAT", format), folder.path());
    let answer = send(client().get(format!("{}/health/live?secret=mine", server.address))).await;
    let id = answer.header("operation-id");
    server.stop();
    let log = log(folder.path());
    let line = log.lines().find(|line| line.contains(id)).expect("the request");
    assert!(line.contains("/health/live"));
    assert!(!log.contains("secret=mine"), "{log}");
    let json = log
        .lines()
        .all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok());
    assert_eq!(json, format == "json", "{log}");
}

#[tokio::test]
async fn on_postgresql_the_key_comes_from_outside() {
    let folder = tempfile::tempdir().unwrap();
    let database = store::testing::database(Engine::Postgres).await;
    let with_key = |key: Option<&str>| {
        let mut command = serve(folder.path());
        command.env("CLIENTELE_DATABASE_URL", &database.url);
        command.envs(key.map(|key| ("CLIENTELE_KEY_ENCRYPTION_KEY", key)));
        command
    };
    let refused = |key: Option<&str>, why: &str| {
        let done = finish(&mut with_key(key));
        assert_eq!(done.code, Some(2), "{done:?}");
        let sentence = format!("CLIENTELE_KEY_ENCRYPTION_KEY is wrong: {why}");
        assert!(done.err.contains(&sentence), "{done:?}");
        done
    };
    refused(None, "it is missing");
    let key = "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=";
    let mut server = Process::start(&mut with_key(Some(key)), folder.path());
    assert_eq!(server.stop(), Some(0));
    assert!(!folder.path().join("data").exists());
    let other = "CAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg=";
    let done = refused(Some(other), "it doesn't open");
    assert!(!done.err.contains(other) && !done.err.contains(key));
}

#[test]
fn help_lists_the_configuration_and_none_of_its_secrets() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = clientele(folder.path(), &["serve", "--help"]);
    command
        .env("CLIENTELE_DATABASE_URL", "postgres://me:database-word@db/x")
        .env("CLIENTELE_KEY_ENCRYPTION_KEY", "key-word")
        .env("CLIENTELE_ADMIN_PASSWORD", "pass-word");
    let done = finish(&mut command);
    assert_eq!(done.code, Some(0));
    let names = [
        "LISTEN",
        "PUBLIC_URL",
        "TRUSTED_PROXIES",
        "REFRESH_TOKEN_IDLE",
        "REFRESH_TOKEN_LIFETIME",
        "DATABASE_URL",
        "TENANT_ID",
        "TENANT_NAME",
        "ADMIN_EMAIL",
        "ADMIN_PASSWORD",
        "KEY_ENCRYPTION_KEY",
        "LOG",
        "LOG_FORMAT",
    ];
    for name in names {
        assert!(done.out.contains(&format!("[env: CLIENTELE_{name}")), "{name}");
    }
    for word in ["database-word", "key-word", "pass-word"] {
        assert!(!done.out.contains(word), "{word}");
    }
}
