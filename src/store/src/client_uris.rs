//! The redirect URIs, post-logout redirect URIs and CORS origins of clients, in the order in which they were entered.

use domain::client::ClientId;
use domain::client_form::SignInSettings;
use domain::view::SignInDetails;

use crate::database::{fetch, tx_execute};
use crate::{Database, StoreError, Tx};

/// What an address is for, as the database writes it.
const REDIRECT: &str = "redirect";
const POST_LOGOUT_REDIRECT: &str = "post_logout_redirect";
const CORS_ORIGIN: &str = "cors_origin";

/// Replaces the addresses of a client.
pub async fn replace(tx: &mut Tx, client: ClientId, settings: &SignInSettings) -> Result<(), StoreError> {
    tx_execute!(&mut *tx, "DELETE FROM client_uris WHERE client_id = $1", client.0)?;
    let redirect = settings.redirect_uris.iter().map(|uri| (REDIRECT, uri.as_str()));
    let logout = settings.post_logout_redirect_uris.iter();
    let logout = logout.map(|uri| (POST_LOGOUT_REDIRECT, uri.as_str()));
    let origins = settings.allowed_cors_origins.iter();
    let origins = origins.map(|origin| (CORS_ORIGIN, origin.as_str()));
    for (ordinal, (purpose, uri)) in (0_i32..).zip(redirect.chain(logout).chain(origins)) {
        tx_execute!(
            &mut *tx,
            "INSERT INTO client_uris (client_id, purpose, ordinal, uri) VALUES ($1, $2, $3, $4)",
            client.0,
            purpose,
            ordinal,
            uri,
        )?;
    }
    Ok(())
}

/// The addresses of a client. Whether it may ask for refresh tokens stands with the client itself.
pub async fn of_client(database: &Database, client: ClientId) -> Result<SignInDetails, StoreError> {
    let rows: Vec<(String, String)> = fetch!(
        fetch_all,
        database,
        (String, String),
        "SELECT purpose, uri FROM client_uris WHERE client_id = $1 ORDER BY ordinal",
        client.0,
    )?;
    let mut details = SignInDetails::default();
    for (purpose, uri) in rows {
        add(&mut details, &purpose, uri)?;
    }
    Ok(details)
}

/// Adds an address to those of its purpose.
pub(crate) fn add(details: &mut SignInDetails, purpose: &str, uri: String) -> Result<(), StoreError> {
    let list = match purpose {
        REDIRECT => &mut details.redirect_urls,
        POST_LOGOUT_REDIRECT => &mut details.logout_redirect_urls,
        CORS_ORIGIN => &mut details.cors_origins,
        other => return Err(StoreError::inconsistent("the purpose of an address", other)),
    };
    list.push(uri);
    Ok(())
}

/// Whether an enabled authorization-code client lists this origin.
pub async fn lists_origin(database: &Database, origin: &str) -> Result<bool, StoreError> {
    let (lists,): (bool,) = fetch!(
        fetch_one,
        database,
        (bool,),
        "SELECT EXISTS (
            SELECT 1 FROM client_uris u JOIN clients c ON c.id = u.client_id
            WHERE u.uri = $1 AND u.purpose = 'cors_origin' AND c.kind = 'authorization_code' AND c.enabled
         )",
        origin,
    )?;
    Ok(lists)
}

#[cfg(test)]
mod tests {
    use domain::client::ClientKind;
    use domain::cors_origin::CorsOrigin;
    use domain::field::Field;
    use domain::redirect_uri::RedirectUri;
    use rstest::rstest;

    use super::*;
    use crate::clients::fixtures;
    use crate::testing::{Engine, database, disable};

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn addresses_are_kept_byte_for_byte_and_in_order(#[case] engine: Engine) {
        let test = database(engine).await;
        let database = &test.database;
        let tenant = fixtures::tenant(database, 1).await;
        let client = fixtures::client(database, tenant, 10, "Portal").await;
        let other = fixtures::client(database, tenant, 11, "Shop").await;
        let uri = |text| RedirectUri::parse(Field::RedirectUrls, text).unwrap();
        let settings = SignInSettings {
            allow_offline_access: false,
            redirect_uris: vec![uri("HTTPS://B.example.com/%7Ecb?x"), uri("https://a.example.com")],
            post_logout_redirect_uris: vec![uri("https://a.example.com")],
            allowed_cors_origins: vec![CorsOrigin::parse("https://a.example.com").unwrap()],
        };
        let store = async |client, settings: &SignInSettings| {
            let mut tx = database.begin().await.unwrap();
            replace(&mut tx, client, settings).await.unwrap();
            tx.commit().await.unwrap();
        };
        store(client, &settings).await;
        store(other, &settings).await;
        let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let expected = SignInDetails {
            allow_refresh_token: false,
            redirect_urls: texts(&["HTTPS://B.example.com/%7Ecb?x", "https://a.example.com"]),
            logout_redirect_urls: texts(&["https://a.example.com"]),
            cors_origins: texts(&["https://a.example.com"]),
        };
        assert_eq!(of_client(database, client).await.unwrap(), expected);

        store(client, &SignInSettings::default()).await;
        assert_eq!(of_client(database, client).await.unwrap(), SignInDetails::default());
        assert_eq!(of_client(database, other).await.unwrap(), expected);
    }

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn an_origin_is_listed_while_its_client_may_connect(#[case] engine: Engine) {
        let test = database(engine).await;
        let database = &test.database;
        let tenant = fixtures::tenant(database, 1).await;
        let kind = ClientKind::AuthorizationCode;
        let client = fixtures::client_of_kind(database, tenant, kind, 10, "Portal").await;
        let settings = SignInSettings {
            redirect_uris: vec![RedirectUri::parse(Field::RedirectUrls, "https://b.example.com").unwrap()],
            allowed_cors_origins: vec![CorsOrigin::parse("https://a.example.com").unwrap()],
            ..SignInSettings::default()
        };
        let mut tx = database.begin().await.unwrap();
        replace(&mut tx, client, &settings).await.unwrap();
        tx.commit().await.unwrap();
        let listed = async |origin: &str| lists_origin(database, origin).await.unwrap();
        assert!(listed("https://a.example.com").await);
        assert!(!listed("https://b.example.com").await, "a redirect URI");
        disable(database, client.0).await;
        assert!(!listed("https://a.example.com").await);
    }
}
