use chrono::Duration;
use domain::field::Field;
use domain::secret::SecretExpiry;
use rstest::rstest;
use store::testing::{Engine, contents, holds_text};

use super::*;
use crate::clients::fixtures::{
    added, administrator, events, forever, gets_token, member, other_tenant, pump, secrets,
};
use crate::testing::TestService;
use crate::users::fixtures::loser;

/// A secret that ends a year after the test's clock begins.
fn form(description: &str) -> SecretForm {
    SecretForm {
        description: description.to_owned(),
        expiration: "2027-11-21T10:30:00Z".to_owned(),
        never_expires: false,
    }
}

async fn add(test: &TestService, of: SecretsOf, form: &SecretForm) -> Result<Created, ServiceError> {
    test.service.add_secret(&administrator(of.tenant), of, form).await
}

async fn edit(test: &TestService, of: SecretsOf, id: i32, version: i64, form: &SecretForm) -> Result<(), ServiceError> {
    let actor = administrator(of.tenant);
    test.service.edit_secret(&actor, of, SecretId(id), version, form).await
}

async fn remove(test: &TestService, of: SecretsOf, id: i32) -> Result<(), ServiceError> {
    let actor = administrator(of.tenant);
    test.service.remove_secret(&actor, of, SecretId(id), None).await
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_second_secret_opens_the_client_beside_the_first(#[case] engine: Engine) {
    let (test, of, first) = pump(engine).await;
    let created = add(&test, of, &forever(" spare ")).await.unwrap();
    assert_eq!((created.id, created.name.as_str()), (of.client, "Pump"));
    assert_eq!(created.secret_row.as_ref(), secrets(&test, of).await.get(1));
    let second = created.secret.unwrap().0;
    assert!(second.starts_with("cls_") && second != first);
    for secret in [&first, &second] {
        assert!(gets_token(&test, of.client, secret).await);
        assert!(!holds_text(&test.database, secret).await);
    }
    let rows = secrets(&test, of).await;
    assert_eq!((rows[1].id, rows[1].description.as_str()), (SecretId(2), "spare"));
    assert_eq!(rows[1].expiry, SecretExpiry::Never);

    remove(&test, of, 1).await.unwrap();
    assert!(!gets_token(&test, of.client, &first).await);
    assert!(gets_token(&test, of.client, &second).await);
    assert!(matches!(remove(&test, of, 1).await, Err(ServiceError::NotFound)));
    add(&test, of, &forever("third")).await.unwrap();
    let ids: Vec<i32> = secrets(&test, of).await.iter().map(|row| row.id.0).collect();
    assert_eq!(ids, [2, 3], "a number is never used again");
    assert_eq!(
        events(&test, "client_secret.").await,
        [
            "client_secret.add by Ada: Pump, secret 2",
            "client_secret.remove by Ada: Pump, secret 1",
            "client_secret.add by Ada: Pump, secret 3",
        ]
    );
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn of_two_that_add_the_tenth_secret_one_is_refused(#[case] engine: Engine) {
    let (test, of, _) = pump(engine).await;
    for _ in 0..8 {
        add(&test, of, &forever("")).await.unwrap();
    }
    let tasks = [(); 2].map(|()| {
        let service = test.service.clone();
        tokio::spawn(async move { service.add_secret(&administrator(of.tenant), of, &forever("")).await })
    });
    let mut added = 0;
    for task in tasks {
        match task.await.unwrap() {
            Ok(_) => added += 1,
            Err(ServiceError::Refused(refusal)) => assert!(refusal.reason.contains("has 10 secrets"), "{refusal}"),
            Err(error) => panic!("{error:?}"),
        }
    }
    assert_eq!((added, secrets(&test, of).await.len()), (1, 10));
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn wrong_fields_and_kinds_are_refused(#[case] engine: Engine) {
    let (test, of, _) = pump(engine).await;
    let shop = added(&test, of.tenant, ClientKind::AuthorizationCode, "Shop").await;
    let before = contents(&test.database.database).await;
    let refused = add(&test, SecretsOf { client: shop.id, ..of }, &forever("")).await;
    assert!(matches!(refused, Err(ServiceError::Refused(_))));
    let past = SecretForm {
        expiration: "2026-11-21T10:30:00Z".to_owned(),
        ..form("")
    };
    for (wrong, field) in [
        (past, Field::ExpirationDate),
        (form(&"x".repeat(129)), Field::Description),
        (form("pump\u{202e}7"), Field::Description),
    ] {
        for refused in [
            add(&test, of, &wrong).await.err(),
            edit(&test, of, 1, 1, &wrong).await.err(),
        ] {
            assert!(matches!(refused, Some(ServiceError::Invalid(errors)) if errors[0].field == field));
        }
    }
    assert_eq!(contents(&test.database.database).await, before);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_secret_changes_its_description_and_expiry(#[case] engine: Engine) {
    let (test, of, text) = pump(engine).await;
    edit(&test, of, 1, 1, &forever("changed")).await.unwrap();
    let rows = secrets(&test, of).await;
    assert_eq!(
        (rows[0].description.as_str(), rows[0].expiry, rows[0].version),
        ("changed", SecretExpiry::Never, 2)
    );
    assert!(gets_token(&test, of.client, &text).await);

    let before = contents(&test.database.database).await;
    assert!(matches!(
        edit(&test, of, 1, 1, &form("again")).await,
        Err(ServiceError::Conflict)
    ));
    assert!(matches!(
        edit(&test, of, 2, 1, &form("again")).await,
        Err(ServiceError::NotFound)
    ));
    assert_eq!(contents(&test.database.database).await, before);

    let soon = SecretForm {
        expiration: "2026-11-21T10:30:01Z".to_owned(),
        ..form("soon")
    };
    edit(&test, of, 1, 2, &soon).await.unwrap();
    assert!(gets_token(&test, of.client, &text).await);
    test.clock.advance(Duration::seconds(1));
    assert!(!gets_token(&test, of.client, &text).await);
    assert_eq!(
        events(&test, "client_secret.edit").await,
        ["client_secret.edit by Ada: Pump, secret 1"; 2]
    );
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_past_expiry_may_stay_but_not_come(#[case] engine: Engine) {
    let (test, of, _) = pump(engine).await;
    test.clock.advance(Duration::days(400));
    edit(&test, of, 1, 1, &form("old")).await.unwrap();
    assert_eq!(secrets(&test, of).await[0].description, "old");
    let other_past = SecretForm {
        expiration: "2027-11-22T10:30:00Z".to_owned(),
        ..form("old")
    };
    let refused = edit(&test, of, 1, 2, &other_past).await;
    assert!(matches!(refused, Err(ServiceError::Invalid(errors)) if errors[0].field == Field::ExpirationDate));
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_save_against_a_remove_ends_without_the_secret(#[case] engine: Engine) {
    let (test, of, _) = pump(engine).await;
    let service = test.service.clone();
    let removal = tokio::spawn(async move {
        service
            .remove_secret(&administrator(of.tenant), of, SecretId(1), None)
            .await
    });
    let saved = edit(&test, of, 1, 1, &forever("changed")).await;
    assert!(matches!(saved, Ok(()) | Err(ServiceError::NotFound)), "{saved:?}");
    removal.await.unwrap().unwrap();
    assert!(secrets(&test, of).await.is_empty());
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn only_an_administrator_of_the_tenant_changes_secrets(#[case] engine: Engine) {
    let (test, of, _) = pump(engine).await;
    let other = other_tenant(&test).await;
    let before = contents(&test.database.database).await;
    let (service, id) = (&test.service, SecretId(1));
    for actor in [member(of.tenant), administrator(other)] {
        let refusals = [
            service.add_secret(&actor, of, &form("")).await.err(),
            service.edit_secret(&actor, of, id, 1, &form("")).await.err(),
            service.remove_secret(&actor, of, id, None).await.err(),
        ];
        assert!(
            refusals
                .iter()
                .all(|refusal| matches!(refusal, Some(ServiceError::Forbidden)))
        );
    }
    let foreign = SecretsOf { tenant: other, ..of };
    let refusals = [
        add(&test, foreign, &form("")).await.err(),
        edit(&test, foreign, 1, 1, &form("")).await.err(),
        remove(&test, foreign, 1).await.err(),
    ];
    assert!(
        refusals
            .iter()
            .all(|refusal| matches!(refusal, Some(ServiceError::NotFound)))
    );
    assert_eq!(contents(&test.database.database).await, before);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn of_two_saves_of_a_secret_the_second_is_a_conflict(#[case] engine: Engine) {
    let (test, of, _) = pump(engine).await;
    let save = |description: &str| {
        let (service, form) = (test.service.clone(), form(description));
        async move {
            let actor = administrator(of.tenant);
            service.edit_secret(&actor, of, SecretId(1), 1, &form).await
        }
    };
    let lost = loser(save("one"), save("two")).await;
    assert!(matches!(lost, ServiceError::Conflict), "{lost:?}");
    assert_eq!(secrets(&test, of).await[0].version, 2);
    assert_eq!(events(&test, "client_secret.edit").await.len(), 1);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_number_counts_in_its_client_alone(#[case] engine: Engine) {
    let (test, of, _) = pump(engine).await;
    let portal = added(&test, of.tenant, ClientKind::Hybrid, "Portal").await.id;
    let theirs = SecretsOf { client: portal, ..of };
    add(&test, theirs, &forever("theirs")).await.unwrap();
    let before = contents(&test.database.database).await;
    let unknown = ClientId(uuid::Uuid::from_u128(999));
    for (of, id) in [(of, 2), (of, 0), (SecretsOf { client: unknown, ..of }, 1)] {
        for result in [edit(&test, of, id, 1, &forever("")).await, remove(&test, of, id).await] {
            assert!(matches!(result, Err(ServiceError::NotFound)), "{result:?}");
        }
    }
    assert_eq!(contents(&test.database.database).await, before);

    remove(&test, theirs, 1).await.unwrap();
    assert_eq!(
        (secrets(&test, of).await.len(), secrets(&test, theirs).await.len()),
        (1, 1)
    );
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_secret_that_was_changed_stays_when_its_version_matters(#[case] engine: Engine) {
    let (test, of, _) = pump(engine).await;
    let (service, actor) = (&test.service, administrator(of.tenant));
    edit(&test, of, 1, 1, &forever("changed")).await.unwrap();
    let before = contents(&test.database.database).await;
    let refused = service.remove_secret(&actor, of, SecretId(1), Some(1)).await;
    assert!(matches!(refused, Err(ServiceError::Conflict)), "{refused:?}");
    assert_eq!(contents(&test.database.database).await, before);
    service.remove_secret(&actor, of, SecretId(1), Some(2)).await.unwrap();
}
