//! Giving a role to people and clients and taking it, and who must keep it.

use std::collections::HashSet;

use domain::client::ClientKind;
use domain::identity_list::IdentityKind::{self, Clients, Users};
use domain::identity_list::MAX_CHANGES;
use domain::role::RoleType::{TenantAdministrator, TenantMember, TenantViewer};
use rstest::rstest;
use store::testing::{Engine, disable};
use uuid::Uuid;

use super::*;
use crate::clients::fixtures::{administrator, form, form_of, lasting, member};
use crate::users::fixtures::{Mill, loser, names};
use crate::users::tests::PASSWORD;

fn changes(kind: IdentityKind, give: &[Uuid], take: &[Uuid]) -> IdentityChanges {
    let identity = |id: &Uuid| match kind {
        Users => Identity::User(UserId(*id)),
        Clients => Identity::Client(ClientId(*id)),
    };
    IdentityChanges {
        give: give.iter().map(identity).collect(),
        take: take.iter().map(identity).collect(),
    }
}

/// Eva gives a role and takes it.
async fn change(mill: &Mill, role: RoleId, changes: IdentityChanges) -> Result<(), ServiceError> {
    let (service, tenant) = (&mill.service, mill.tenant);
    service.change_identities(&mill.actor, tenant, role, &changes).await
}

/// The command line, which is nobody of the tenant, takes a role from people.
async fn take(mill: &Mill, role: RoleId, from: &[Uuid]) -> Result<(), ServiceError> {
    let (service, tenant, changes) = (&mill.service, mill.tenant, changes(Users, &[], from));
    service
        .change_identities(&Actor::CommandLine, tenant, role, &changes)
        .await
}

/// Who is listed, and whether they have the role.
async fn listed(mill: &Mill, role: RoleId, kind: IdentityKind) -> Vec<(String, bool)> {
    let query = IdentityQuery {
        kind,
        ..IdentityQuery::default()
    };
    let (service, tenant, reader) = (&mill.service, mill.tenant, member(mill.tenant));
    let page = service.role_identities(&reader, tenant, role, &query).await.unwrap();
    page.rows.into_iter().map(|row| (row.name, row.holds)).collect()
}

fn row(name: &str, holds: bool) -> (String, bool) {
    (name.to_owned(), holds)
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn people_get_a_role_and_lose_it(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let (bo, cy) = (mill.person("Bo").await, mill.person("Cy").await);
    let role = mill.role(TenantViewer).await;

    change(&mill, role, changes(Users, &[cy.0, bo.0], &[])).await.unwrap();
    let expected = [row("Bo", true), row("Cy", true), row("Eva", false)];
    assert_eq!(listed(&mill, role, Users).await, expected);
    change(&mill, role, changes(Users, &[mill.eva.0], &[bo.0]))
        .await
        .unwrap();
    let expected = [row("Bo", false), row("Cy", true), row("Eva", true)];
    assert_eq!(listed(&mill, role, Users).await, expected);

    let (bo, cy) = (mill.details(bo).await, mill.details(cy).await);
    assert_eq!((names(&bo.roles), bo.version), (vec!["Tenant Member"], 3));
    assert_eq!(
        (names(&cy.roles), cy.version),
        (vec!["Tenant Member", "Tenant Viewer"], 2)
    );
    // Within a change in the order of the ids: Eva came first, then Bo, then Cy.
    let expected = [
        "user.give_role by Eva: Bo, role Tenant Viewer",
        "user.give_role by Eva: Cy, role Tenant Viewer",
        "user.give_role by Eva: Eva, role Tenant Viewer",
        "user.take_role by Eva: Bo, role Tenant Viewer",
    ];
    assert_eq!(mill.deeds().await, expected);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn clients_get_a_role_and_lose_it(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let role = mill.role(TenantViewer).await;
    let (pump, valve) = (mill.client("Pump", &[]).await, mill.client("Valve", &[role]).await);

    change(&mill, role, changes(Clients, &[pump.0], &[valve.0]))
        .await
        .unwrap();
    let expected = [row("Pump", true), row("Valve", false)];
    assert_eq!(listed(&mill, role, Clients).await, expected);
    let (pump, valve) = (mill.client_details(pump).await, mill.client_details(valve).await);
    assert_eq!(names(&pump.roles), ["Tenant Member", "Tenant Viewer"]);
    assert_eq!(names(&valve.roles), ["Tenant Member"]);
    for client in [pump, valve] {
        assert_eq!((client.version, client.changed.by.as_str()), (2, "Eva"));
    }
    let expected = [
        "client.give_role by Eva: Pump, role Tenant Viewer",
        "client.take_role by Eva: Valve, role Tenant Viewer",
    ];
    assert_eq!(mill.deeds().await, expected);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn what_is_so_already_changes_nothing(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let role = mill.role(TenantViewer).await;
    let (bo, cy) = (mill.invite("Bo", &[role]).await.id, mill.person("Cy").await);
    let (pump, valve) = (mill.client("Pump", &[role]).await, mill.client("Valve", &[]).await);
    let before = mill.contents().await;
    mill.test.clock.advance(chrono::Duration::hours(1));
    change(&mill, role, changes(Users, &[bo.0], &[cy.0])).await.unwrap();
    change(&mill, role, changes(Clients, &[pump.0], &[valve.0]))
        .await
        .unwrap();
    assert_eq!(mill.contents().await, before);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn everybody_keeps_tenant_member(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let role = mill.role(TenantMember).await;
    let (bo, pump) = (mill.person("Bo").await, mill.client("Pump", &[]).await);
    let before = mill.contents().await;
    for (kind, id) in [(Users, bo.0), (Clients, pump.0)] {
        let taken = change(&mill, role, changes(kind, &[], &[id])).await;
        assert!(matches!(taken, Err(ServiceError::Refused(_))), "{taken:?}");
    }
    assert_eq!(mill.contents().await, before);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn the_last_administrator_who_can_sign_in_stays_one(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let role = mill.role(TenantAdministrator).await;
    // Neither somebody without a password nor somebody disabled can sign in.
    mill.invite("Bo", &[role]).await;
    let cy = mill.administrator("Cy").await;
    disable(&mill.test.database.database, cy.0).await;
    let before = mill.contents().await;
    let taken = take(&mill, role, &[mill.eva.0]).await;
    assert!(matches!(taken, Err(ServiceError::Refused(_))), "{taken:?}");
    assert_eq!(mill.contents().await, before);

    let dan = mill.administrator("Dan").await;
    let taken = take(&mill, role, &[mill.eva.0, dan.0]).await;
    assert!(matches!(taken, Err(ServiceError::Refused(_))), "{taken:?}");
    take(&mill, role, &[mill.eva.0]).await.unwrap();
    let roles = mill.details(mill.eva).await.roles;
    assert_eq!(names(&roles), ["Tenant Member"]);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn nobody_takes_tenant_administrator_from_themselves(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let bo = mill.administrator("Bo").await;
    let (administrator, viewer) = (mill.role(TenantAdministrator).await, mill.role(TenantViewer).await);
    let cy = mill.person("Cy").await;
    let before = mill.contents().await;
    let taken = change(&mill, administrator, changes(Users, &[cy.0], &[mill.eva.0])).await;
    assert!(matches!(taken, Err(ServiceError::Refused(_))), "{taken:?}");
    assert_eq!(mill.contents().await, before);

    // Another role, and the role of another administrator.
    change(&mill, viewer, changes(Users, &[mill.eva.0], &[])).await.unwrap();
    change(&mill, viewer, changes(Users, &[], &[mill.eva.0])).await.unwrap();
    change(&mill, administrator, changes(Users, &[], &[bo.0]))
        .await
        .unwrap();
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn of_the_last_two_administrators_who_lose_the_role_at_once_one_keeps_it(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let bo = mill.administrator("Bo").await;
    let role = mill.role(TenantAdministrator).await;
    let take = |from: UserId| {
        let (service, tenant) = (mill.service.clone(), mill.tenant);
        let changes = changes(Users, &[], &[from.0]);
        async move {
            let operator = Actor::CommandLine;
            service.change_identities(&operator, tenant, role, &changes).await
        }
    };
    let lost = loser(take(bo), take(mill.eva)).await;
    assert!(matches!(lost, ServiceError::Refused(_)), "{lost:?}");
    let holders = listed(&mill, role, Users).await;
    assert_eq!(holders.iter().filter(|(_, holds)| *holds).count(), 1);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_change_for_whoever_is_removed_meanwhile_is_made_whole_or_not_at_all(
    #[case] engine: Engine,
    #[values(Users, Clients)] kind: IdentityKind,
) {
    let mill = Mill::new(engine).await;
    let (tenant, role) = (mill.tenant, mill.role(TenantViewer).await);
    let before = lasting(&mill.test).await;
    let mut given = 0;
    for _ in 0..5 {
        // Bo's turn comes before that of who goes.
        let bo = mill.person("Bo").await;
        let going = match kind {
            Users => Identity::User(mill.person("Cy").await),
            Clients => Identity::Client(mill.client("Pump", &[]).await),
        };
        let changes = IdentityChanges {
            give: vec![Identity::User(bo), going],
            take: Vec::new(),
        };
        let (one, two) = (mill.service.clone(), mill.service.clone());
        let (giver, remover) = (mill.actor.clone(), mill.actor.clone());
        let change = tokio::spawn(async move { one.change_identities(&giver, tenant, role, &changes).await });
        let removal = tokio::spawn(async move {
            match going {
                Identity::User(id) => two.remove_user(&remover, tenant, id, None).await,
                Identity::Client(id) => two.remove_client(&remover, tenant, id, None).await,
            }
        });
        let changed = change.await.unwrap();
        assert!(matches!(changed, Ok(()) | Err(ServiceError::Gone(_))), "{changed:?}");
        removal.await.unwrap().unwrap();
        let held = mill.details(bo).await.roles.iter().any(|held| held.id == role);
        assert_eq!(held, changed.is_ok());
        given += 2 * usize::from(held);
        mill.service.remove_user(&mill.actor, tenant, bo, None).await.unwrap();
        assert_eq!(lasting(&mill.test).await, before);
    }
    let mut deeds = mill.deeds().await;
    deeds.retain(|deed| deed.contains(".give_role"));
    assert_eq!(deeds.len(), given);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn who_is_not_there_stops_the_whole_change_and_is_named(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let role = mill.role(TenantViewer).await;
    let (bo, pump) = (mill.person("Bo").await.0, mill.client("Pump", &[]).await.0);
    let (other, stranger) = mill.stranger().await;
    let theirs = mill
        .service
        .add_client(&administrator(other), other, &form("Theirs"))
        .await;
    let hybrid = form_of(ClientKind::Hybrid, "Portal");
    let hybrid = mill.service.add_client(&mill.actor, mill.tenant, &hybrid).await;
    let (theirs, hybrid) = (theirs.unwrap().id.0, hybrid.unwrap().id.0);
    let unknown = Uuid::from_u128(u128::MAX);
    let before = mill.contents().await;
    for (kind, there, gone) in [
        (Users, bo, vec![stranger.0, pump, unknown]),
        (Clients, pump, vec![theirs, hybrid, bo, unknown]),
    ] {
        let asked = changes(kind, &[&[there][..], &gone].concat(), &[]);
        let named: HashSet<Uuid> = match change(&mill, role, asked).await {
            Err(ServiceError::Gone(named)) => named.into_iter().map(Identity::id).collect(),
            given => panic!("expected some to be gone, got {given:?}"),
        };
        assert_eq!(named, HashSet::from_iter(gone));
    }
    assert_eq!(mill.contents().await, before);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn who_was_removed_meanwhile_is_named_and_the_rest_can_be_given(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let role = mill.role(TenantViewer).await;
    let (bo, cy) = (mill.person("Bo").await, mill.invite("Cy", &[role]).await.id);
    mill.service
        .remove_user(&mill.actor, mill.tenant, cy, None)
        .await
        .unwrap();
    let taken = change(&mill, role, changes(Users, &[bo.0], &[cy.0])).await;
    assert!(
        matches!(&taken, Err(ServiceError::Gone(gone)) if *gone == [Identity::User(cy)]),
        "{taken:?}"
    );
    change(&mill, role, changes(Users, &[bo.0], &[])).await.unwrap();
    assert!(listed(&mill, role, Users).await.contains(&row("Bo", true)));
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn one_change_names_no_more_than_it_may(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let role = mill.role(TenantViewer).await;
    let before = mill.contents().await;
    let asked = changes(Users, &vec![mill.eva.0; MAX_CHANGES + 1], &[]);
    let refused = change(&mill, role, asked).await.unwrap_err();
    assert_eq!(
        refused.to_string(),
        "One Save holds at most 1,000 changes, and these are 1,001. Take some back, select Save, and make the others after \
         that."
    );
    assert_eq!(mill.contents().await, before);
    let asked = changes(Users, &vec![mill.eva.0; MAX_CHANGES], &[]);
    change(&mill, role, asked).await.unwrap();
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn only_an_administrator_of_the_tenant_gives_its_roles(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let (other, _) = mill.stranger().await;
    let role = mill.role(TenantViewer).await;
    let (service, tenant) = (&mill.service, mill.tenant);
    let (query, changes) = (IdentityQuery::default(), changes(Users, &[mill.eva.0], &[]));
    for actor in [member(tenant), administrator(other)] {
        let given = service.change_identities(&actor, tenant, role, &changes).await;
        assert!(matches!(given, Err(ServiceError::Forbidden)), "{given:?}");
    }
    let seen = service.role_identities(&member(other), tenant, role, &query).await;
    assert!(matches!(seen, Err(ServiceError::Forbidden)));
    // A role of another tenant.
    let given = service
        .change_identities(&administrator(other), other, role, &changes)
        .await;
    assert!(matches!(given, Err(ServiceError::NotFound)), "{given:?}");
    let seen = service.role_identities(&member(other), other, role, &query).await;
    assert!(matches!(seen, Err(ServiceError::NotFound)));
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_given_role_is_in_force_at_once(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let ana = mill.ana().await;
    let session = mill.sign_in("ana@example.com", PASSWORD).await.unwrap();
    let role = mill.role(TenantAdministrator).await;
    assert!(!mill.session(&session).await.unwrap().administrator);
    change(&mill, role, changes(Users, &[ana.0], &[])).await.unwrap();
    assert!(mill.session(&session).await.unwrap().administrator);
    change(&mill, role, changes(Users, &[], &[ana.0])).await.unwrap();
    assert!(!mill.session(&session).await.unwrap().administrator);
}
