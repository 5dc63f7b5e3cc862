//! People.

use domain::identity_list::Identity;
use domain::role::RoleId;
use domain::user::UserId;
use reqwest::Method;
use serde_json::{Value, json};

use super::{Command, change_identities, command};
use crate::api::parity::Things;
use crate::story::ADMINISTRATOR;

fn add(name: &str, email: &str) -> Command {
    command(
        "users/invite",
        json!({ "form": { "name": name, "email": email } }),
        Method::POST,
        "Users".to_owned(),
        json!({ "Name": name, "Email": email }),
    )
}

fn edit(id: UserId, version: i64, [name, email]: [&str; 2], roles: &[RoleId]) -> Command {
    command(
        "users/edit",
        json!({ "id": id, "version": version, "form": { "name": name, "email": email, "roles": roles } }),
        Method::PUT,
        format!("Users/{id}"),
        json!({ "Name": name, "Email": email, "RoleIds": roles }),
    )
}

fn remove(id: UserId) -> Command {
    command(
        "users/remove",
        json!({ "id": id }),
        Method::DELETE,
        format!("Users/{id}"),
        Value::Null,
    )
}

/// Gives a role to a person, beside the one that everybody has, or takes it.
fn hold(things: &Things, id: UserId, role: RoleId, held: bool) -> Command {
    let mut roles = vec![things.member_role];
    roles.extend(held.then_some(role));
    change_identities(
        role,
        Identity::User(id),
        held,
        format!("Users/{id}/Roles"),
        json!(roles),
    )
}

pub(super) fn commands(things: &Things) -> Vec<Command> {
    let (bo, oneself, nobody) = (things.user, things.administrator, UserId(things.machine.0));
    let (member, viewer) = (things.member_role, things.viewer_role);
    let mut all = vec![
        add("Cy", "cy@example.com"),
        add("Cy", "CY@example.com"),
        add("", "no address"),
        edit(bo, 1, ["Bob", "bo@example.com"], &[member, viewer]),
        edit(bo, 1, ["Late", "bo@example.com"], &[member]),
        edit(bo, 2, ["Bob", "CY@example.com"], &[member]),
        edit(bo, 2, ["", "bo"], &[member]),
        edit(bo, 2, ["Bob", "bo@example.com"], &[RoleId(bo.0)]),
        edit(nobody, 1, ["Nobody", "bo@example.com"], &[member]),
        hold(things, bo, viewer, false),
        hold(things, bo, viewer, true),
    ];
    // The last administrator is the one who asks: nobody else could.
    all.extend([
        edit(oneself, 1, ["Ada", ADMINISTRATOR], &[member]),
        hold(things, oneself, things.administrator_role, false),
        remove(oneself),
    ]);
    all.extend([remove(nobody), remove(bo)]);
    all
}
