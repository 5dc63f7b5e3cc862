//! What an authorization request reads of its client.

use domain::client::{ClientId, ClientKind};
use domain::tenant::TenantId;
use domain::token_lifetime::TokenLifetime;
use uuid::Uuid;

use crate::clients::kind_from_text;
use crate::database::fetch;
use crate::{Database, StoreError};

/// An enabled client to which somebody wants to sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorizeClient {
    /// Its tenant.
    pub tenant_id: TenantId,
    /// Its kind.
    pub kind: ClientKind,
    /// Its name, which the person is shown.
    pub name: String,
    /// How long its tokens live.
    pub token_lifetime: TokenLifetime,
    /// Whether it gets refresh tokens.
    pub allow_offline_access: bool,
    /// Whether it gets access tokens through the browser.
    pub allow_access_tokens_via_browser: bool,
    /// Where it may be answered, as entered.
    pub redirect_uris: Vec<String>,
}

/// One redirect URI, or none, with the client's own values.
#[derive(sqlx::FromRow)]
struct Row {
    tenant_id: Uuid,
    kind: String,
    name: String,
    token_lifetime: i32,
    allow_offline_access: bool,
    allow_access_tokens_via_browser: bool,
    uri: Option<String>,
}

/// Reads a client in one statement, so that all of it is of one moment. `None` when there is none that may connect.
pub async fn read(database: &Database, id: ClientId) -> Result<Option<AuthorizeClient>, StoreError> {
    let mut rows: Vec<Row> = fetch!(
        fetch_all,
        database,
        Row,
        "SELECT c.tenant_id, c.kind, c.name, c.token_lifetime, c.allow_offline_access, c.allow_access_tokens_via_browser,
            u.uri
         FROM clients c LEFT JOIN client_uris u ON u.client_id = c.id AND u.purpose = 'redirect'
         WHERE c.id = $1 AND c.enabled",
        id.0,
    )?;
    let redirect_uris = rows.iter_mut().filter_map(|row| row.uri.take()).collect();
    let Some(row) = rows.into_iter().next() else {
        return Ok(None);
    };
    Ok(Some(AuthorizeClient {
        tenant_id: TenantId(row.tenant_id),
        kind: kind_from_text(&row.kind)?,
        name: row.name,
        token_lifetime: TokenLifetime::try_from(i64::from(row.token_lifetime))
            .map_err(|why| StoreError::inconsistent("the token lifetime of a client", why))?,
        allow_offline_access: row.allow_offline_access,
        allow_access_tokens_via_browser: row.allow_access_tokens_via_browser,
        redirect_uris,
    }))
}

#[cfg(test)]
mod tests {
    use domain::client_form::SignInSettings;
    use domain::field::Field;
    use domain::redirect_uri::RedirectUri;
    use rstest::rstest;

    use super::*;
    use crate::client_uris;
    use crate::clients::fixtures;
    use crate::testing::{Engine, database, disable};

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn reads_an_enabled_client_and_its_redirect_uris(#[case] engine: Engine) {
        let test = database(engine).await;
        let database = &test.database;
        let tenant = fixtures::tenant(database, 1).await;
        let client = fixtures::client_of_kind(database, tenant, ClientKind::Hybrid, 10, "Portal").await;
        let bare = fixtures::client(database, tenant, 11, "Pump").await;
        let uri = |text| RedirectUri::parse(Field::RedirectUrls, text).unwrap();
        let settings = SignInSettings {
            redirect_uris: vec![uri("https://a.example/1"), uri("https://a.example/2")],
            post_logout_redirect_uris: vec![uri("https://a.example/out")],
            ..SignInSettings::default()
        };
        let mut tx = database.begin().await.unwrap();
        client_uris::replace(&mut tx, client, &settings).await.unwrap();
        tx.commit().await.unwrap();

        let mut found = read(database, client).await.unwrap().unwrap();
        found.redirect_uris.sort();
        let expected = AuthorizeClient {
            tenant_id: tenant,
            kind: ClientKind::Hybrid,
            name: "Portal".to_owned(),
            token_lifetime: TokenLifetime::default(),
            allow_offline_access: false,
            allow_access_tokens_via_browser: false,
            redirect_uris: vec!["https://a.example/1".to_owned(), "https://a.example/2".to_owned()],
        };
        assert_eq!(found, expected);
        let bare = read(database, bare).await.unwrap().unwrap();
        assert!(bare.redirect_uris.is_empty());

        disable(database, client.0).await;
        assert_eq!(read(database, client).await.unwrap(), None);
        let unknown = ClientId(fixtures::uuid(12));
        assert_eq!(read(database, unknown).await.unwrap(), None);
    }
}
