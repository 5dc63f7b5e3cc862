//! What a client gets (RFC 6749, section 5.1).

use domain::token_lifetime::TokenLifetime;
use secrecy::{ExposeSecret, SecretString};
use serde::{Serialize, Serializer};

use crate::token_request::SCOPE_OCSAPI;

/// The JSON that carries a token. `Debug` doesn't print the token.
#[derive(Clone, Debug, Serialize)]
pub struct TokenResponse {
    /// The token.
    #[serde(serialize_with = "expose")]
    pub access_token: SecretString,
    /// Always `Bearer` (RFC 6750).
    pub token_type: &'static str,
    /// How long it lives, in seconds.
    pub expires_in: i64,
    /// What it opens.
    pub scope: &'static str,
}

impl TokenResponse {
    /// The answer to a client-credentials request.
    pub fn new(access_token: SecretString, lifetime: TokenLifetime) -> Self {
        Self {
            access_token,
            token_type: "Bearer",
            expires_in: lifetime.seconds(),
            scope: SCOPE_OCSAPI,
        }
    }
}

/// Serialising the answer is the one moment in which a token leaves.
fn expose<S: Serializer>(token: &SecretString, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(token.expose_secret())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serialises_as_the_rfc_says() {
        let response = TokenResponse::new("abc.def.ghi".into(), TokenLifetime::default());
        let expected = r#"{"access_token":"abc.def.ghi","token_type":"Bearer","expires_in":3600,"scope":"ocsapi"}"#;
        assert_eq!(serde_json::to_string(&response).unwrap(), expected);
        assert!(!format!("{response:?}").contains("abc"));
    }
}
