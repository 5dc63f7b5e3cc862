//! Roles: what is right, and what is wrong in each way.

use domain::role::RoleId;
use domain::view::Holders;
use reqwest::Method;
use serde_json::{Value, json};

use super::{Command, command};
use crate::api::parity::Things;

fn add(name: &str, description: &str) -> Command {
    command(
        "roles/add",
        json!({ "form": { "name": name, "description": description } }),
        Method::POST,
        "Roles".to_owned(),
        json!({ "Name": name, "Description": description }),
    )
}

fn edit(id: RoleId, version: i64, name: &str) -> Command {
    command(
        "roles/edit",
        json!({ "id": id, "version": version, "form": { "name": name, "description": "" } }),
        Method::PUT,
        format!("Roles/{id}"),
        json!({ "Name": name, "Description": "" }),
    )
}

fn remove(id: RoleId) -> Command {
    command(
        "roles/remove",
        json!({ "id": id, "confirmed": Holders::default() }),
        Method::DELETE,
        format!("Roles/{id}"),
        Value::Null,
    )
}

pub(super) fn commands(things: &Things) -> Vec<Command> {
    let (role, built_in, none) = (things.role, things.viewer_role, RoleId(things.user.0));
    vec![
        add("Éclair", "of the kitchen"),
        add("éCLAIR", ""),
        add("tenant viewer", ""),
        add("", ""),
        add(&"x".repeat(129), &"y".repeat(129)),
        edit(role, 1, "  MyData.Reader "),
        edit(role, 1, "Late"),
        edit(role, 2, "tenant viewer"),
        edit(role, 2, ""),
        edit(built_in, 1, "Other"),
        edit(none, 1, "Nobody's"),
        remove(built_in),
        remove(none),
        remove(role),
    ]
}
