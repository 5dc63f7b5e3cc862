//! The command that fills a tenant with clients.

use crate::process::{print, run};

const TENANT: &str = "11111111-2222-4333-8444-555555555555";

#[test]
fn many_clients_are_added_and_it_says_how_many_and_where() {
    let folder = tempfile::tempdir().unwrap();
    print(folder.path(), &["tenant", "create", "--name", "Mill", "--id", TENANT]);
    // The only tenant need not be named.
    for arguments in [&["--clients", "1200"][..], &["--clients", "1200", "--tenant", TENANT]] {
        let out = print(folder.path(), &[&["seed"][..], arguments].concat());
        assert_eq!(out, format!("1,200 clients were added to the tenant {TENANT}.\n"));
    }
    let list = print(folder.path(), &["tenant", "list"]);
    assert_eq!(list, format!("{TENANT}  Mill  2400 clients\n"));
}

#[test]
fn too_many_clients_or_an_unknown_tenant_are_refused_in_one_line() {
    let folder = tempfile::tempdir().unwrap();
    print(folder.path(), &["tenant", "create", "--name", "Mill", "--id", TENANT]);
    let before = print(folder.path(), &["tenant", "list"]);
    let nowhere = "00000000-0000-0000-0000-000000000007";
    for (arguments, sentence) in [
        (
            &["seed", "--clients", "50001"][..],
            "A tenant may have 50,000 clients, and with 50,001 more this one would have too many. Seed fewer.",
        ),
        (
            &["seed", "--clients", "1", "--tenant", nowhere],
            "There is no tenant with the id 00000000-0000-0000-0000-000000000007. `clientele tenant list` shows all of them.",
        ),
    ] {
        let done = run(folder.path(), arguments);
        assert_eq!((done.code, done.out.as_str()), (Some(1), ""), "{done:?}");
        assert_eq!(done.err, format!("clientele: {sentence}\n"));
    }
    assert_eq!(print(folder.path(), &["tenant", "list"]), before);
}
