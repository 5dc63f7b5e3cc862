//! Secrets of both kinds of clients that have them.

use domain::client::{ClientId, ClientKind};
use reqwest::Method;
use serde_json::{Value, json};

use super::{Command, LONG_AGO, NEXT_YEAR, command};
use crate::api::clients::collection;
use crate::api::parity::Things;

/// A client and where its secrets are.
struct Secrets {
    client: ClientId,
    path: String,
}

impl Secrets {
    fn add(&self, description: &str, expiration: &str) -> Command {
        command(
            "secrets/add",
            json!({ "client": self.client, "form": { "description": description, "expiration": expiration } }),
            Method::POST,
            self.path.clone(),
            json!({ "Description": description, "Expires": true, "Expiration": expiration }),
        )
    }

    /// Without an expiration it never expires.
    fn edit(&self, id: i32, version: i64, expiration: Option<&str>) -> Command {
        let form = json!({
            "description": "gateway",
            "expiration": expiration.unwrap_or_default(),
            "never_expires": expiration.is_none(),
        });
        command(
            "secrets/edit",
            json!({ "client": self.client, "id": id, "version": version, "form": form }),
            Method::PUT,
            format!("{}/{id}", self.path),
            json!({ "Description": "gateway", "Expires": expiration.is_some(), "Expiration": expiration }),
        )
    }

    fn remove(&self, id: i32) -> Command {
        command(
            "secrets/remove",
            json!({ "client": self.client, "id": id }),
            Method::DELETE,
            format!("{}/{id}", self.path),
            Value::Null,
        )
    }

    /// The first one has the number 1, and there is none with the number 7.
    fn commands(&self) -> Vec<Command> {
        let mut all = vec![
            self.add(&"x".repeat(129), NEXT_YEAR),
            self.add("too late", LONG_AGO),
            self.edit(1, 1, None),
            self.edit(1, 1, Some(NEXT_YEAR)),
            self.edit(1, 2, Some(NEXT_YEAR)),
            self.edit(1, 3, Some(LONG_AGO)),
            self.edit(7, 1, None),
            self.remove(7),
            self.remove(1),
        ];
        // One more than a client may have.
        all.extend((0..11).map(|n| self.add(&format!("number {n}"), NEXT_YEAR)));
        all
    }
}

pub(super) fn commands(things: &Things) -> Vec<Command> {
    let owners = [
        (ClientKind::ClientCredentials, things.machine),
        (ClientKind::Hybrid, things.portal),
    ];
    let secrets = owners.map(|(kind, client)| Secrets {
        client,
        path: format!("{}/{client}/Secrets", collection(kind)),
    });
    secrets.iter().flat_map(Secrets::commands).collect()
}
