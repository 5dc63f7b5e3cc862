//! What an administrator changes of a person, and what must stay.

use domain::field::Field;
use domain::role::{RoleId, RoleType};
use domain::user_extras::UserExtras;
use rstest::rstest;
use store::testing::Engine;
use uuid::Uuid;

use super::*;
use crate::clients::fixtures::{administrator, lasting, member};
use crate::sign_in::SignInError;
use crate::users::fixtures::{Mill, errors, form, loser, names, wrong_field};
use crate::users::tests::PASSWORD;

/// Eva changes a person.
async fn edit(mill: &Mill, id: UserId, version: i64, form: &UserForm) -> Result<(), ServiceError> {
    let (service, tenant) = (&mill.service, mill.tenant);
    service.edit_user(&mill.actor, tenant, id, version, form).await
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn an_edit_changes_name_address_and_roles(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let ana = mill.ana().await;
    let session = mill.sign_in("ana@example.com", PASSWORD).await.unwrap();
    let viewer = mill.role(RoleType::TenantViewer).await;
    let changed = UserForm {
        name: " Änne ".to_owned(),
        email: "Aenne@example.com".to_owned(),
        roles: vec![viewer],
        extras: None,
    };
    edit(&mill, ana, 1, &changed).await.unwrap();

    let details = mill.details(ana).await;
    assert_eq!(
        (details.name.as_str(), details.email.as_str()),
        ("Änne", "Aenne@example.com")
    );
    assert_eq!(
        (names(&details.roles), details.version),
        (vec!["Tenant Member", "Tenant Viewer"], 2)
    );
    assert_eq!(mill.session(&session).await.unwrap().name, "Änne");
    let expected = ["user.sign_in by Ana: Ana", "user.edit by Eva: Änne"];
    assert_eq!(mill.deeds().await, expected);
    let old = mill.sign_in("ana@example.com", PASSWORD).await;
    assert!(matches!(old, Err(SignInError::Wrong)), "{old:?}");
    assert!(mill.sign_in("aenne@example.com", PASSWORD).await.is_ok());

    // What isn't chosen any more is taken; Tenant Member stays.
    edit(&mill, ana, 2, &form("Ana", &[])).await.unwrap();
    assert_eq!(names(&mill.details(ana).await.roles), ["Tenant Member"]);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn of_two_edits_from_the_same_version_one_counts(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let bo = mill.person("Bo").await;
    let change = |name: &str| {
        let (service, actor, tenant) = (mill.service.clone(), mill.actor.clone(), mill.tenant);
        let form = form(name, &[]);
        async move { service.edit_user(&actor, tenant, bo, 1, &form).await }
    };
    let lost = loser(change("Cy"), change("Dan")).await;
    assert!(matches!(lost, ServiceError::Conflict), "{lost:?}");
    let before = mill.contents().await;
    let late = edit(&mill, bo, 1, &form("Late", &[])).await;
    assert!(matches!(late, Err(ServiceError::Conflict)), "{late:?}");
    assert_eq!(mill.contents().await, before);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_left_of_a_person_who_is_saved_while_they_are_removed(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let viewer = mill.role(RoleType::TenantViewer).await;
    let before = lasting(&mill.test).await;
    let mut saves = 0;
    for _ in 0..5 {
        let bo = mill.person("Bo").await;
        let (one, two, tenant) = (mill.service.clone(), mill.service.clone(), mill.tenant);
        let (editor, remover, form) = (mill.actor.clone(), mill.actor.clone(), form("Cy", &[viewer]));
        let save = tokio::spawn(async move { one.edit_user(&editor, tenant, bo, 1, &form).await });
        let removal = tokio::spawn(async move { two.remove_user(&remover, tenant, bo, None).await });
        let saved = save.await.unwrap();
        assert!(matches!(saved, Ok(()) | Err(ServiceError::NotFound)), "{saved:?}");
        removal.await.unwrap().unwrap();
        saves += usize::from(saved.is_ok());
        assert_eq!(lasting(&mill.test).await, before);
    }
    let mut edits = mill.deeds().await;
    edits.retain(|deed| deed.starts_with("user.edit"));
    assert_eq!(edits.len(), saves);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn nobody_drops_their_own_tenant_administrator(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let bo = mill.administrator("Bo").await;
    let before = mill.contents().await;
    let dropped = edit(&mill, mill.eva, 1, &form("Eva", &[])).await;
    assert!(matches!(dropped, Err(ServiceError::Refused(_))), "{dropped:?}");
    assert_eq!(mill.contents().await, before);

    let role = mill.role(RoleType::TenantAdministrator).await;
    edit(&mill, mill.eva, 1, &form("Evi", &[role])).await.unwrap();
    edit(&mill, bo, 1, &form("Bo", &[])).await.unwrap();
    assert_eq!(names(&mill.details(bo).await.roles), ["Tenant Member"]);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn the_last_administrator_stays_one(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let role = mill.role(RoleType::TenantAdministrator).await;
    // Who has no password doesn't count.
    mill.invite("Bo", &[role]).await;
    let before = mill.contents().await;
    let (service, actor, member) = (&mill.service, Actor::CommandLine, form("Eva", &[]));
    let dropped = service.edit_user(&actor, mill.tenant, mill.eva, 1, &member).await;
    assert!(matches!(dropped, Err(ServiceError::Refused(_))), "{dropped:?}");
    assert_eq!(mill.contents().await, before);
    mill.administrator("Cy").await;
    let dropped = service.edit_user(&actor, mill.tenant, mill.eva, 1, &member).await;
    assert!(dropped.is_ok(), "{dropped:?}");
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_wrong_form_stores_nothing(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let bo = mill.person("Bo").await;
    let (other, _) = mill.stranger().await;
    let foreign = mill.service.offered_roles(&Actor::CommandLine, other).await.unwrap();
    let before = mill.contents().await;
    for taken in ["EVA@example.com", "fay@example.com"] {
        let form = UserForm {
            email: taken.to_owned(),
            ..form("Bo", &[])
        };
        assert_eq!(wrong_field(edit(&mill, bo, 1, &form).await), Field::Email);
    }
    for role in [foreign[4].id, RoleId(Uuid::from_u128(999))] {
        let refused = edit(&mill, bo, 1, &form("Bo", &[role])).await;
        assert_eq!(wrong_field(refused), Field::Roles);
    }
    for name in ["", "b\u{202e}o", "x".repeat(129).as_str(), "B o"] {
        let form = form(name, &[]);
        let refused = edit(&mill, bo, 1, &form).await;
        assert_eq!(errors(refused), form.check().unwrap_err());
    }
    assert_eq!(mill.contents().await, before);

    // Their own address in other letters is not taken.
    let own = UserForm {
        email: "BO@example.com".to_owned(),
        ..form("Bo", &[])
    };
    edit(&mill, bo, 1, &own).await.unwrap();
    assert_eq!(mill.details(bo).await.email, "BO@example.com");
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn only_an_administrator_edits_the_people_of_the_tenant(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let bo = mill.person("Bo").await;
    let (other, stranger) = mill.stranger().await;
    let form = form("Cy", &[]);
    for actor in [member(mill.tenant), administrator(other)] {
        let refused = mill.service.edit_user(&actor, mill.tenant, bo, 1, &form).await;
        assert!(matches!(refused, Err(ServiceError::Forbidden)), "{refused:?}");
    }
    for id in [stranger, UserId(Uuid::from_u128(999))] {
        let refused = edit(&mill, id, 1, &form).await;
        assert!(matches!(refused, Err(ServiceError::NotFound)), "{refused:?}");
    }
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn what_only_programs_set_stays_when_the_page_edits(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let bo = mill.person("Bo").await;
    let extras = UserExtras {
        given_name: "Bo".to_owned(),
        contact_email: "bo@example.org".to_owned(),
        ..UserExtras::default()
    };
    let by_program = UserForm {
        extras: Some(extras.clone()),
        ..form("Bo", &[])
    };
    edit(&mill, bo, 1, &by_program).await.unwrap();
    edit(&mill, bo, 2, &form("Cy", &[])).await.unwrap();
    let view = mill.service.user_view(&mill.actor, mill.tenant, bo).await.unwrap();
    assert_eq!((view.name.as_str(), &view.extras), ("Cy", &extras));

    let none = UserForm {
        extras: Some(UserExtras::default()),
        ..form("Cy", &[])
    };
    edit(&mill, bo, 3, &none).await.unwrap();
    let view = mill.service.user_view(&mill.actor, mill.tenant, bo).await.unwrap();
    assert_eq!((view.extras, view.version), (UserExtras::default(), 4));
}
