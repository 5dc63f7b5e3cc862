//! The fields of a client, as they are said to whoever edits it when somebody else was quicker.

use domain::view::{ClientDetails, Stamp};

use super::status::enabled_text;
use crate::components::editing::Edited;
use crate::components::role_checks::role_names;

impl Edited for ClientDetails {
    const GONE: &'static str = "Somebody removed this client meanwhile, so there is nothing to change. Copy what you still \
                                need and select Cancel.";

    fn version(&self) -> i64 {
        self.version
    }

    fn changed_by(&self) -> Option<Stamp> {
        Some(self.changed.clone())
    }

    fn fields(&self) -> Vec<(&'static str, String)> {
        let sign_in = &self.sign_in;
        let refresh = if sign_in.allow_refresh_token {
            "allowed"
        } else {
            "not allowed"
        };
        vec![
            ("Name", self.name.clone()),
            ("Allow Refresh Token", refresh.to_owned()),
            ("Allowed Redirect URL(s)", sign_in.redirect_urls.join(", ")),
            (
                "Allowed Logout Redirect URL(s)",
                sign_in.logout_redirect_urls.join(", "),
            ),
            ("Allowed CORS Origin(s)", sign_in.cors_origins.join(", ")),
            ("Token Lifetime", format!("{} seconds", self.token_lifetime.seconds())),
            ("Assigned Roles", role_names(&self.roles)),
            ("Status", enabled_text(self.enabled).to_owned()),
        ]
    }
}

#[cfg(test)]
mod tests {
    use domain::client::{ClientId, ClientKind};
    use domain::view::SignInDetails;

    use super::*;
    use crate::components::conflict::Change;

    fn client() -> ClientDetails {
        let stamp = Stamp {
            by: "Ada".to_owned(),
            at: chrono::DateTime::UNIX_EPOCH,
        };
        ClientDetails {
            id: ClientId(uuid::Uuid::from_u128(1)),
            kind: ClientKind::Hybrid,
            name: "Portal".to_owned(),
            token_lifetime: 900.try_into().unwrap(),
            enabled: true,
            created: stamp.clone(),
            changed: stamp.clone(),
            last_used: None,
            secrets: Vec::new(),
            roles: Vec::new(),
            sign_in: SignInDetails::default(),
            version: 1,
            now: stamp.at,
        }
    }

    fn changes(before: &ClientDetails, now: &ClientDetails) -> Vec<String> {
        let changes = Change::between(before.fields(), now.fields());
        changes.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn names_each_changed_field_with_its_new_value() {
        let now = ClientDetails {
            name: "Shop".to_owned(),
            enabled: false,
            version: 3,
            sign_in: SignInDetails {
                redirect_urls: vec!["https://a.example.com".to_owned(), "https://b.example.com".to_owned()],
                ..SignInDetails::default()
            },
            ..client()
        };
        assert_eq!(
            changes(&client(), &now),
            [
                "Name is now “Shop”.",
                "Allowed Redirect URL(s) is now “https://a.example.com, https://b.example.com”.",
                "Status is now “Disabled”.",
            ]
        );
        assert!(changes(&now, &client()).contains(&"Allowed Redirect URL(s) is now empty.".to_owned()));
    }

    #[test]
    fn what_is_alike_is_not_named() {
        assert!(changes(&client(), &client()).is_empty());
    }
}
