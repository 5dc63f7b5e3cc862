//! The form that a client is added or edited with, and the settings that are read from it.

use serde::{Deserialize, Serialize};

use crate::client::{ClientKind, ClientName};
use crate::client_extras::{ClientExtras, ExtraSettings};
use crate::cors_origin::CorsOrigin;
use crate::field::{Checked, Field, FieldError, both, one};
use crate::redirect_uri::RedirectUri;
use crate::role::RoleId;
use crate::token_lifetime::TokenLifetime;
use crate::web_address::MAX_URLS;

/// What a person typed into **Add Client** or **Edit Client**, as it crosses the wire. Each kind of client has only some of
/// the fields; the others are not read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientForm {
    /// **Name**.
    pub name: String,
    /// **Token Lifetime**, in seconds; empty for the default.
    pub token_lifetime: String,
    /// The chosen roles of a client-credentials client. The server adds Tenant Member.
    #[serde(default)]
    pub roles: Vec<RoleId>,
    /// **Allow Refresh Token**.
    #[serde(default)]
    pub allow_refresh_token: bool,
    /// **Allowed Redirect URL(s)**.
    #[serde(default)]
    pub redirect_urls: Vec<String>,
    /// **Allowed Logout Redirect URL(s)**.
    #[serde(default)]
    pub logout_redirect_urls: Vec<String>,
    /// **Allowed CORS Origin(s)** of an authorization-code client.
    #[serde(default)]
    pub cors_origins: Vec<String>,
    /// What only programs set.
    #[serde(default)]
    pub extras: ClientExtras,
}

/// What a person decides about a client. What its kind doesn't have is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientSettings {
    /// Its name.
    pub name: ClientName,
    /// How long its tokens live.
    pub token_lifetime: TokenLifetime,
    /// Its roles, in order, each once.
    pub roles: Vec<RoleId>,
    /// Where people go after signing in, and whatever else comes with signing people in.
    pub sign_in: SignInSettings,
    /// What only programs decide.
    pub extras: ExtraSettings,
}

/// How a client signs people in. All of it is empty for one that doesn't.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignInSettings {
    /// Whether the scope `offline_access` gives a refresh token (OpenID Connect Core, section 11).
    pub allow_offline_access: bool,
    /// Where the answer to an authorization request may go.
    pub redirect_uris: Vec<RedirectUri>,
    /// Where a person may go after signing out.
    pub post_logout_redirect_uris: Vec<RedirectUri>,
    /// Whose pages may call the server.
    pub allowed_cors_origins: Vec<CorsOrigin>,
}

impl ClientForm {
    /// Reads the fields that a client of this kind has: in the browser to show errors at once, on the server because a
    /// browser can't be trusted. On failure every wrong field is named, in the order of the form.
    pub fn check(&self, kind: ClientKind) -> Checked<ClientSettings> {
        let name = one(ClientName::parse(&self.name));
        let sign_in = self.check_sign_in(kind);
        let token_lifetime = one(TokenLifetime::parse(&self.token_lifetime));
        let fields = both(both(name, sign_in), token_lifetime);
        let (((name, sign_in), token_lifetime), extras) = both(fields, self.extras.check(kind))?;
        let mut roles = if kind.has_roles() {
            self.roles.clone()
        } else {
            Vec::new()
        };
        roles.sort_unstable();
        roles.dedup();
        Ok(ClientSettings {
            name,
            token_lifetime,
            roles,
            sign_in,
            extras,
        })
    }

    fn check_sign_in(&self, kind: ClientKind) -> Checked<SignInSettings> {
        if !kind.signs_people_in() {
            return Ok(SignInSettings::default());
        }
        let redirect_uris = self.check_redirect_urls();
        let logout = check_list(Field::LogoutRedirectUrls, &self.logout_redirect_urls, |text| {
            RedirectUri::parse(Field::LogoutRedirectUrls, text)
        });
        let origins = if kind.has_cors_origins() {
            check_list(Field::CorsOrigins, &self.cors_origins, CorsOrigin::parse)
        } else {
            Ok(Vec::new())
        };
        let ((redirect_uris, post_logout_redirect_uris), allowed_cors_origins) =
            both(both(redirect_uris, logout), origins)?;
        Ok(SignInSettings {
            allow_offline_access: self.allow_refresh_token,
            redirect_uris,
            post_logout_redirect_uris,
            allowed_cors_origins,
        })
    }

    fn check_redirect_urls(&self) -> Checked<Vec<RedirectUri>> {
        let field = Field::RedirectUrls;
        if self.redirect_urls.is_empty() {
            let message = format!("{} is empty. Add at least one URL.", field.label());
            return Err(vec![FieldError::new(field, message)]);
        }
        check_list(field, &self.redirect_urls, |text| RedirectUri::parse(field, text))
    }
}

/// Reads a list: at most [`MAX_URLS`] entries, each right and there once.
fn check_list<T: Ord>(
    field: Field,
    texts: &[String],
    parse: impl Fn(&str) -> Result<T, FieldError>,
) -> Checked<Vec<T>> {
    if let Some(full) = too_many(field, texts.len()) {
        return Err(vec![full]);
    }
    let mut values = Vec::new();
    for text in texts {
        let value = one(parse(text))?;
        if values.contains(&value) {
            return Err(vec![twice(field)]);
        }
        values.push(value);
    }
    Ok(values)
}

/// Reads one entry that is to be added to the list `held` of the field; answers it as it will be kept.
pub fn check_entry(field: Field, held: &[String], text: &str) -> Result<String, FieldError> {
    let entry = if field == Field::CorsOrigins {
        CorsOrigin::parse(text)?.as_str().to_owned()
    } else {
        RedirectUri::parse(field, text)?.as_str().to_owned()
    };
    if held.contains(&entry) {
        return Err(twice(field));
    }
    match too_many(field, held.len() + 1) {
        Some(full) => Err(full),
        None => Ok(entry),
    }
}

fn too_many(field: Field, count: usize) -> Option<FieldError> {
    (count > MAX_URLS).then(|| {
        let label = field.label();
        FieldError::new(
            field,
            format!("{label} holds at most {MAX_URLS} entries. Remove one first."),
        )
    })
}

fn twice(field: Field) -> FieldError {
    FieldError::new(field, format!("{} holds this entry already.", field.label()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use uuid::Uuid;

    fn fields(form: &ClientForm, kind: ClientKind) -> Vec<Field> {
        let errors = form.check(kind).unwrap_err();
        errors.into_iter().map(|error| error.field).collect()
    }

    fn full() -> ClientForm {
        let urls = |path: &str| vec![format!("https://app.example.com/{path}")];
        ClientForm {
            name: " Portal ".to_owned(),
            token_lifetime: "900".to_owned(),
            roles: vec![
                RoleId(Uuid::from_u128(2)),
                RoleId(Uuid::from_u128(1)),
                RoleId(Uuid::from_u128(2)),
            ],
            allow_refresh_token: true,
            redirect_urls: urls("cb"),
            logout_redirect_urls: urls("bye"),
            cors_origins: urls(""),
            extras: ClientExtras::default(),
        }
    }

    #[rstest]
    #[case(ClientKind::ClientCredentials, &[Field::Name, Field::TokenLifetime])]
    #[case(
        ClientKind::AuthorizationCode,
        &[Field::Name, Field::RedirectUrls, Field::LogoutRedirectUrls, Field::CorsOrigins, Field::TokenLifetime]
    )]
    #[case(
        ClientKind::Hybrid,
        &[Field::Name, Field::RedirectUrls, Field::LogoutRedirectUrls, Field::TokenLifetime]
    )]
    fn names_every_wrong_field_of_the_kind_in_order(#[case] kind: ClientKind, #[case] expected: &[Field]) {
        let wrong = || vec!["ftp://example.com".to_owned()];
        let form = ClientForm {
            name: "  ".to_owned(),
            token_lifetime: "59".to_owned(),
            redirect_urls: wrong(),
            logout_redirect_urls: wrong(),
            cors_origins: wrong(),
            ..ClientForm::default()
        };
        assert_eq!(fields(&form, kind), expected);
    }

    #[test]
    fn each_kind_keeps_what_it_has() {
        let settings = full().check(ClientKind::ClientCredentials).unwrap();
        assert_eq!(settings.name.as_str(), "Portal");
        assert_eq!(settings.token_lifetime.seconds(), 900);
        assert_eq!(settings.roles, [1, 2].map(|n| RoleId(Uuid::from_u128(n))));
        assert_eq!(settings.sign_in, SignInSettings::default());

        let code = full().check(ClientKind::AuthorizationCode).unwrap();
        assert!(code.roles.is_empty() && code.sign_in.allow_offline_access);
        assert_eq!(code.sign_in.redirect_uris[0].as_str(), "https://app.example.com/cb");
        assert_eq!(
            code.sign_in.post_logout_redirect_uris[0].as_str(),
            "https://app.example.com/bye"
        );
        assert_eq!(code.sign_in.allowed_cors_origins[0].as_str(), "https://app.example.com");

        let hybrid = full().check(ClientKind::Hybrid).unwrap();
        assert!(hybrid.sign_in.allowed_cors_origins.is_empty());
        assert_eq!(hybrid.sign_in.redirect_uris, code.sign_in.redirect_uris);
    }

    #[test]
    fn a_client_that_signs_people_in_needs_a_redirect_url() {
        let form = ClientForm {
            redirect_urls: Vec::new(),
            ..full()
        };
        let errors = form.check(ClientKind::Hybrid).unwrap_err();
        assert_eq!(errors.len(), 1);
        assert!(errors[0].message.contains("at least one"));
    }

    #[rstest]
    #[case(Field::RedirectUrls)]
    #[case(Field::LogoutRedirectUrls)]
    #[case(Field::CorsOrigins)]
    fn lists_are_bounded_and_hold_an_entry_once(#[case] field: Field) {
        let list = |count: usize| {
            (0..count)
                .map(|n| format!("https://app{n}.example.com"))
                .collect::<Vec<_>>()
        };
        let with = |urls: Vec<String>| {
            let mut form = full();
            match field {
                Field::RedirectUrls => form.redirect_urls = urls,
                Field::LogoutRedirectUrls => form.logout_redirect_urls = urls,
                _ => form.cors_origins = urls,
            }
            form
        };
        let kind = ClientKind::AuthorizationCode;
        assert!(with(list(10)).check(kind).is_ok());
        let error = with(list(11)).check(kind).unwrap_err().remove(0);
        assert_eq!(
            error,
            check_entry(field, &list(10), "https://new.example.com").unwrap_err()
        );
        assert!(error.message.contains("at most 10 entries"));
        assert_eq!(
            check_entry(field, &list(9), " https://new.example.com ").unwrap(),
            "https://new.example.com"
        );

        let mut doubled = list(2);
        doubled.push(doubled[0].clone());
        let error = with(doubled).check(kind).unwrap_err().remove(0);
        assert_eq!(
            error,
            check_entry(field, &list(2), "https://app0.example.com").unwrap_err()
        );
        assert!(error.message.contains("already"));
    }

    #[test]
    fn origins_that_browsers_write_alike_are_one() {
        let held = ["https://app.example.com".to_owned()];
        assert!(check_entry(Field::CorsOrigins, &held, "HTTPS://APP.example.com:443/").is_err());
        assert!(check_entry(Field::RedirectUrls, &held, "https://app.example.com/").is_ok());
    }
}
