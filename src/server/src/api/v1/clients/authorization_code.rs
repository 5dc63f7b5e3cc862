//! Authorization-code clients.

use domain::client::ClientKind;
use domain::client_form::ClientForm;
use domain::view::ClientView;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{ApplyTo, CommonChange, JsonClient, NewClient, set};

/// A client without secrets that signs people in.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "PascalCase")]
#[schema(example = json!({
    "Id": "1a7b3c5d-6e2f-4d19-8c44-9b0d1e2f3a40",
    "Name": "Shop",
    "Enabled": true,
    "AccessTokenLifetime": 3600,
    "Tags": [],
    "RedirectUris": ["https://shop.example.com/callback"],
    "PostLogoutRedirectUris": ["https://shop.example.com/signed-out"],
    "ClientUri": "https://shop.example.com",
    "LogoUri": "",
    "AllowedCorsOrigins": ["https://shop.example.com"],
    "AllowOfflineAccess": false
}))]
pub struct AuthorizationCodeClient {
    /// Its id, which is its `client_id` too.
    id: Uuid,
    /// Its name.
    #[schema(max_length = 128)]
    name: String,
    /// Whether it may connect.
    enabled: bool,
    /// How long its access tokens live, in seconds.
    #[schema(value_type = i32, minimum = 60, maximum = 3600)]
    access_token_lifetime: i64,
    /// The words by which programs find it.
    #[schema(max_items = 20)]
    tags: Vec<String>,
    /// Where people may be sent after signing in.
    #[schema(min_items = 1, max_items = 10)]
    redirect_uris: Vec<String>,
    /// Where people may be sent after signing out.
    #[schema(max_items = 10)]
    post_logout_redirect_uris: Vec<String>,
    /// The address of its home page; may be empty.
    client_uri: String,
    /// The address of its picture; may be empty.
    logo_uri: String,
    /// The origins whose pages may call the server.
    #[schema(max_items = 10)]
    allowed_cors_origins: Vec<String>,
    /// Whether it may get refresh tokens.
    allow_offline_access: bool,
}

/// A client without secrets that signs people in, to be added.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "PascalCase", expecting = "an object")]
#[schema(example = json!({
    "Name": "Shop",
    "RedirectUris": ["https://shop.example.com/callback"],
    "AllowedCorsOrigins": ["https://shop.example.com"]
}))]
pub struct AuthorizationCodeClientCreate {
    /// Its id, if the caller chooses it: one that no client and nobody here has or had.
    id: Option<Uuid>,
    /// Its name.
    #[schema(value_type = String, min_length = 1, max_length = 128)]
    name: Option<String>,
    /// Whether it may connect; it may if this is left out.
    enabled: Option<bool>,
    /// How long its access tokens live, in seconds; 3600 if this is left out.
    #[schema(value_type = Option<i32>, minimum = 60, maximum = 3600)]
    access_token_lifetime: Option<Box<RawValue>>,
    /// The words by which programs find it, of 1 to 128 characters each.
    #[schema(max_items = 20)]
    tags: Option<Vec<String>>,
    /// Where people may be sent after signing in.
    #[schema(value_type = Vec<String>, min_items = 1, max_items = 10)]
    redirect_uris: Option<Vec<String>>,
    /// Where people may be sent after signing out.
    #[schema(max_items = 10)]
    post_logout_redirect_uris: Option<Vec<String>>,
    /// The address of its home page.
    client_uri: Option<String>,
    /// The address of its picture.
    logo_uri: Option<String>,
    /// The origins whose pages may call the server.
    #[schema(max_items = 10)]
    allowed_cors_origins: Option<Vec<String>>,
    /// Whether it may get refresh tokens; it may not if this is left out.
    allow_offline_access: Option<bool>,
}

/// What is to change of a client; what is left out or null stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "PascalCase", expecting = "an object")]
#[schema(example = json!({ "AllowOfflineAccess": true, "PostLogoutRedirectUris": [] }))]
pub struct AuthorizationCodeClientUpdate {
    /// Its name.
    #[schema(min_length = 1, max_length = 128)]
    name: Option<String>,
    /// Whether it may connect.
    enabled: Option<bool>,
    /// How long its access tokens live, in seconds.
    #[schema(value_type = Option<i32>, minimum = 60, maximum = 3600)]
    access_token_lifetime: Option<Box<RawValue>>,
    /// The words by which programs find it, of 1 to 128 characters each.
    #[schema(max_items = 20)]
    tags: Option<Vec<String>>,
    /// Where people may be sent after signing in.
    #[schema(min_items = 1, max_items = 10)]
    redirect_uris: Option<Vec<String>>,
    /// Where people may be sent after signing out.
    #[schema(max_items = 10)]
    post_logout_redirect_uris: Option<Vec<String>>,
    /// The address of its home page; empty for none.
    client_uri: Option<String>,
    /// The address of its picture; empty for none.
    logo_uri: Option<String>,
    /// The origins whose pages may call the server.
    #[schema(max_items = 10)]
    allowed_cors_origins: Option<Vec<String>>,
    /// Whether it may get refresh tokens.
    allow_offline_access: Option<bool>,
}

impl JsonClient for AuthorizationCodeClient {
    const KIND: ClientKind = ClientKind::AuthorizationCode;
    const COLLECTION: &'static str = "AuthorizationCodeClients";
    type New = AuthorizationCodeClientCreate;
    type Change = AuthorizationCodeClientUpdate;
}

impl From<ClientView> for AuthorizationCodeClient {
    fn from(client: ClientView) -> Self {
        Self {
            id: client.id.0,
            name: client.name,
            enabled: client.enabled,
            access_token_lifetime: client.token_lifetime.seconds(),
            tags: client.tags,
            redirect_uris: client.sign_in.redirect_urls,
            post_logout_redirect_uris: client.sign_in.logout_redirect_urls,
            client_uri: client.client_uri,
            logo_uri: client.logo_uri,
            allowed_cors_origins: client.sign_in.cors_origins,
            allow_offline_access: client.sign_in.allow_refresh_token,
        }
    }
}

impl From<AuthorizationCodeClientCreate> for NewClient<AuthorizationCodeClientUpdate> {
    fn from(new: AuthorizationCodeClientCreate) -> Self {
        Self {
            id: new.id,
            settings: AuthorizationCodeClientUpdate {
                name: new.name,
                enabled: new.enabled,
                access_token_lifetime: new.access_token_lifetime,
                tags: new.tags,
                redirect_uris: new.redirect_uris,
                post_logout_redirect_uris: new.post_logout_redirect_uris,
                client_uri: new.client_uri,
                logo_uri: new.logo_uri,
                allowed_cors_origins: new.allowed_cors_origins,
                allow_offline_access: new.allow_offline_access,
            },
            secret_description: None,
            secret_expiration_date: None,
        }
    }
}

impl ApplyTo for AuthorizationCodeClientUpdate {
    fn apply_to(self, form: &mut ClientForm) {
        let common = CommonChange {
            name: self.name,
            enabled: self.enabled,
            access_token_lifetime: self.access_token_lifetime,
            tags: self.tags,
        };
        common.apply_to(form);
        set(&mut form.redirect_urls, self.redirect_uris);
        set(&mut form.logout_redirect_urls, self.post_logout_redirect_uris);
        set(&mut form.cors_origins, self.allowed_cors_origins);
        set(&mut form.allow_refresh_token, self.allow_offline_access);
        form.extras.client_uri = self.client_uri;
        form.extras.logo_uri = self.logo_uri;
    }
}
