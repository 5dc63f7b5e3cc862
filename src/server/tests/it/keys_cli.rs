//! The commands for clients and keys, while a server runs on the same file.

use std::path::Path;

use serde_json::Value;

use crate::http::{encode, send};
use crate::process::{Process, log, print, run, serve};
use crate::server::client;

#[tokio::test]
async fn a_client_of_the_command_line_gets_a_token_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = Process::start(&mut serve(folder.path()), folder.path());
    let line = print(
        folder.path(),
        &[
            "client",
            "create",
            "--name",
            "Pump",
            "--role",
            "tenant viewer",
            "--token-lifetime",
            "60",
            "--json",
        ],
    );
    assert_eq!(line.lines().count(), 1);
    let created: Value = serde_json::from_str(&line).unwrap();
    let keys: Vec<&String> = created.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["ClientId", "ClientSecret"]);
    let secret = created["ClientSecret"].as_str().unwrap();
    assert!(secret.starts_with("cls_"));
    let body = encode(&[
        ("grant_type", "client_credentials"),
        ("client_id", created["ClientId"].as_str().unwrap()),
        ("client_secret", secret),
    ]);
    let request = client().post(format!("{}/identity/connect/token", server.address));
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    let answer = send(request.body(body)).await;
    assert_eq!(
        (answer.status.as_u16(), &answer.json()["expires_in"]),
        (200, &60.into())
    );
    assert_eq!(server.stop(), Some(0));
    assert!(!log(folder.path()).contains(secret));
}

#[test]
fn without_json_the_answer_is_for_people() {
    let folder = tempfile::tempdir().unwrap();
    print(folder.path(), &["tenant", "create", "--name", "Mill"]);
    let out = print(
        folder.path(),
        &["client", "create", "--name", "Pump", "--expires", "never"],
    );
    assert!(
        out.contains("Client Id: ") && out.contains("Client Secret: cls_"),
        "{out}"
    );
    assert!(
        out.contains("Store both now: the secret can't be shown again."),
        "{out}"
    );
}

/// A refused command: exit code 1 and one line.
fn refused(folder: &Path, arguments: &[&str]) -> String {
    let done = run(folder, arguments);
    assert_eq!((done.code, done.out.as_str()), (Some(1), ""), "{done:?}");
    assert_eq!(done.err.lines().count(), 1, "{done:?}");
    done.err
}

#[test]
fn what_is_wrong_with_a_client_is_said_in_one_line() {
    let folder = tempfile::tempdir().unwrap();
    print(folder.path(), &["tenant", "create", "--name", "Mill"]);
    let create = ["client", "create", "--name", "Pump"];
    let with = |more: &[&str]| refused(folder.path(), &[&create, more].concat());
    assert!(with(&["--role", "Viewer"]).contains("this tenant has no role “Viewer”"));
    assert!(with(&["--token-lifetime", "3601"]).contains("Token Lifetime is 60 to 3600 seconds. 3601 is too long."));
    assert!(with(&["--expires", "2020-01-01T00:00:00Z"]).contains("Expiration Date lies in the past."));
    assert!(with(&["--expires", "soon"]).contains("Expiration Date is not a date and time"));
    let ghost = "00000000-0000-4000-8000-00000000abcd";
    assert!(with(&["--tenant", ghost]).to_lowercase().contains("tenant"));
    let tenants = print(folder.path(), &["tenant", "list"]);
    assert!(tenants.ends_with("Mill  0 clients\n"), "nothing was stored: {tenants}");
}

#[test]
fn keys_are_listed_and_rotated_while_the_server_runs() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = Process::start(&mut serve(folder.path()), folder.path());
    let list = || -> Vec<String> {
        let text = print(folder.path(), &["keys", "list"]);
        text.lines().map(str::to_owned).collect()
    };
    let first = list();
    assert_eq!(first.len(), 2);
    assert!(
        first[0].contains("  RS256  access-tokens  signing  published "),
        "{first:?}"
    );
    assert!(
        first[1].contains("  RS256  id-tokens      signing  published "),
        "{first:?}"
    );

    let next = print(folder.path(), &["keys", "rotate"]);
    assert!(next.contains("  RS256  access-tokens  next   "), "{next}");
    assert_eq!(list().len(), 3);
    assert!(list()[0].contains("  retires "), "{:?}", list());
    assert!(refused(folder.path(), &["keys", "rotate"]).contains("waits already"));

    let hasty = run(folder.path(), &["keys", "rotate", "--now"]);
    assert!(hasty.out.contains("  signing"), "{hasty:?}");
    assert!(hasty.err.contains("refuse the new key's tokens"), "{hasty:?}");
    let states: Vec<bool> = list().iter().map(|line| line.contains("  signing")).collect();
    assert_eq!(states, [false, true, true]);
    assert_eq!(server.stop(), Some(0));
}

#[test]
fn the_purpose_and_the_algorithm_of_the_next_key_are_chosen() {
    let folder = tempfile::tempdir().unwrap();
    let rotate = |more: &[&str]| run(folder.path(), &[&["keys", "rotate"], more].concat());
    let access = rotate(&["--algorithm", "EdDSA"]).out;
    assert!(access.contains("  EdDSA  access-tokens  signing"), "{access}");
    let id = rotate(&["--for", "id-tokens", "--algorithm", "ES256"]).out;
    assert!(id.contains("  ES256  id-tokens      signing"), "{id}");

    for (wrong, sentence) in [
        (["--algorithm", "HS256"], "it is none of RS256, ES256 and EdDSA"),
        (["--for", "everything"], "it is neither access-tokens nor id-tokens"),
    ] {
        let refused = rotate(&wrong);
        assert_eq!(refused.code, Some(2), "{refused:?}");
        assert!(refused.err.contains(sentence), "{refused:?}");
    }
    assert_eq!(print(folder.path(), &["keys", "list"]).lines().count(), 2);
}
