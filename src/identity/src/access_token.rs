//! Access tokens (RFC 9068).

use chrono::{DateTime, Utc};
use domain::client::ClientId;
use domain::grant::GrantId;
use domain::role::{Role, RoleId, RoleType};
use domain::tenant::TenantId;
use domain::token_lifetime::TokenLifetime;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::issuer::Issuer;
use crate::scope::{Scope, Scopes};
use crate::signing_key::{SigningKey, SigningKeyError};

/// The media type that tells an access token from any other JWT.
pub const TYPE: &str = "at+jwt";

/// What an access token says. Times are seconds since 1970 (`NumericDate`, RFC 7519, section 2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessTokenClaims {
    /// Who issued it.
    pub iss: String,
    /// Whom it speaks for: the client itself, or the person who signed in.
    pub sub: Uuid,
    /// Who may accept it.
    pub aud: String,
    /// From when on it is over.
    pub exp: i64,
    /// When it was issued.
    pub iat: i64,
    /// From when on it is good.
    pub nbf: i64,
    /// Its own id.
    pub jti: Uuid,
    /// The client that asked for it.
    pub client_id: ClientId,
    /// What it opens.
    pub scope: Scopes,
    /// The client's tenant.
    pub tid: TenantId,
    /// The names of the roles.
    pub roles: Vec<String>,
    /// Their ids in the tenant.
    pub role_ids: Vec<RoleId>,
    /// The constant ids of the types of the built-in ones.
    pub role_type: Vec<Uuid>,
    /// What the person allowed; none in a token that a client got for itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grant_id: Option<GrantId>,
}

/// Whom a token speaks for, and to what end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenSubject {
    /// The id of the client itself, or of the person who signed in: they share one namespace.
    pub sub: Uuid,
    /// The client.
    pub client_id: ClientId,
    /// Its tenant.
    pub tenant_id: TenantId,
    /// How long its tokens live.
    pub token_lifetime: TokenLifetime,
    /// The roles of the client itself, or of the person.
    pub roles: Vec<Role>,
    /// What the token opens.
    pub scopes: Scopes,
    /// What the person allowed.
    pub grant_id: Option<GrantId>,
}

impl AccessTokenClaims {
    /// The claims of a token issued at `now`; `jti` is a fresh random id.
    pub fn new(issuer: &Issuer, subject: TokenSubject, now: DateTime<Utc>, jti: Uuid) -> Self {
        let iat = now.timestamp();
        let aud = if subject.scopes.has(Scope::Ocsapi) {
            issuer.api()
        } else {
            issuer.as_str().to_owned()
        };
        let role_types = subject.roles.iter().filter_map(|role| role.role_type);
        Self {
            iss: issuer.as_str().to_owned(),
            sub: subject.sub,
            aud,
            exp: iat + subject.token_lifetime.seconds(),
            iat,
            nbf: iat,
            jti,
            client_id: subject.client_id,
            scope: subject.scopes,
            tid: subject.tenant_id,
            role_type: role_types.map(RoleType::id).collect(),
            role_ids: subject.roles.iter().map(|role| role.id).collect(),
            roles: subject.roles.into_iter().map(|role| role.name).collect(),
            grant_id: subject.grant_id,
        }
    }

    /// The token.
    pub fn sign(&self, key: &SigningKey) -> Result<SecretString, SigningKeyError> {
        key.sign(TYPE, self)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::algorithm::Algorithm;
    use crate::signing_key::test_key;
    use jsonwebtoken::jwk::{Jwk, ThumbprintHash};
    use jsonwebtoken::{DecodingKey, Validation, decode};
    use rstest::rstest;
    use secrecy::ExposeSecret;
    use serde_json::{Value, json};

    fn issuer() -> Issuer {
        Issuer::new("https://id.example.com").unwrap()
    }

    fn now() -> DateTime<Utc> {
        "2026-11-21T10:30:00.999999Z".parse().unwrap()
    }

    fn subject() -> TokenSubject {
        TokenSubject {
            sub: Uuid::from_u128(1),
            client_id: ClientId(Uuid::from_u128(1)),
            tenant_id: TenantId(Uuid::from_u128(2)),
            token_lifetime: TokenLifetime::try_from(900).unwrap(),
            roles: vec![
                Role {
                    id: RoleId(Uuid::from_u128(3)),
                    role_type: Some(RoleType::TenantMember),
                    name: "Tenant Member".to_owned(),
                },
                Role {
                    id: RoleId(Uuid::from_u128(4)),
                    role_type: None,
                    name: "MyData.Role".to_owned(),
                },
            ],
            scopes: Scope::Ocsapi.into(),
            grant_id: None,
        }
    }

    /// Claims of a token that a client got for itself. It lives from 2026-11-21 10:30 UTC on for 900 seconds.
    pub(crate) fn claims() -> AccessTokenClaims {
        AccessTokenClaims::new(&issuer(), subject(), now(), Uuid::from_u128(5))
    }

    /// As for somebody who signed in to an application.
    fn claims_of_person() -> AccessTokenClaims {
        let person = TokenSubject {
            sub: Uuid::from_u128(6),
            scopes: Scopes::known("openid email"),
            grant_id: Some(GrantId(Uuid::from_u128(7))),
            ..subject()
        };
        AccessTokenClaims::new(&issuer(), person, now(), Uuid::from_u128(5))
    }

    #[test]
    fn without_the_scope_of_the_api_it_is_for_the_issuer_alone() {
        let claims = serde_json::to_value(claims_of_person()).unwrap();
        assert_eq!(claims["aud"], "https://id.example.com/identity");
        assert_eq!(claims["sub"], json!(Uuid::from_u128(6)));
        assert_eq!(claims["client_id"], json!(Uuid::from_u128(1)));
        assert_eq!(claims["scope"], "openid email");
        assert_eq!(claims["grant_id"], json!(Uuid::from_u128(7)));
    }

    #[rstest]
    #[case(Algorithm::Rs256)]
    #[case(Algorithm::Es256)]
    #[case(Algorithm::EdDsa)]
    fn another_library_verifies_the_token(#[case] algorithm: Algorithm) {
        let signing_key = test_key(algorithm);
        let token = claims().sign(&signing_key).unwrap();
        let jwk: Jwk = serde_json::from_value(serde_json::to_value(signing_key.jwk()).unwrap()).unwrap();
        assert_eq!(jwk.thumbprint(ThumbprintHash::SHA256).unwrap(), signing_key.kid());
        let mut validation = Validation::new(algorithm.name().parse().unwrap());
        validation.validate_exp = false; // it reads the system's clock
        validation.set_audience(&["https://id.example.com/api"]);
        validation.set_issuer(&["https://id.example.com/identity"]);
        let key = DecodingKey::from_jwk(&jwk).unwrap();
        let read = decode::<Value>(token.expose_secret(), &key, &validation).unwrap();
        assert_eq!(read.header.typ.as_deref(), Some("at+jwt"));
        assert_eq!(read.header.kid.as_deref(), Some(signing_key.kid()));
        assert_eq!(
            read.claims,
            json!({
                "iss": "https://id.example.com/identity",
                "sub": "00000000-0000-0000-0000-000000000001",
                "aud": "https://id.example.com/api",
                "exp": 1_795_257_000 + 900,
                "iat": 1_795_257_000,
                "nbf": 1_795_257_000,
                "jti": "00000000-0000-0000-0000-000000000005",
                "client_id": "00000000-0000-0000-0000-000000000001",
                "scope": "ocsapi",
                "tid": "00000000-0000-0000-0000-000000000002",
                "roles": ["Tenant Member", "MyData.Role"],
                "role_ids": ["00000000-0000-0000-0000-000000000003", "00000000-0000-0000-0000-000000000004"],
                "role_type": ["7ad2b9ef-5386-4ead-ac9f-ad99c5c5b977"]
            })
        );
    }
}
