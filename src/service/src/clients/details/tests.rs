use chrono::Duration;
use domain::client::ClientKind;
use domain::clock::Clock;
use domain::secret::{SecretExpiry, SecretId};
use domain::view::{SecretRow, SignInDetails, Stamp};
use rstest::rstest;
use store::testing::Engine;

use super::*;
use crate::clients::fixtures::{administrator, form, member, mill, other_tenant};

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_member_sees_all_of_a_client(#[case] engine: Engine) {
    let (test, tenant) = mill(engine).await;
    let added_at = test.clock.now();
    let created = test
        .service
        .add_client(&administrator(tenant), tenant, &form("Pump"))
        .await
        .unwrap();
    test.clock.advance(Duration::days(1));

    let details = test
        .service
        .client_details(&member(tenant), tenant, created.id)
        .await
        .unwrap();
    let roles = test.service.offered_roles(&member(tenant), tenant).await.unwrap();
    let stamp = Stamp {
        by: "Ada".to_owned(),
        at: added_at,
    };
    let expected = ClientDetails {
        id: created.id,
        kind: ClientKind::ClientCredentials,
        name: "Pump".to_owned(),
        token_lifetime: 900.try_into().unwrap(),
        enabled: true,
        created: stamp.clone(),
        changed: stamp,
        last_used: None,
        secrets: vec![SecretRow {
            id: SecretId(1),
            description: "gateway".to_owned(),
            created: added_at,
            expiry: SecretExpiry::At("2027-11-21T10:30:00Z".parse().unwrap()),
            last_used: None,
            version: 1,
        }],
        roles: roles[..1].to_vec(),
        sign_in: SignInDetails::default(),
        version: 1,
        now: test.clock.now(),
    };
    assert_eq!(details, expected);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_client_of_another_tenant_does_not_exist(#[case] engine: Engine) {
    let (test, tenant) = mill(engine).await;
    let other = other_tenant(&test).await;
    let created = test
        .service
        .add_client(&Actor::CommandLine, tenant, &form("Pump"))
        .await
        .unwrap();

    let foreign = test
        .service
        .client_details(&administrator(other), other, created.id)
        .await;
    assert!(matches!(foreign, Err(ServiceError::NotFound)));
    let forbidden = test
        .service
        .client_details(&administrator(other), tenant, created.id)
        .await;
    assert!(matches!(forbidden, Err(ServiceError::Forbidden)));
    let unknown = ClientId(uuid::Uuid::from_u128(999));
    let missing = test.service.client_details(&member(tenant), tenant, unknown).await;
    assert!(matches!(missing, Err(ServiceError::NotFound)));
}
