//! What is commanded.

mod clients;
mod roles;
mod secrets;
mod users;

use domain::identity_list::Identity;
use domain::role::RoleId;
use reqwest::Method;
use serde_json::{Value, json};

use super::Things;

/// The function that is told of from the side of the role.
pub(super) const CHANGE_IDENTITIES: &str = "roles/change-identities";
/// A moment that is yet to come.
const NEXT_YEAR: &str = "2027-11-21T10:30:00Z";
/// One that is over.
const LONG_AGO: &str = "2020-01-01T00:00:00Z";

/// A command, as it is given to each door. A `version` among the arguments is the one that the change starts from.
pub(super) struct Command {
    pub function: &'static str,
    pub arguments: Value,
    pub method: Method,
    pub path: String,
    pub body: Value,
}

fn command(function: &'static str, arguments: Value, method: Method, path: String, body: Value) -> Command {
    Command {
        function,
        arguments,
        method,
        path,
        body,
    }
}

/// Gives a role to somebody or takes it: at the page from the side of the role, in the API from that of whoever has it.
fn change_identities(role: RoleId, identity: Identity, held: bool, path: String, body: Value) -> Command {
    let changes = if held {
        json!({ "give": [identity] })
    } else {
        json!({ "take": [identity] })
    };
    command(
        CHANGE_IDENTITIES,
        json!({ "role": role, "changes": changes }),
        Method::PUT,
        path,
        body,
    )
}

/// All of them.
pub(super) fn commands(things: &Things) -> Vec<Command> {
    let mut all = roles::commands(things);
    // Removing the clients comes last, so their secrets come first.
    all.extend(secrets::commands(things));
    all.extend(clients::commands(things));
    all.extend(users::commands(things));
    all
}
