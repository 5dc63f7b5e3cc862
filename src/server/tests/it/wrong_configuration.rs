//! A wrong value stops the start with one sentence that names it, and repeats no secret.

use std::net::TcpListener;

use rstest::rstest;
use store::testing::Engine;

use crate::process::{Done, clientele, finish, run, serve};

/// 32 bytes in base64.
const KEY: &str = "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=";

/// One line that names the variable, exit code 2, and nothing on standard output.
fn assert_named(done: &Done, variable: &str) {
    assert_eq!(done.code, Some(2), "{done:?}");
    assert!(
        done.err.starts_with(&format!("clientele: {variable} is wrong: ")),
        "{done:?}"
    );
    assert_eq!(done.err.lines().count(), 1, "{done:?}");
    assert_eq!(done.out, "");
}

#[rstest]
#[case("CLIENTELE_LISTEN", "localhost")]
#[case("CLIENTELE_LISTEN", "127.0.0.1:99999")]
#[case("CLIENTELE_LISTEN", "192.0.2.1:3000")]
#[case("CLIENTELE_PUBLIC_URL", "id.example.com")]
#[case("CLIENTELE_PUBLIC_URL", "ftp://id.example.com")]
#[case("CLIENTELE_PUBLIC_URL", "https://id.example.com/portal")]
#[case("CLIENTELE_PUBLIC_URL", "https://hush:hush@id.example.com")]
#[case("CLIENTELE_TRUSTED_PROXIES", "10.0.0.0/33")]
#[case("CLIENTELE_REFRESH_TOKEN_IDLE", "2592001")]
#[case("CLIENTELE_REFRESH_TOKEN_LIFETIME", "30 days")]
#[case("CLIENTELE_TENANT_ID", "mill")]
#[case("CLIENTELE_TENANT_NAME", "")]
#[case("CLIENTELE_ADMIN_EMAIL", "ops")]
#[case("CLIENTELE_ADMIN_PASSWORD", "hush-hush")]
#[case("CLIENTELE_KEY_ENCRYPTION_KEY", "aHVzaCBodXNo")]
#[case("CLIENTELE_KEY_ENCRYPTION_KEY", "hush hush!")]
#[case("CLIENTELE_LOG", "=hush=")]
#[case("CLIENTELE_LOG_FORMAT", "xml")]
#[case("CLIENTELE_DATABASE_URL", "mysql://me:hush@db/clientele")]
#[case("CLIENTELE_DATABASE_URL", "postgres://me:hush@db:port/clientele")]
#[case("CLIENTELE_DATABASE_URL", "postgres://me:hush@/clientele?sslmode=sometimes")]
#[case("CLIENTELE_DATABASE_URL", "sqlite://")]
#[case("CLIENTELE_DATABASE_URL", "sqlite://:memory:")]
#[case("CLIENTELE_DATABASE_URL", "sqlite:///dev/null/clientele.db")]
#[case("CLIENTELE_DATABASE_URL", "")]
fn a_wrong_value_is_named(#[case] variable: &str, #[case] value: &str) {
    let folder = tempfile::tempdir().unwrap();
    let mut command = serve(folder.path());
    command
        .env("CLIENTELE_ADMIN_EMAIL", "ops@example.com")
        .env("CLIENTELE_ADMIN_PASSWORD", "a long enough one")
        .env(variable, value);
    if value.starts_with("postgres://") {
        command.env("CLIENTELE_KEY_ENCRYPTION_KEY", KEY);
    }
    if variable == "CLIENTELE_LISTEN" {
        command = clientele(folder.path(), &["serve"]);
        command.env(variable, value);
    }
    let done = finish(&mut command);
    assert_named(&done, variable);
    assert!(!done.err.contains("hush"), "{done:?}");
}

#[test]
fn a_port_in_use_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let done = run(folder.path(), &["serve", "--listen", &address]);
    assert_named(&done, "CLIENTELE_LISTEN");
    assert!(done.err.contains(&address), "{done:?}");
    assert!(!folder.path().join("data").exists(), "nothing is made");
}

#[test]
fn a_broken_key_file_is_named() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("data")).unwrap();
    std::fs::write(folder.path().join("data/clientele.key"), "broken").unwrap();
    let done = finish(&mut serve(folder.path()));
    assert_named(&done, "CLIENTELE_KEY_ENCRYPTION_KEY");
    assert!(done.err.contains("clientele.key"), "{done:?}");
}

#[test]
fn another_key_than_the_one_that_sealed_is_named() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(run(folder.path(), &["keys", "rotate"]).code, Some(0));
    std::fs::remove_file(folder.path().join("data/clientele.key")).unwrap();
    let done = finish(&mut serve(folder.path()));
    assert_named(&done, "CLIENTELE_KEY_ENCRYPTION_KEY");
}

#[tokio::test]
async fn a_database_that_is_not_there_is_named_without_its_password() {
    let folder = tempfile::tempdir().unwrap();
    let database = store::testing::database(Engine::Postgres).await;
    let mut url = url::Url::parse(&database.url).unwrap();
    url.set_password(Some("hush-hush")).unwrap();
    url.set_path("/no_such_database");
    let mut command = clientele(folder.path(), &["tenant", "list"]);
    command
        .env("CLIENTELE_DATABASE_URL", url.as_str())
        .env("CLIENTELE_KEY_ENCRYPTION_KEY", KEY);
    let done = finish(&mut command);
    assert_eq!(done.code, Some(1), "{done:?}");
    assert_eq!(done.err.lines().count(), 1, "{done:?}");
    assert!(done.err.contains("CLIENTELE_DATABASE_URL"), "{done:?}");
    assert!(!done.err.contains("hush"), "{done:?}");
}
