use domain::client::ClientKind;
use domain::list::ClientQuery;
use rstest::rstest;
use store::testing::Engine;
use uuid::Uuid;

use super::*;
use crate::clients::fixtures::{administrator, events, form, form_of, member, mill};

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn each_client_is_added_by_itself(#[case] engine: Engine) {
    let (test, tenant) = mill(engine).await;
    let (service, actor) = (&test.service, administrator(tenant));
    let chosen = ClientId(Uuid::from_u128(7));
    let first = AddClientForm {
        id: Some(chosen),
        ..form("Pump")
    };
    let again = AddClientForm {
        id: Some(chosen),
        ..form("Pump again")
    };
    let forms = vec![first, again, form(""), form_of(ClientKind::Hybrid, "Portal")];
    let ends = service.import_clients(&actor, tenant, forms).await.unwrap();

    assert_eq!((ends[0].0, ends[1].0), (chosen, chosen));
    assert!(ends[0].1.as_ref().is_ok_and(|(created, _)| created.secret.is_some()));
    assert!(matches!(ends[1].1, Err(ServiceError::Taken(id)) if id == chosen.0));
    assert!(matches!(ends[2].1, Err(ServiceError::Invalid(_))));
    assert_eq!(ends[3].1.as_ref().map(|(created, _)| created.id).ok(), Some(ends[3].0));
    assert_eq!(
        events(&test, "client.add").await,
        ["client.add by Ada: Pump", "client.add by Ada: Portal"]
    );
    let stored = service.list_clients(&actor, tenant, &ClientQuery::default()).await;
    assert_eq!(stored.unwrap().total, 1);

    let refused = service
        .import_clients(&member(tenant), tenant, vec![form("Valve")])
        .await;
    assert!(matches!(refused, Err(ServiceError::Forbidden)));
}
