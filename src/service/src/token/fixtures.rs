//! A client to ask for tokens with.

use domain::client::{ClientId, ClientKind, ClientName};
use domain::client_extras::ExtraSettings;
use domain::client_form::{ClientSettings, SignInSettings};
use domain::clock::Clock;
use domain::role::{RoleId, RoleType};
use domain::secret::{NewSecret, SecretDescription, SecretExpiry};
use domain::tenant::{TenantId, TenantName};
use domain::token_lifetime::TokenLifetime;
use identity::client_secret::ClientSecret;
use identity::token_request::TokenRequest;
use identity::token_response::TokenResponse;
use secrecy::ExposeSecret;
use store::clients::{self, NewClient};
use store::tenants::{self, NewTenant};
use store::testing::Engine;
use uuid::Uuid;

use super::IssueError;
use crate::testing::{TestService, service};

/// A service with keys, and a client-credentials client with one secret.
pub(crate) struct Fixture {
    pub test: TestService,
    pub tenant: TenantId,
    pub client: ClientId,
    pub secret: String,
}

/// Makes one. The client's tokens live for 900 seconds.
pub(crate) async fn fixture(engine: Engine) -> Fixture {
    let test = service(engine).await;
    test.service.ensure_keys().await.unwrap();
    let tenant = TenantId(Uuid::from_u128(1));
    let roles: Vec<(RoleId, RoleType)> = (10..)
        .zip(RoleType::ALL)
        .map(|(n, role_type)| (RoleId(Uuid::from_u128(n)), role_type))
        .collect();
    let mut tx = test.database.database.begin().await.unwrap();
    let new = NewTenant {
        id: tenant,
        name: &TenantName::parse("Default Tenant").unwrap(),
        created_at: test.clock.now(),
        roles: &roles,
    };
    tenants::insert(&mut tx, &new).await.unwrap();
    tx.commit().await.unwrap();
    let client = ClientId(Uuid::from_u128(2));
    add_client(&test, tenant, client, ClientKind::ClientCredentials).await;
    let secret = add_secret(&test, client, 1, SecretExpiry::Never).await;
    Fixture {
        test,
        tenant,
        client,
        secret,
    }
}

/// Adds a client with two roles.
pub(crate) async fn add_client(test: &TestService, tenant: TenantId, id: ClientId, kind: ClientKind) {
    let new = NewClient {
        id,
        tenant_id: tenant,
        kind,
        settings: &ClientSettings {
            name: ClientName::parse("Pump station 7").unwrap(),
            token_lifetime: TokenLifetime::try_from(900).unwrap(),
            roles: Vec::new(),
            sign_in: SignInSettings::default(),
            extras: ExtraSettings::default(),
        },
        created_at: test.clock.now(),
        created_by: "Ada",
    };
    let mut tx = test.database.database.begin().await.unwrap();
    clients::count_one_more(&mut tx, tenant, kind).await.unwrap();
    assert!(clients::insert(&mut tx, &new).await.unwrap());
    for n in [10, 12] {
        let role = RoleId(Uuid::from_u128(n));
        assert!(store::client_roles::give(&mut tx, id, tenant, role).await.unwrap());
    }
    tx.commit().await.unwrap();
}

/// Adds the secret that this byte makes and answers its text.
pub(crate) async fn add_secret(test: &TestService, client: ClientId, byte: u8, expiry: SecretExpiry) -> String {
    let secret = ClientSecret::from_random([byte; 32]);
    let new = NewSecret {
        description: SecretDescription::default(),
        expiry,
    };
    let mut tx = test.database.database.begin().await.unwrap();
    store::client_secrets::insert(&mut tx, client, &new, secret.hash().as_bytes(), test.clock.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    secret.text().expose_secret().to_owned()
}

/// Asks for a token of the fixture's client.
pub(crate) async fn issue(fixture: &Fixture, secret: &str) -> Result<TokenResponse, IssueError> {
    issue_to(fixture, &fixture.client.to_string(), secret).await
}

/// Asks for a token of any client.
pub(crate) async fn issue_to(fixture: &Fixture, client: &str, secret: &str) -> Result<TokenResponse, IssueError> {
    let body = format!("grant_type=client_credentials&client_id={client}&client_secret={secret}");
    let form = Some("application/x-www-form-urlencoded");
    let request = TokenRequest::read(None, form, body.as_bytes()).unwrap();
    let address = [192, 0, 2, 1].into();
    fixture.test.service.issue_token(&request, address).await
}
