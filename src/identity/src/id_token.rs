//! ID tokens (OpenID Connect Core, section 2).

use aws_lc_rs::digest;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use domain::client::ClientId;
use domain::grant::SessionId;
use domain::tenant::TenantId;
use domain::user::UserId;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

use crate::algorithm::Algorithm;
use crate::issuer::Issuer;
use crate::key_ring::{KeyPurpose, KeyRing};
use crate::signing_key::{SigningKey, SigningKeyError};
use crate::userinfo::Profile;
use crate::verify::signed_claims;

/// The media type. An access token has another one, so that an ID token is never a bearer.
pub const TYPE: &str = "JWT";

/// How long one is good, in seconds: it is read at once.
pub const LIFETIME: i64 = 300;

/// The names of the claims. The ones of userinfo are among them.
pub const CLAIMS: [&str; 13] = [
    "iss",
    "sub",
    "aud",
    "exp",
    "iat",
    "auth_time",
    "nonce",
    "sid",
    "tid",
    "at_hash",
    "c_hash",
    "name",
    "email",
];

/// Who signed in, when, and to what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authentication {
    /// The person.
    pub user_id: UserId,
    /// The application.
    pub client_id: ClientId,
    /// Its tenant.
    pub tenant_id: TenantId,
    /// When the person entered their password.
    pub auth_time: DateTime<Utc>,
    /// The browser in which they did.
    pub session_id: SessionId,
    /// What the application sent to know its own request by.
    pub nonce: Option<String>,
}

/// What an ID token says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdTokenClaims {
    /// Who issued it.
    pub iss: String,
    /// Who signed in.
    pub sub: UserId,
    /// The application.
    pub aud: ClientId,
    /// From when on it is over.
    pub exp: i64,
    /// When it was issued.
    pub iat: i64,
    /// When the person entered their password.
    pub auth_time: i64,
    /// The nonce of the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nonce: Option<String>,
    /// The browser in which they are signed in.
    pub sid: SessionId,
    /// The application's tenant.
    pub tid: TenantId,
    /// Half the hash of the access token beside it (section 3.1.3.6).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_hash: Option<String>,
    /// Half the hash of the code beside it (section 3.3.2.11).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub c_hash: Option<String>,
    /// What the scopes give of the person; nothing in one that passes through the browser.
    #[serde(flatten)]
    pub profile: Profile,
}

impl IdTokenClaims {
    /// The claims of a token issued at `now`.
    pub fn new(issuer: &Issuer, authentication: Authentication, now: DateTime<Utc>) -> Self {
        let iat = now.timestamp();
        Self {
            iss: issuer.as_str().to_owned(),
            sub: authentication.user_id,
            aud: authentication.client_id,
            exp: iat + LIFETIME,
            iat,
            auth_time: authentication.auth_time.timestamp(),
            nonce: authentication.nonce,
            sid: authentication.session_id,
            tid: authentication.tenant_id,
            at_hash: None,
            c_hash: None,
            profile: Profile::default(),
        }
    }

    /// The token.
    pub fn sign(&self, key: &SigningKey) -> Result<SecretString, SigningKeyError> {
        key.sign(TYPE, self)
    }

    /// What a token of ours says that an application sends back as a hint. It may be over, as long as its key is listed
    /// at `now`.
    pub fn read_hint(token: &str, issuer: &Issuer, keys: &KeyRing, now: DateTime<Utc>) -> Option<Self> {
        let claims: Self = signed_claims(token, TYPE, KeyPurpose::IdTokens, keys, now).ok()?;
        (claims.iss == issuer.as_str()).then_some(claims)
    }
}

/// The left half of the hash of a code or access token, which binds an ID token that is signed with this algorithm to it.
/// The hash is the one in the algorithm: for EdDSA on Ed25519 that is SHA-512 (RFC 8032, section 5.1).
pub fn half_hash(text: &SecretString, algorithm: Algorithm) -> String {
    let hash = match algorithm {
        Algorithm::Rs256 | Algorithm::Es256 => &digest::SHA256,
        Algorithm::EdDsa => &digest::SHA512,
    };
    let hash = digest::digest(hash, text.expose_secret().as_bytes());
    let bytes: &[u8] = hash.as_ref();
    URL_SAFE_NO_PAD.encode(&bytes[..bytes.len() / 2])
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::key_ring::{KeyTimes, RingKey};
    use crate::signing_key::TEST_KEY;
    use chrono::Duration;
    use rstest::rstest;
    use serde_json::json;
    use uuid::Uuid;

    fn issuer() -> Issuer {
        Issuer::new("https://id.example.com").unwrap()
    }

    /// When the tokens of the tests are issued.
    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_795_257_000, 0).unwrap()
    }

    fn claims() -> IdTokenClaims {
        let authentication = Authentication {
            user_id: UserId(Uuid::from_u128(1)),
            client_id: ClientId(Uuid::from_u128(2)),
            tenant_id: TenantId(Uuid::from_u128(3)),
            auth_time: DateTime::from_timestamp(1_795_256_000, 0).unwrap(),
            session_id: SessionId(Uuid::from_u128(4)),
            nonce: Some("n".to_owned()),
        };
        IdTokenClaims::new(&issuer(), authentication, now())
    }

    #[test]
    fn says_who_signed_in_and_when() {
        assert_eq!(
            serde_json::to_value(claims()).unwrap(),
            json!({
                "iss": "https://id.example.com/identity",
                "sub": "00000000-0000-0000-0000-000000000001",
                "aud": "00000000-0000-0000-0000-000000000002",
                "exp": 1_795_257_300,
                "iat": 1_795_257_000,
                "auth_time": 1_795_256_000,
                "nonce": "n",
                "sid": "00000000-0000-0000-0000-000000000004",
                "tid": "00000000-0000-0000-0000-000000000003"
            })
        );
    }

    #[test]
    fn the_names_of_the_claims_are_those() {
        let full = IdTokenClaims {
            at_hash: Some("a".to_owned()),
            c_hash: Some("c".to_owned()),
            profile: Profile {
                name: Some("Ana".to_owned()),
                email: Some("ana@example.com".to_owned()),
            },
            ..claims()
        };
        let json = serde_json::to_value(full).unwrap();
        let names: BTreeSet<&str> = json.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(names, BTreeSet::from(CLAIMS));
    }

    /// The code of OpenID Connect Core, appendix A.3, and there its hash for RS256.
    #[rstest]
    #[case(Algorithm::Rs256, "LDktKdoQak3Pk0cnXxCltA")]
    #[case(Algorithm::Es256, "LDktKdoQak3Pk0cnXxCltA")]
    #[case(Algorithm::EdDsa, "E9z1C-c0Az4eTEzE0Nm3OQ3BS2BhMgxuP7x5JAQj1_4")]
    fn the_hash_is_that_of_the_algorithm(#[case] algorithm: Algorithm, #[case] expected: &str) {
        let code = "Qcb0Orv1zh30vL1MPRsbm-diHiMwcLyZvn1arpZv-Jxf_11jnpEX3Tgfvk".into();
        assert_eq!(half_hash(&code, algorithm), expected);
    }

    /// What is read of a hint of ours, a day later, by an issuer whose one key has this purpose and these times.
    fn read_later(issuer: &Issuer, purpose: KeyPurpose, times: KeyTimes) -> Option<IdTokenClaims> {
        let keys = KeyRing::new(vec![RingKey {
            key: TEST_KEY.clone(),
            purpose,
            times,
        }]);
        let token = claims().sign(&TEST_KEY).unwrap();
        let later = now() + Duration::days(1);
        IdTokenClaims::read_hint(token.expose_secret(), issuer, &keys, later)
    }

    #[test]
    fn a_hint_must_be_ours_and_may_be_over() {
        let times = KeyTimes::of_new_key(now(), true);
        let id_tokens = KeyPurpose::IdTokens;
        assert_eq!(read_later(&issuer(), id_tokens, times), Some(claims()));
        assert_eq!(read_later(&issuer(), KeyPurpose::AccessTokens, times), None);
        let other = Issuer::new("https://other.example.com").unwrap();
        assert_eq!(read_later(&other, id_tokens, times), None);
        let gone = KeyTimes {
            retire_at: Some(now()),
            ..times
        };
        assert_eq!(read_later(&issuer(), id_tokens, gone), None);
    }
}
