use chrono::Duration;
use domain::secret::SecretExpiry;
use domain::secret_form::SecretForm;
use rstest::rstest;
use store::testing::{Engine, contents, holds_text};

use super::*;
use crate::clients::fixtures::{administrator, events, forever, gets_token, member, other_tenant, pump, secrets};
use crate::testing::TestService;
use crate::users::fixtures::loser;

/// An administrator rotates a secret; the old one is good for an hour.
async fn rotate(test: &TestService, of: SecretsOf, id: i32) -> Result<Created, ServiceError> {
    let (actor, hour) = (administrator(of.tenant), "3600".parse().unwrap());
    test.service.rotate_secret(&actor, of, SecretId(id), hour).await
}

async fn add(test: &TestService, of: SecretsOf, form: &SecretForm) {
    let added = test.service.add_secret(&administrator(of.tenant), of, form).await;
    added.unwrap();
}

fn at(instant: &str) -> SecretExpiry {
    SecretExpiry::parse(instant).unwrap()
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn both_secrets_open_the_client_until_the_overlap_is_over(#[case] engine: Engine) {
    let (test, of, old) = pump(engine).await;
    test.clock.advance(Duration::seconds(60));
    let created = rotate(&test, of, 1).await.unwrap();
    assert_eq!((created.id, created.name.as_str()), (of.client, "Pump"));
    let rows = secrets(&test, of).await;
    assert_eq!(created.secret_row.as_ref(), rows.get(1));
    let expected = [
        (SecretId(1), "gateway", at("2026-11-21T11:31:00Z"), 2),
        (SecretId(2), "gateway", at("2027-11-21T10:31:00Z"), 1),
    ];
    let seen = rows
        .iter()
        .map(|row| (row.id, row.description.as_str(), row.expiry, row.version));
    assert_eq!(seen.collect::<Vec<_>>(), expected);

    let new = created.secret.unwrap().0;
    assert!(new.starts_with("cls_") && new != old);
    assert!(!holds_text(&test.database, &new).await);
    test.clock.advance(Duration::seconds(3_599));
    for secret in [&old, &new] {
        assert!(gets_token(&test, of.client, secret).await);
    }
    test.clock.advance(Duration::seconds(1));
    assert!(!gets_token(&test, of.client, &old).await);
    assert!(gets_token(&test, of.client, &new).await);
    assert_eq!(
        events(&test, "client_secret.").await,
        [
            "client_secret.add by Ada: Pump, secret 2",
            "client_secret.rotate by Ada: Pump, secret 1",
        ]
    );
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn without_an_overlap_the_old_secret_is_over_at_once(#[case] engine: Engine) {
    let (test, of, old) = pump(engine).await;
    let (actor, none) = (administrator(of.tenant), "0".parse().unwrap());
    let created = test.service.rotate_secret(&actor, of, SecretId(1), none).await.unwrap();
    assert!(!gets_token(&test, of.client, &old).await);
    assert!(gets_token(&test, of.client, &created.secret.unwrap().0).await);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn the_new_secret_lives_as_long_and_the_old_one_no_longer_than_before(#[case] engine: Engine) {
    let (test, of, _) = pump(engine).await;
    add(&test, of, &forever("")).await;
    let soon = at("2026-11-21T10:40:00Z");
    add(&test, of, &SecretForm::of(String::new(), soon)).await;
    test.clock.advance(Duration::seconds(60));
    let created = [rotate(&test, of, 2).await.unwrap(), rotate(&test, of, 3).await.unwrap()];
    let new = created.map(|created| created.secret_row.unwrap().expiry);
    assert_eq!(new, [SecretExpiry::Never, at("2026-11-21T10:41:00Z")]);
    let rows = secrets(&test, of).await;
    assert_eq!([rows[1].expiry, rows[2].expiry], [at("2026-11-21T11:31:00Z"), soon]);
}

/// As by a program that never got the first answer.
#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_secret_that_is_rotated_again_gets_another_successor_that_lives_as_long(#[case] engine: Engine) {
    let (test, of, old) = pump(engine).await;
    add(&test, of, &forever("")).await;
    let (actor, none): (_, RotationOverlap) = (administrator(of.tenant), "0".parse().unwrap());
    for (id, expected) in [(1, at("2027-11-21T10:30:00Z")), (2, SecretExpiry::Never)] {
        for _ in 0..2 {
            let created = test
                .service
                .rotate_secret(&actor, of, SecretId(id), none)
                .await
                .unwrap();
            assert_eq!(created.secret_row.unwrap().expiry, expected);
            assert!(gets_token(&test, of.client, &created.secret.unwrap().0).await);
        }
    }
    assert!(!gets_token(&test, of.client, &old).await);

    // Somebody else describes it in between, and gives it nothing.
    let described = SecretForm::of("old".to_owned(), secrets(&test, of).await[0].expiry);
    let edited = test.service.edit_secret(&actor, of, SecretId(1), 3, &described).await;
    edited.unwrap();
    test.clock.advance(Duration::seconds(60));
    let created = rotate(&test, of, 1).await.unwrap();
    assert_eq!(created.secret_row.unwrap().expiry, at("2027-11-21T10:31:00Z"));
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn of_two_that_rotate_into_the_tenth_secret_one_is_refused(#[case] engine: Engine) {
    let (test, of, _) = pump(engine).await;
    for _ in 0..8 {
        add(&test, of, &forever("")).await;
    }
    let rotation = || {
        let service = test.service.clone();
        async move {
            let (actor, overlap) = (administrator(of.tenant), RotationOverlap::default());
            service.rotate_secret(&actor, of, SecretId(1), overlap).await
        }
    };
    match loser(rotation(), rotation()).await {
        ServiceError::Refused(refusal) => assert!(refusal.reason.contains("has 10 secrets"), "{refusal}"),
        error => panic!("{error:?}"),
    }
    let rows = secrets(&test, of).await;
    assert_eq!(
        (rows.len(), rows[0].version),
        (10, 2),
        "the refused one changed nothing"
    );
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_rotation_against_a_removal_ends_without_the_old_secret(#[case] engine: Engine) {
    let (test, of, _) = pump(engine).await;
    let service = test.service.clone();
    let removal = tokio::spawn(async move {
        let actor = administrator(of.tenant);
        service.remove_secret(&actor, of, SecretId(1), None).await
    });
    let expected = match rotate(&test, of, 1).await {
        Ok(created) => vec![created.secret_row.unwrap().id],
        Err(ServiceError::NotFound) => Vec::new(),
        Err(error) => panic!("{error:?}"),
    };
    removal.await.unwrap().unwrap();
    let left: Vec<SecretId> = secrets(&test, of).await.iter().map(|row| row.id).collect();
    assert_eq!(left, expected);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn only_an_administrator_of_the_tenant_rotates_what_is_there(#[case] engine: Engine) {
    let (test, of, _) = pump(engine).await;
    let other = other_tenant(&test).await;
    let before = contents(&test.database.database).await;
    for actor in [member(of.tenant), administrator(other)] {
        let overlap = RotationOverlap::default();
        let refused = test.service.rotate_secret(&actor, of, SecretId(1), overlap).await;
        assert!(matches!(refused, Err(ServiceError::Forbidden)), "{refused:?}");
    }
    for (of, id) in [(of, 2), (SecretsOf { tenant: other, ..of }, 1)] {
        let missing = rotate(&test, of, id).await;
        assert!(matches!(missing, Err(ServiceError::NotFound)), "{missing:?}");
    }
    assert_eq!(contents(&test.database.database).await, before);
}
