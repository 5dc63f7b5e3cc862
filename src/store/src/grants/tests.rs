use rstest::rstest;

use super::fixtures::{SESSION, code, granted};
use super::*;
use crate::fixtures::{add_user, at, user_id};
use crate::testing::{Engine, disable, hold_grants};
use crate::{clients, users};

async fn person_of(database: &Database, grant: &Grant) -> Option<String> {
    let person = person(database, grant.id).await.unwrap();
    person.map(|person| person.name)
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_grant_names_its_person_until_it_ends(#[case] engine: Engine) {
    let (test, grant) = granted(engine).await;
    let database = &test.database;
    let ana = GrantPerson {
        id: user_id(1),
        name: "Ana".to_owned(),
        email: "ana@example.com".to_owned(),
    };
    assert_eq!(person(database, grant.id).await.unwrap(), Some(ana));
    let mut tx = database.begin().await.unwrap();
    assert!(end(&mut tx, grant.id, at(5)).await.unwrap());
    assert!(!end(&mut tx, grant.id, at(6)).await.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(person_of(database, &grant).await, None);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn nobody_allows_anything_without_a_session_of_their_own(#[case] engine: Engine) {
    let (test, grant) = granted(engine).await;
    let another = Grant {
        id: GrantId(Uuid::from_u128(52)),
        ..grant.clone()
    };
    add_user(&test.database, 2, 1, "bo@example.com", &[]).await.unwrap();
    let of_bo = Grant {
        user_id: user_id(2),
        ..another.clone()
    };
    let database = &test.database;
    let is_kept = async |grant: &Grant, session: &[u8]| insert(database, grant, code(&[2; 32]), session).await.unwrap();
    assert!(!is_kept(&another, &[9; 32]).await, "no session");
    assert!(!is_kept(&of_bo, &SESSION).await, "somebody else's");
    disable(database, grant.user_id.0).await;
    assert!(!is_kept(&another, &SESSION).await, "disabled");
    let mut tx = database.begin().await.unwrap();
    users::set_enabled(&mut tx, grant.user_id, true).await.unwrap();
    sessions::delete(&mut tx, (Some(&SESSION), None)).await.unwrap();
    tx.commit().await.unwrap();
    assert!(!is_kept(&another, &SESSION).await, "signed out");
    assert_eq!(person_of(database, &another).await, None);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_grant_needs_its_person_and_its_client(#[case] engine: Engine) {
    for who in ["user", "client"] {
        let (test, grant) = granted(engine).await;
        let database = &test.database;
        let id = if who == "user" {
            grant.user_id.0
        } else {
            grant.client_id.0
        };
        disable(database, id).await;
        assert_eq!(person_of(database, &grant).await, None, "{who} disabled");
        let mut tx = database.begin().await.unwrap();
        match who {
            "user" => users::delete(&mut tx, grant.user_id).await.unwrap(),
            _ => clients::delete(&mut tx, grant.client_id).await.unwrap(),
        }
        tx.commit().await.unwrap();
        assert_eq!(person_of(database, &grant).await, None, "{who} removed");
    }
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_grant_is_forgotten_when_nothing_of_it_can_be_good(#[case] engine: Engine) {
    let (test, grant) = granted(engine).await;
    for (second, kept) in [(99, true), (100, false)] {
        let mut tx = test.database.begin().await.unwrap();
        delete_over(&mut tx, at(second)).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(person_of(&test.database, &grant).await.is_some(), kept);
    }
}

#[tokio::test]
async fn forgetting_waits_for_no_other_change() {
    let (test, grant) = granted(Engine::Postgres).await;
    let _held = hold_grants(&test.database).await;
    let mut tx = test.database.begin().await.unwrap();
    delete_over(&mut tx, at(100)).await.unwrap();
    tx.commit().await.unwrap();
    assert!(person_of(&test.database, &grant).await.is_some());
}
