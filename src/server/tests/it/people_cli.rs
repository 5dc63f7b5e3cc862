//! The commands for tenants and people, while a server runs on the same file.

use std::path::Path;

use crate::http::{Answer, encode, send};
use crate::process::{Done, Process, clientele, finish_with_line, print, run, serve};
use crate::server::client;
use crate::story::{MEMBER, PASSWORD};

async fn sign_in(server: &Process, password: &str) -> Answer {
    let form = client().post(format!("{}/sign-in", server.address));
    let form = form.header("content-type", "application/x-www-form-urlencoded");
    send(form.body(encode(&[("email", MEMBER), ("password", password)]))).await
}

fn create_user(folder: &Path, email: &str, password: &str) -> Done {
    let arguments = ["user", "create", "--email", email, "--name", "Max", "--password-stdin"];
    finish_with_line(&mut clientele(folder, &arguments), password)
}

#[tokio::test]
async fn a_person_signs_in_until_they_get_another_password() {
    let folder = tempfile::tempdir().unwrap();
    let server = Process::start(&mut serve(folder.path()), folder.path());
    let done = create_user(folder.path(), MEMBER, PASSWORD);
    assert_eq!(done.code, Some(0), "{done:?}");
    assert!(
        done.out.starts_with("User: ") && !done.out.contains(PASSWORD),
        "{done:?}"
    );
    let cookie = sign_in(&server, PASSWORD).await.cookie();
    let page = |cookie: String| {
        client()
            .get(format!("{}/security/clients", server.address))
            .header("cookie", cookie)
    };
    assert_eq!(send(page(cookie.clone())).await.status, 200);

    let out = print(folder.path(), &["user", "reset-password", "--email", MEMBER]);
    let password = out.lines().find_map(|line| line.strip_prefix("Password: ")).unwrap();
    assert_eq!(send(page(cookie)).await.status, 303, "the session is over");
    assert_eq!(sign_in(&server, PASSWORD).await.status, 422);
    assert_eq!(sign_in(&server, password).await.status, 303);

    let arguments = ["user", "reset-password", "--email", MEMBER, "--password-stdin"];
    let done = finish_with_line(&mut clientele(folder.path(), &arguments), "a third long password");
    assert_eq!(done.code, Some(0), "{done:?}");
    assert_eq!(sign_in(&server, "a third long password").await.status, 303);
}

#[test]
fn what_is_wrong_with_a_person_is_said_in_one_line() {
    let folder = tempfile::tempdir().unwrap();
    print(folder.path(), &["tenant", "create", "--name", "Mill"]);
    assert_eq!(create_user(folder.path(), MEMBER, PASSWORD).code, Some(0));
    let cases = [
        (create_user(folder.path(), "MAX@example.com", PASSWORD), "is taken"),
        (create_user(folder.path(), "ops", PASSWORD), "E-mail is an address"),
        (
            create_user(folder.path(), "eve@example.com", "short-word"),
            "Password is 12 to 128 characters",
        ),
        (
            run(
                folder.path(),
                &["user", "reset-password", "--email", "nobody@example.com"],
            ),
            "nobody@example.com",
        ),
    ];
    for (done, sentence) in cases {
        assert_eq!((done.code, done.out.as_str()), (Some(1), ""), "{done:?}");
        assert_eq!(done.err.lines().count(), 1, "{done:?}");
        assert!(done.err.contains(sentence), "{done:?}");
        assert!(!done.err.contains("short-word"), "{done:?}");
    }
}

#[test]
fn with_several_tenants_one_must_be_named() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = Process::start(&mut serve(folder.path()), folder.path());
    let id = "11111111-2222-4333-8444-555555555555";
    let out = print(folder.path(), &["tenant", "create", "--name", "Mill", "--id", id]);
    assert_eq!(out.trim(), id);
    let list = print(folder.path(), &["tenant", "list"]);
    assert_eq!(list.lines().count(), 2);
    assert!(list.ends_with(&format!("{id}  Mill  0 clients\n")), "{list}");
    let again = run(folder.path(), &["tenant", "create", "--name", "Mill", "--id", id]);
    assert_eq!(again.code, Some(1), "{again:?}");

    let create = ["client", "create", "--name", "Pump"];
    let done = run(folder.path(), &create);
    assert_eq!(done.code, Some(1));
    assert!(done.err.contains("Name one with --tenant"), "{done:?}");
    print(folder.path(), &[&create[..], &["--tenant", id]].concat());
    let list = print(folder.path(), &["tenant", "list"]);
    assert!(list.ends_with("Mill  1 clients\n"), "{list}");
    assert_eq!(server.stop(), Some(0));
}

#[test]
fn migrate_can_be_run_again() {
    let folder = tempfile::tempdir().unwrap();
    for _ in 0..2 {
        assert_eq!(print(folder.path(), &["migrate"]), "The database is up to date.\n");
    }
    assert!(
        !folder.path().join("data/clientele.key").exists(),
        "it does nothing else"
    );
}
