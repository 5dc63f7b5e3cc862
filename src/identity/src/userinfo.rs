//! What the application learns of the person (OpenID Connect Core, sections 5.1 and 5.3).

use domain::user::UserId;
use serde::{Deserialize, Serialize};

use crate::scope::{Scope, Scopes};

/// The claims about a person that the scopes give (section 5.4).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Their name, with `profile`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Their e-mail address, with `email`. Nobody has verified that it is theirs, so nothing says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

impl Profile {
    /// What these scopes give of a person.
    pub fn within(scopes: &Scopes, name: &str, email: &str) -> Self {
        let given = |scope, value: &str| scopes.has(scope).then(|| value.to_owned());
        Self {
            name: given(Scope::Profile, name),
            email: given(Scope::Email, email),
        }
    }
}

/// The answer of the userinfo endpoint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UserInfo {
    /// Who it is.
    pub sub: UserId,
    /// What the scopes give of them.
    #[serde(flatten)]
    pub profile: Profile,
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use serde_json::json;
    use uuid::Uuid;

    #[rstest]
    #[case("openid", json!({}))]
    #[case("openid profile", json!({"name": "Ana"}))]
    #[case("openid email", json!({"email": "ana@example.com"}))]
    #[case("openid email profile ocsapi", json!({"name": "Ana", "email": "ana@example.com"}))]
    fn the_scopes_decide_what_is_told(#[case] scopes: &str, #[case] mut expected: serde_json::Value) {
        let sub = UserId(Uuid::from_u128(1));
        let profile = Profile::within(&Scopes::known(scopes), "Ana", "ana@example.com");
        expected["sub"] = json!(sub);
        assert_eq!(serde_json::to_value(UserInfo { sub, profile }).unwrap(), expected);
    }
}
