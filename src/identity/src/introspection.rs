//! What a token is worth (RFC 7662, section 2.2).

use domain::client::ClientId;
use domain::user::UserId;
use serde::Serialize;

use crate::access_token::AccessTokenClaims;
use crate::scope::Scopes;

/// The answer of the introspection endpoint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Introspection {
    active: bool,
    #[serde(flatten)]
    token: Option<ActiveToken>,
}

/// What is said of a token that is good.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum ActiveToken {
    /// An access token: all that it says itself.
    Access(AccessTokenClaims),
    /// A refresh token.
    Refresh {
        /// Who issued it.
        iss: String,
        /// To whom.
        client_id: ClientId,
        /// For whom.
        sub: UserId,
        /// For what.
        scope: Scopes,
        /// From when on it is over.
        exp: i64,
    },
}

impl Introspection {
    /// The one answer to everything that isn't a good token which the client may ask about.
    pub const INACTIVE: Self = Self {
        active: false,
        token: None,
    };
}

impl From<ActiveToken> for Introspection {
    fn from(token: ActiveToken) -> Self {
        Self {
            active: true,
            token: Some(token),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use uuid::Uuid;

    #[test]
    fn of_what_is_not_good_nothing_is_said() {
        let json = serde_json::to_value(Introspection::INACTIVE).unwrap();
        assert_eq!(json, json!({"active": false}));
    }

    #[test]
    fn of_a_refresh_token_it_is_said_what_it_gives() {
        let token = ActiveToken::Refresh {
            iss: "https://id.example.com/identity".to_owned(),
            client_id: ClientId(Uuid::from_u128(1)),
            sub: UserId(Uuid::from_u128(2)),
            scope: Scopes::known("openid offline_access"),
            exp: 9,
        };
        let json = serde_json::to_value(Introspection::from(token)).unwrap();
        let expected = json!({
            "active": true,
            "iss": "https://id.example.com/identity",
            "client_id": "00000000-0000-0000-0000-000000000001",
            "sub": "00000000-0000-0000-0000-000000000002",
            "scope": "openid offline_access",
            "exp": 9
        });
        assert_eq!(json, expected);
    }
}
