//! What somebody else changed while a person was editing.

use domain::view::ClientDetails;

use crate::components::conflict::Change;

/// The fields in which two states of a client differ, with their new values.
pub fn client_changes(before: &ClientDetails, now: &ClientDetails) -> Vec<Change> {
    let roles = |client: &ClientDetails| {
        let names: Vec<&str> = client.roles.iter().map(|role| role.name.as_str()).collect();
        names.join(", ")
    };
    let status = |client: &ClientDetails| if client.enabled { "Enabled" } else { "Disabled" }.to_owned();
    let allowed = |client: &ClientDetails| {
        let allowed = client.sign_in.allow_refresh_token;
        if allowed { "allowed" } else { "not allowed" }.to_owned()
    };
    let field =
        |name: &'static str, read: &dyn Fn(&ClientDetails) -> String| Change::between(name, &read(before), read(now));
    [
        field("Name", &|client| client.name.clone()),
        field("Allow Refresh Token", &allowed),
        field("Allowed Redirect URL(s)", &|client| {
            client.sign_in.redirect_urls.join(", ")
        }),
        field("Allowed Logout Redirect URL(s)", &|client| {
            client.sign_in.logout_redirect_urls.join(", ")
        }),
        field("Allowed CORS Origin(s)", &|client| {
            client.sign_in.cors_origins.join(", ")
        }),
        field("Token Lifetime", &|client| {
            format!("{} seconds", client.token_lifetime.seconds())
        }),
        field("Assigned Roles", &roles),
        field("Status", &status),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[cfg(test)]
mod tests {
    use domain::client::{ClientId, ClientKind};
    use domain::view::{SignInDetails, Stamp};

    use super::*;

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
        let changes: Vec<String> = client_changes(&client(), &now)
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(
            changes,
            [
                "Name is now “Shop”.",
                "Allowed Redirect URL(s) is now “https://a.example.com, https://b.example.com”.",
                "Status is now “Disabled”.",
            ]
        );
        let emptied: Vec<String> = client_changes(&now, &client())
            .iter()
            .map(ToString::to_string)
            .collect();
        assert!(emptied.contains(&"Allowed Redirect URL(s) is now empty.".to_owned()));
    }

    #[test]
    fn what_is_alike_is_not_named() {
        assert!(client_changes(&client(), &client()).is_empty());
    }
}
