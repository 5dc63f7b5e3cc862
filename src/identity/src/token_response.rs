//! What a client gets (RFC 6749, section 5.1).

use domain::token_lifetime::TokenLifetime;
use secrecy::{ExposeSecret, SecretString};
use serde::{Serialize, Serializer};

use crate::scope::Scopes;

/// The JSON that carries tokens. `Debug` doesn't print them.
#[derive(Clone, Debug, Serialize)]
pub struct TokenResponse {
    /// The access token.
    pub access_token: SentToken,
    /// Always `Bearer` (RFC 6750).
    pub token_type: &'static str,
    /// How long the access token lives, in seconds.
    pub expires_in: i64,
    /// What it opens.
    pub scope: Scopes,
    /// With what the next ones are got (RFC 6749, section 6).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<SentToken>,
    /// Who signed in (OpenID Connect Core, section 3.1.3.3).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id_token: Option<SentToken>,
}

impl TokenResponse {
    /// The answer that holds an access token alone.
    pub fn new(access_token: SecretString, lifetime: TokenLifetime, scope: Scopes) -> Self {
        Self {
            access_token: SentToken(access_token),
            token_type: "Bearer",
            expires_in: lifetime.seconds(),
            scope,
            refresh_token: None,
            id_token: None,
        }
    }
}

/// A token in an answer: serialising it is the one moment in which it leaves. `Debug` doesn't print it.
#[derive(Clone, Debug)]
pub struct SentToken(pub SecretString);

impl Serialize for SentToken {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.expose_secret())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serialises_as_the_rfc_says() {
        let scope = Scopes::known("openid ocsapi");
        let mut response = TokenResponse::new("abc.def.ghi".into(), TokenLifetime::default(), scope);
        let expected =
            r#"{"access_token":"abc.def.ghi","token_type":"Bearer","expires_in":3600,"scope":"openid ocsapi"}"#;
        assert_eq!(serde_json::to_string(&response).unwrap(), expected);
        response.refresh_token = Some(SentToken("jkl".into()));
        response.id_token = Some(SentToken("mno".into()));
        let json = serde_json::to_string(&response).unwrap();
        assert!(json.ends_with(r#","refresh_token":"jkl","id_token":"mno"}"#), "{json}");
        let shown = format!("{response:?}");
        assert!(!["abc", "jkl", "mno"].iter().any(|token| shown.contains(token)));
    }
}
