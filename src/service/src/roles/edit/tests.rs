//! Which names a role may have, who may change it, and what happens to those who have one that goes.

use domain::client_form::ClientForm;
use domain::field::Field;
use domain::identity_list::{Identity, IdentityChanges};
use domain::list::NameQuery;
use domain::role::RoleType;
use domain::view::{Holders, RoleDetails};
use rstest::rstest;
use store::testing::Engine;
use uuid::Uuid;

use super::*;
use crate::clients::fixtures::{administrator, form as client_form, lasting, member, other_tenant};
use crate::users::fixtures::{Mill, errors, loser, names, wrong_field};

fn form(name: &str, description: &str) -> RoleForm {
    RoleForm {
        name: name.to_owned(),
        description: description.to_owned(),
    }
}

async fn add(mill: &Mill, name: &str) -> RoleId {
    let form = form(name, "Reads my data");
    let added = mill
        .service
        .add_role(&Actor::CommandLine, mill.tenant, None, &form)
        .await;
    added.unwrap()
}

/// Eva changes a role.
async fn edit(mill: &Mill, id: RoleId, version: i64, form: RoleForm) -> Result<(), ServiceError> {
    let (service, tenant) = (&mill.service, mill.tenant);
    service.edit_role(&mill.actor, tenant, id, version, &form).await
}

/// Eva removes a role, of whose holders she was told.
async fn remove(mill: &Mill, id: RoleId, holders: &Holders) -> Result<(), ServiceError> {
    let (service, tenant) = (&mill.service, mill.tenant);
    service.remove_role(&mill.actor, tenant, id, Some(holders), None).await
}

async fn details(mill: &Mill, id: RoleId) -> Result<RoleDetails, ServiceError> {
    mill.service.role_details(&member(mill.tenant), mill.tenant, id).await
}

/// How many rows say that a client has this role.
async fn given_to_clients(mill: &Mill, role: RoleId) -> usize {
    // PostgreSQL writes ids with dashes, SQLite as bytes.
    let (dashed, bytes) = (role.to_string(), role.0.simple().to_string().to_uppercase());
    let mut rows = mill.contents().await;
    rows.retain(|row| row.starts_with("client_roles: ") && (row.contains(&dashed) || row.contains(&bytes)));
    rows.len()
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn an_added_role_is_listed_and_can_be_given_at_once(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let other = other_tenant(&mill.test).await;
    let new = form(" MyData.Role ", "Reads my data");
    let added = mill
        .service
        .add_role(&mill.actor, mill.tenant, None, &new)
        .await
        .unwrap();

    let list = async |tenant: TenantId| {
        let query = NameQuery::default();
        mill.service.list_roles(&member(tenant), tenant, &query).await.unwrap()
    };
    let page = list(mill.tenant).await;
    assert_eq!((page.total, list(other).await.total), (6, 5));
    let row = &page.rows[0];
    assert_eq!((row.role.id, row.role.name.as_str()), (added, "MyData.Role"));
    assert_eq!(row.description, "Reads my data");
    let pump = mill.client("Pump", &[added]).await;
    let roles = mill.client_details(pump).await.roles;
    assert_eq!(names(&roles), ["Tenant Member", "MyData.Role"]);
    assert_eq!(given_to_clients(&mill, added).await, 1);
    assert_eq!(mill.deeds().await, ["role.add by Eva: MyData.Role"]);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_name_is_there_once_in_its_tenant_whatever_its_case(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let other = other_tenant(&mill.test).await;
    let (first, second) = (add(&mill, "MyData.Role").await, add(&mill, "Second").await);
    let before = mill.contents().await;
    for name in ["MYDATA.ROLE", " tenant viewer "] {
        let added = mill
            .service
            .add_role(&mill.actor, mill.tenant, None, &form(name, ""))
            .await;
        assert_eq!(wrong_field(added), Field::Name);
        assert_eq!(wrong_field(edit(&mill, second, 1, form(name, "")).await), Field::Name);
    }
    assert_eq!(mill.contents().await, before);

    edit(&mill, first, 1, form("MYDATA.ROLE", "")).await.unwrap();
    let theirs = form("MyData.Role", "");
    let added = mill.service.add_role(&administrator(other), other, None, &theirs).await;
    assert!(added.is_ok(), "{added:?}");
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn an_id_may_be_chosen_once_in_the_installation(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let other = other_tenant(&mill.test).await;
    let (service, chosen) = (&mill.service, RoleId(Uuid::from_u128(7)));
    let role = form("MyData.Role", "");
    let added = service.add_role(&mill.actor, mill.tenant, Some(chosen), &role).await;
    assert_eq!(added.unwrap(), chosen);
    let before = mill.contents().await;
    for (actor, tenant) in [(&mill.actor, mill.tenant), (&administrator(other), other)] {
        let taken = service.add_role(actor, tenant, Some(chosen), &form("Second", "")).await;
        assert!(
            matches!(taken, Err(ServiceError::Taken(id)) if id == chosen.0),
            "{taken:?}"
        );
    }
    assert_eq!(mill.contents().await, before);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn an_edit_counts_for_the_version_that_it_started_from(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let role = add(&mill, "MyData.Role").await;
    edit(&mill, role, 1, form("Éclair", "Sweet")).await.unwrap();
    let older = edit(&mill, role, 1, form("Older", "")).await;
    assert!(matches!(older, Err(ServiceError::Conflict)));

    let details = details(&mill, role).await.unwrap();
    assert_eq!((details.role.name.as_str(), details.version), ("Éclair", 2));
    assert_eq!(details.description, "Sweet");
    assert_eq!(mill.deeds().await, ["role.edit by Eva: Éclair"]);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn of_two_edits_or_removals_at_once_one_succeeds(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let role = add(&mill, "MyData.Role").await;
    let tenant = mill.tenant;
    let edit = |name: &str| {
        let (service, form) = (mill.service.clone(), form(name, ""));
        async move { service.edit_role(&Actor::CommandLine, tenant, role, 1, &form).await }
    };
    let lost = loser(edit("One"), edit("Two")).await;
    assert!(matches!(lost, ServiceError::Conflict), "{lost:?}");
    assert_eq!(details(&mill, role).await.unwrap().version, 2);

    let remove = || {
        let service = mill.service.clone();
        async move { service.remove_role(&Actor::CommandLine, tenant, role, None, None).await }
    };
    let lost = loser(remove(), remove()).await;
    assert!(matches!(lost, ServiceError::NotFound), "{lost:?}");
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_left_of_a_role_that_is_saved_while_it_is_removed(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let before = lasting(&mill.test).await;
    let mut saves = 0;
    for _ in 0..5 {
        let role = add(&mill, "MyData.Role").await;
        let (one, two, tenant) = (mill.service.clone(), mill.service.clone(), mill.tenant);
        let (editor, remover, form) = (mill.actor.clone(), mill.actor.clone(), form("Changed", ""));
        let save = tokio::spawn(async move { one.edit_role(&editor, tenant, role, 1, &form).await });
        let removal = tokio::spawn(async move { two.remove_role(&remover, tenant, role, None, None).await });
        let saved = save.await.unwrap();
        assert!(matches!(saved, Ok(()) | Err(ServiceError::NotFound)), "{saved:?}");
        removal.await.unwrap().unwrap();
        saves += usize::from(saved.is_ok());
        assert_eq!(lasting(&mill.test).await, before);
    }
    let mut edits = mill.deeds().await;
    edits.retain(|deed| deed.starts_with("role.edit"));
    assert_eq!(edits.len(), saves);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn built_in_and_foreign_roles_stay(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let other = other_tenant(&mill.test).await;
    let theirs = form("Theirs", "");
    let foreign = mill.service.add_role(&administrator(other), other, None, &theirs).await;
    let before = mill.contents().await;
    let nobody = Holders::default();
    for role_type in RoleType::ALL {
        let role = mill.role(role_type).await;
        let edited = edit(&mill, role, 1, form("Mine", "")).await;
        for result in [edited, remove(&mill, role, &nobody).await] {
            assert!(matches!(result, Err(ServiceError::Refused(_))), "{result:?}");
        }
    }
    for role in [foreign.unwrap(), RoleId(Uuid::from_u128(999))] {
        let edited = edit(&mill, role, 1, form("Mine", "")).await;
        for result in [edited, remove(&mill, role, &nobody).await] {
            assert!(matches!(result, Err(ServiceError::NotFound)), "{result:?}");
        }
        assert!(matches!(details(&mill, role).await, Err(ServiceError::NotFound)));
    }
    assert_eq!(mill.contents().await, before);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn only_an_administrator_of_the_tenant_changes_roles(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let other = other_tenant(&mill.test).await;
    let role = add(&mill, "MyData.Role").await;
    let (service, tenant, form) = (&mill.service, mill.tenant, form("Mine", ""));
    for actor in [member(tenant), administrator(other)] {
        let added = service.add_role(&actor, tenant, None, &form).await.map(|_| ());
        let edited = service.edit_role(&actor, tenant, role, 1, &form).await;
        let removed = service.remove_role(&actor, tenant, role, None, None).await;
        for result in [added, edited, removed] {
            assert!(matches!(result, Err(ServiceError::Forbidden)), "{result:?}");
        }
    }
    let seen = service.role_details(&administrator(other), tenant, role).await;
    assert!(matches!(seen, Err(ServiceError::Forbidden)));
    let query = NameQuery::default();
    let listed = service.list_roles(&administrator(other), tenant, &query).await;
    assert!(matches!(listed, Err(ServiceError::Forbidden)));
    let nowhere = TenantId(Uuid::from_u128(999));
    let added = service.add_role(&Actor::CommandLine, nowhere, None, &form).await;
    assert!(matches!(added, Err(ServiceError::NotFound)), "{added:?}");
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn wrong_fields_are_refused_and_nothing_is_stored(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let role = add(&mill, "MyData.Role").await;
    let before = mill.contents().await;
    let long = "x".repeat(129);
    for (name, description) in [
        (" ", ""),
        (long.as_str(), long.as_str()),
        ("pump\u{202e}7", ""),
        ("Mine", long.as_str()),
    ] {
        let wrong = form(name, description);
        let expected = wrong.check().unwrap_err();
        let added = mill.service.add_role(&mill.actor, mill.tenant, None, &wrong).await;
        assert_eq!(errors(added), expected);
        assert_eq!(errors(edit(&mill, role, 1, wrong).await), expected);
    }
    assert_eq!(mill.contents().await, before);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_role_that_was_changed_stays_when_its_version_matters(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let role = add(&mill, "MyData.Role").await;
    edit(&mill, role, 1, form("Changed", "")).await.unwrap();
    let (service, actor) = (&mill.service, &mill.actor);
    let refused = service.remove_role(actor, mill.tenant, role, None, Some(1)).await;
    assert!(matches!(refused, Err(ServiceError::Conflict)), "{refused:?}");
    let removed = service.remove_role(actor, mill.tenant, role, None, Some(2)).await;
    assert!(removed.is_ok(), "{removed:?}");
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn who_has_a_role_is_named_and_loses_it_when_it_goes(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let role = add(&mill, "MyData.Role").await;
    let fay = mill.invite("Fay", &[role]).await.id;
    for name in ["Zoe", "Bo", "Cy", "Max", "Dan"] {
        mill.invite(name, &[role]).await;
    }
    let (valve, pump) = (mill.client("Valve", &[role]).await, mill.client("Pump", &[role]).await);
    let lid = mill.client("Lid", &[]).await;
    let expected = Holders {
        user_count: 6,
        client_count: 2,
        users: ["Bo", "Cy", "Dan", "Fay", "Max"].map(str::to_owned).to_vec(),
        clients: ["Pump", "Valve"].map(str::to_owned).to_vec(),
    };
    assert_eq!(details(&mill, role).await.unwrap().holders, expected);

    remove(&mill, role, &expected).await.unwrap();
    assert!(matches!(details(&mill, role).await, Err(ServiceError::NotFound)));
    let person = mill.details(fay).await;
    assert_eq!((names(&person.roles), person.version), (vec!["Tenant Member"], 2));
    for (id, version) in [(pump, 2), (valve, 2), (lid, 1)] {
        let client = mill.client_details(id).await;
        assert_eq!((names(&client.roles), client.version), (vec!["Tenant Member"], version));
    }
    assert_eq!(mill.details(mill.eva).await.version, 1);
    assert_eq!(mill.deeds().await.last().unwrap(), "role.remove by Eva: MyData.Role");
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn nobody_loses_a_role_of_whom_the_person_was_not_told(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let role = add(&mill, "MyData.Role").await;
    let (bo, cy) = (mill.invite("Bo", &[role]).await.id, mill.person("Cy").await);
    let one_more = IdentityChanges {
        give: vec![Identity::Client(mill.client("Pump", &[]).await)],
        take: Vec::new(),
    };
    let another = IdentityChanges {
        give: vec![Identity::User(cy)],
        take: vec![Identity::User(bo)],
    };
    for changes in [one_more, another] {
        let told = details(&mill, role).await.unwrap().holders;
        let changed = mill
            .service
            .change_identities(&mill.actor, mill.tenant, role, &changes)
            .await;
        changed.unwrap();
        let before = mill.contents().await;
        let removed = remove(&mill, role, &told).await;
        assert!(matches!(removed, Err(ServiceError::Conflict)), "{removed:?}");
        assert_eq!(mill.contents().await, before);
    }
    let told = details(&mill, role).await.unwrap().holders;
    remove(&mill, role, &told).await.unwrap();
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_role_that_goes_while_a_client_gets_it_is_left_nowhere(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let tenant = mill.tenant;
    for round in 0..8 {
        let role = add(&mill, &format!("Role {round}")).await;
        let pump = mill.client("Pump", &[]).await;
        let with_role = ClientForm {
            roles: vec![role],
            ..client_form("Pump").client
        };
        let (one, two) = (mill.service.clone(), mill.service.clone());
        let nobody = Holders::default();
        let remove = tokio::spawn(async move {
            one.remove_role(&Actor::CommandLine, tenant, role, Some(&nobody), None)
                .await
        });
        let edit = tokio::spawn(async move { two.edit_client(&Actor::CommandLine, tenant, pump, 1, &with_role).await });
        let (removed, edited) = (remove.await.unwrap(), edit.await.unwrap());

        let removed_or_kept = matches!(removed, Ok(()) | Err(ServiceError::Busy | ServiceError::Conflict));
        assert!(removed_or_kept, "{removed:?}");
        assert!(matches!(edited, Ok(()) | Err(ServiceError::Invalid(_))), "{edited:?}");
        assert_eq!(details(&mill, role).await.is_ok(), removed.is_err());
        let held = mill.client_details(pump).await.roles.iter().any(|held| held.id == role);
        assert_eq!(held, removed.is_err() && edited.is_ok(), "{removed:?}, {edited:?}");
        assert_eq!(given_to_clients(&mill, role).await, usize::from(held));
    }
}
