//! Who may invite people, and what is known of somebody who hasn't chosen a password yet.

use chrono::Duration;
use domain::field::Field;
use domain::list::NameQuery;
use domain::role::RoleId;
use domain::user_extras::UserExtras;
use domain::view::UserStatus;
use rstest::rstest;
use store::testing::{Engine, holds_text};
use uuid::Uuid;

use super::*;
use crate::clients::fixtures::{administrator, member, other_tenant};
use crate::sign_in::SignInError;
use crate::users::fixtures::{Mill, errors, form, names, token, wrong_field};
use crate::users::tests::PASSWORD;

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn who_is_invited_is_listed_and_has_a_link(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let viewer = mill.role(RoleType::TenantViewer).await;
    let link = mill.invite("Bo", &[viewer]).await;
    let now = mill.service.clock.now();
    assert_eq!((link.name.as_str(), link.expires), ("Bo", now + Duration::days(7)));
    let address = format!("https://id.example.com/password?token={}", token(&link));
    assert_eq!(link.url.0, address);
    assert_eq!(token(&link).len(), 43, "256 bits");

    let (reader, query) = (member(mill.tenant), NameQuery::default());
    let page = mill.service.list_users(&reader, mill.tenant, &query).await.unwrap();
    let row = &page.rows[0];
    assert_eq!(
        (row.id, row.status, row.last_sign_in),
        (link.id, UserStatus::Invited, None)
    );
    assert_eq!((row.name.as_str(), row.email.as_str()), ("Bo", "bo@example.com"));
    assert_eq!(row.roles, ["Tenant Member", "Tenant Viewer"]);
    let details = mill.details(link.id).await;
    assert_eq!((details.link_expires, details.created), (Some(link.expires), now));
    assert_eq!(mill.deeds().await, ["user.add by Eva: Bo"]);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn no_password_opens_the_account_of_who_is_invited(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    mill.invite("Bo", &[]).await;
    for password in ["", PASSWORD] {
        let refused = mill.sign_in("bo@example.com", password).await;
        assert!(matches!(refused, Err(SignInError::Wrong)), "{refused:?}");
    }
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn what_opens_a_link_is_stored_nowhere(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let link = mill.invite("Bo", &[]).await;
    // The search finds what is there.
    assert!(holds_text(&mill.test.database, "bo@example.com").await);
    assert!(!holds_text(&mill.test.database, token(&link)).await);
    assert!(!format!("{link:?}").contains(token(&link)));
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn everybody_is_a_tenant_member_once(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let role = mill.role(RoleType::TenantMember).await;
    for (name, roles) in [("Bo", vec![]), ("Cy", vec![role]), ("Dan", vec![role, role])] {
        let link = mill.invite(name, &roles).await;
        assert_eq!(names(&mill.details(link.id).await.roles), ["Tenant Member"]);
    }
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_wrong_form_stores_nothing(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let (other, _) = mill.stranger().await;
    let actor = &mill.actor;
    let foreign = mill.service.offered_roles(&Actor::CommandLine, other).await.unwrap();
    let before = mill.contents().await;

    for taken in ["EVA@example.com", "fay@example.com"] {
        let form = UserForm {
            email: taken.to_owned(),
            ..form("Bo", &[])
        };
        let refused = mill.service.invite_user(actor, mill.tenant, None, &form).await;
        assert_eq!(wrong_field(refused), Field::Email);
    }
    for role in [foreign[4].id, RoleId(Uuid::from_u128(999))] {
        let form = form("Bo", &[role]);
        let refused = mill.service.invite_user(actor, mill.tenant, None, &form).await;
        assert_eq!(wrong_field(refused), Field::Roles);
    }
    for name in ["", "b\u{202e}o", "x".repeat(129).as_str(), "B o"] {
        let form = form(name, &[]);
        let refused = mill.service.invite_user(actor, mill.tenant, None, &form).await;
        assert_eq!(errors(refused), form.check().unwrap_err());
    }
    assert_eq!(mill.contents().await, before);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn only_an_administrator_of_the_tenant_invites(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let other = other_tenant(&mill.test).await;
    let form = form("Bo", &[]);
    for actor in [member(mill.tenant), administrator(other)] {
        let refused = mill.service.invite_user(&actor, mill.tenant, None, &form).await;
        assert!(matches!(refused, Err(ServiceError::Forbidden)), "{refused:?}");
    }
    let nowhere = TenantId(Uuid::from_u128(999));
    let refused = mill
        .service
        .invite_user(&Actor::CommandLine, nowhere, None, &form)
        .await;
    assert!(matches!(refused, Err(ServiceError::NotFound)), "{refused:?}");
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn an_id_that_anybody_has_or_had_is_taken(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let (_, stranger) = mill.stranger().await;
    let client = mill.client("Pump", &[]).await;
    let gone = mill.person("Cy").await;
    mill.service
        .remove_user(&mill.actor, mill.tenant, gone, None)
        .await
        .unwrap();
    let new = UserForm {
        extras: Some(UserExtras {
            surname: "Berg".to_owned(),
            ..UserExtras::default()
        }),
        ..form("Bo", &[])
    };
    let before = mill.contents().await;
    for id in [mill.eva, stranger, gone, UserId(client.0)] {
        let invited = mill.service.invite_user(&mill.actor, mill.tenant, Some(id), &new).await;
        assert!(
            matches!(invited, Err(ServiceError::Taken(taken)) if taken == id.0),
            "{invited:?}"
        );
    }
    assert_eq!(mill.contents().await, before);

    let chosen = UserId(Uuid::from_u128(999));
    let link = mill
        .service
        .invite_user(&mill.actor, mill.tenant, Some(chosen), &new)
        .await
        .unwrap();
    assert_eq!(link.id, chosen);
    let view = mill.service.user_view(&mill.actor, mill.tenant, chosen).await.unwrap();
    assert_eq!((view.name.as_str(), view.extras.surname.as_str()), ("Bo", "Berg"));
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn who_is_invited_is_answered_as_they_are_seen_from_then_on(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let roles = [
        mill.role(RoleType::TenantViewer).await,
        mill.role(RoleType::TenantContributor).await,
    ];
    let surname = UserExtras {
        surname: " Lima ".to_owned(),
        ..UserExtras::default()
    };
    for (name, extras) in [("Ana", None), ("Bo", Some(surname))] {
        let form = UserForm {
            extras,
            ..form(name, &roles)
        };
        let invited = mill
            .service
            .invite_and_view_user(&mill.actor, mill.tenant, None, &form)
            .await;
        let (link, answered) = invited.unwrap();
        let seen = mill.service.user_view(&mill.actor, mill.tenant, link.id).await;
        assert_eq!(answered, seen.unwrap());
    }
}
