//! What a token opens (RFC 6749, section 3.3; OpenID Connect Core, sections 5.4 and 11).

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

/// One scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// Who signed in: gives an ID token and opens userinfo.
    OpenId,
    /// Their name.
    Profile,
    /// Their e-mail address.
    Email,
    /// The REST API.
    Ocsapi,
    /// A refresh token.
    OfflineAccess,
}

impl Scope {
    /// All, in the order of the discovery document.
    pub const ALL: [Self; 5] = [
        Self::OpenId,
        Self::Profile,
        Self::Email,
        Self::Ocsapi,
        Self::OfflineAccess,
    ];

    /// Its name in requests and tokens.
    pub const fn name(self) -> &'static str {
        match self {
            Self::OpenId => "openid",
            Self::Profile => "profile",
            Self::Email => "email",
            Self::Ocsapi => "ocsapi",
            Self::OfflineAccess => "offline_access",
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.name() == name)
    }
}

/// Some scopes, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", from = "String")]
pub struct Scopes(BTreeSet<Scope>);

impl Scopes {
    /// Those of the names that we know; the others are left out (OpenID Connect Core, section 3.1.2.1).
    pub fn known(text: &str) -> Self {
        Self(text.split(' ').filter_map(Scope::from_name).collect())
    }

    /// Exactly those that are named; `None` when there is another name among them.
    pub fn exactly(text: &str) -> Option<Self> {
        let names = text.split(' ').filter(|name| !name.is_empty());
        names.map(Scope::from_name).collect::<Option<_>>().map(Self)
    }

    /// Whether this one is among them.
    pub fn has(&self, scope: Scope) -> bool {
        self.0.contains(&scope)
    }

    /// All but this one.
    #[must_use]
    pub fn without(mut self, scope: Scope) -> Self {
        self.0.remove(&scope);
        self
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether all of them are among the others.
    pub fn is_within(&self, others: &Self) -> bool {
        self.0.is_subset(&others.0)
    }
}

impl From<Scope> for Scopes {
    fn from(scope: Scope) -> Self {
        Self(BTreeSet::from([scope]))
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.0.iter().map(|scope| scope.name()).collect();
        f.write_str(&names.join(" "))
    }
}

impl From<Scopes> for String {
    fn from(scopes: Scopes) -> Self {
        scopes.to_string()
    }
}

impl From<String> for Scopes {
    fn from(text: String) -> Self {
        Self::known(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_each_once_in_one_order() {
        let scopes = Scopes::known("email  openid email address OPENID");
        assert_eq!(scopes.to_string(), "openid email");
        assert!(Scopes::exactly("openid address").is_none());
        assert_eq!(Scopes::exactly(" email openid").as_ref(), Some(&scopes));
        assert!(Scopes::known("address").is_empty());
    }

    #[test]
    fn some_are_within_others() {
        let all = Scopes::known("openid ocsapi offline_access");
        assert!(Scopes::from(Scope::Ocsapi).is_within(&all));
        assert!(!Scopes::from(Scope::Email).is_within(&all));
        assert!(!all.clone().without(Scope::OfflineAccess).has(Scope::OfflineAccess));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(text in "(openid|profile|email|ocsapi|offline_access|x| ){0,8}") {
            let scopes = Scopes::known(&text);
            prop_assert_eq!(Scopes::exactly(&scopes.to_string()), Some(scopes));
        }
    }
}
