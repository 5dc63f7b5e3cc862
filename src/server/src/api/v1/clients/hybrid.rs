//! Hybrid clients.

use domain::client::ClientKind;
use domain::client_form::ClientForm;
use domain::view::ClientView;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{ApplyTo, CommonChange, JsonClient, NewClient, set};

/// A client with secrets that signs people in.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "PascalCase")]
#[schema(example = json!({
    "Id": "2b8c4d6e-7f30-4e2a-9d55-ac1e2f304b51",
    "Name": "Portal",
    "Enabled": true,
    "AccessTokenLifetime": 3600,
    "Tags": [],
    "RedirectUris": ["https://portal.example.com/callback"],
    "PostLogoutRedirectUris": ["https://portal.example.com/signed-out"],
    "ClientUri": "https://portal.example.com",
    "LogoUri": "",
    "AllowOfflineAccess": false,
    "AllowAccessTokensViaBrowser": false
}))]
pub struct HybridClient {
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
    /// Whether it may get refresh tokens.
    allow_offline_access: bool,
    /// Whether it may get access tokens through the browser.
    allow_access_tokens_via_browser: bool,
}

/// A client with secrets that signs people in, to be added with its first secret.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "PascalCase", expecting = "an object")]
#[schema(example = json!({
    "Name": "Portal",
    "RedirectUris": ["https://portal.example.com/callback"],
    "SecretDescription": "server"
}))]
pub struct HybridClientCreate {
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
    /// Whether it may get refresh tokens; it may not if this is left out.
    allow_offline_access: Option<bool>,
    /// Whether it may get access tokens through the browser; it may not if this is left out.
    allow_access_tokens_via_browser: Option<bool>,
    /// What its secret is for.
    #[schema(max_length = 128)]
    secret_description: Option<String>,
    /// When its secret ends; never if this is left out.
    #[schema(format = DateTime)]
    secret_expiration_date: Option<String>,
}

/// What is to change of a client; what is left out or null stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "PascalCase", expecting = "an object")]
#[schema(example = json!({ "AllowOfflineAccess": true, "PostLogoutRedirectUris": [] }))]
pub struct HybridClientUpdate {
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
    /// Whether it may get refresh tokens.
    allow_offline_access: Option<bool>,
    /// Whether it may get access tokens through the browser.
    allow_access_tokens_via_browser: Option<bool>,
}

impl JsonClient for HybridClient {
    const KIND: ClientKind = ClientKind::Hybrid;
    const COLLECTION: &'static str = "HybridClients";
    type New = HybridClientCreate;
    type Change = HybridClientUpdate;
}

impl From<ClientView> for HybridClient {
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
            allow_offline_access: client.sign_in.allow_refresh_token,
            allow_access_tokens_via_browser: client.allow_access_tokens_via_browser,
        }
    }
}

impl From<HybridClientCreate> for NewClient<HybridClientUpdate> {
    fn from(new: HybridClientCreate) -> Self {
        Self {
            id: new.id,
            settings: HybridClientUpdate {
                name: new.name,
                enabled: new.enabled,
                access_token_lifetime: new.access_token_lifetime,
                tags: new.tags,
                redirect_uris: new.redirect_uris,
                post_logout_redirect_uris: new.post_logout_redirect_uris,
                client_uri: new.client_uri,
                logo_uri: new.logo_uri,
                allow_offline_access: new.allow_offline_access,
                allow_access_tokens_via_browser: new.allow_access_tokens_via_browser,
            },
            secret_description: new.secret_description,
            secret_expiration_date: new.secret_expiration_date,
        }
    }
}

impl ApplyTo for HybridClientUpdate {
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
        set(&mut form.allow_refresh_token, self.allow_offline_access);
        form.extras.client_uri = self.client_uri;
        form.extras.logo_uri = self.logo_uri;
        form.extras.allow_access_tokens_via_browser = self.allow_access_tokens_via_browser;
    }
}
