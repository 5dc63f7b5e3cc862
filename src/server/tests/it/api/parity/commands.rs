//! What is commanded.

use domain::client::ClientId;
use domain::identity_list::Identity;
use domain::role::RoleId;
use domain::user::UserId;
use domain::view::Holders;
use reqwest::Method;
use serde_json::{Value, json};

use super::Things;

/// The function that is told of from the side of the role.
pub(super) const CHANGE_IDENTITIES: &str = "roles/change-identities";

/// A command, as it is given to each door.
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

/// Roles: what is right, and what is wrong in each way.
fn about_roles(things: &Things) -> Vec<Command> {
    let Things { role, viewer_role, .. } = things;
    let add = |name: &str, description: &str| {
        command(
            "roles/add",
            json!({ "form": { "name": name, "description": description } }),
            Method::POST,
            "Roles".to_owned(),
            json!({ "Name": name, "Description": description }),
        )
    };
    let edit = |id: &RoleId, name: &str| {
        command(
            "roles/edit",
            json!({ "id": id, "version": 1, "form": { "name": name, "description": "" } }),
            Method::PUT,
            format!("Roles/{id}"),
            json!({ "Name": name, "Description": "" }),
        )
    };
    let remove = |id: &RoleId| {
        command(
            "roles/remove",
            json!({ "id": id, "confirmed": Holders::default() }),
            Method::DELETE,
            format!("Roles/{id}"),
            Value::Null,
        )
    };
    vec![
        add("Éclair", "of the kitchen"),
        add("éCLAIR", ""),
        add("tenant viewer", ""),
        add("", ""),
        add(&"x".repeat(129), &"y".repeat(129)),
        edit(role, "  MyData.Reader "),
        edit(viewer_role, "Other"),
        edit(&RoleId(things.user.0), "Nobody's"),
        remove(viewer_role),
        remove(&RoleId(things.user.0)),
        remove(role),
    ]
}

/// Clients of all kinds.
fn about_clients(things: &Things) -> Vec<Command> {
    let Things {
        machine,
        member_role,
        viewer_role,
        ..
    } = things;
    let machines = "ClientCredentialClients";
    let add = |name: &str, lifetime: &str, expiration: &str| {
        let secret = json!({ "description": "gateway", "expiration": expiration });
        command(
            "clients/add",
            json!({ "form": {
                "kind": "ClientCredentials",
                "client": { "name": name, "token_lifetime": lifetime, "roles": [viewer_role] },
                "secret": secret,
            } }),
            Method::POST,
            machines.to_owned(),
            json!({
                "Name": name,
                "AccessTokenLifetime": lifetime.parse::<i64>().unwrap(),
                "RoleIds": [member_role, viewer_role],
                "SecretDescription": "gateway",
                "SecretExpirationDate": expiration,
            }),
        )
    };
    let edit = |id: &ClientId, name: &str, lifetime: i64| {
        command(
            "clients/edit",
            json!({ "id": id, "version": 1, "form": {
                "name": name, "token_lifetime": lifetime.to_string(), "roles": [viewer_role],
            } }),
            Method::PUT,
            format!("{machines}/{id}"),
            json!({ "Name": name, "AccessTokenLifetime": lifetime, "RoleIds": [member_role, viewer_role] }),
        )
    };
    let add_shop = |redirect: &[&str], origins: &[&str]| {
        command(
            "clients/add",
            json!({ "form": {
                "kind": "AuthorizationCode",
                "client": {
                    "name": "Orders", "token_lifetime": "900", "allow_refresh_token": true,
                    "redirect_urls": redirect, "cors_origins": origins,
                },
                "secret": { "description": "", "expiration": "" },
            } }),
            Method::POST,
            "AuthorizationCodeClients".to_owned(),
            json!({
                "Name": "Orders", "AccessTokenLifetime": 900, "AllowOfflineAccess": true,
                "RedirectUris": redirect, "AllowedCorsOrigins": origins,
            }),
        )
    };
    let next_year = "2027-11-21T10:30:00Z";
    let eleven: Vec<String> = (0..11).map(|n| format!("https://app{n}.example.com/")).collect();
    let eleven: Vec<&str> = eleven.iter().map(String::as_str).collect();
    vec![
        add("Valve", "60", next_year),
        add("Valve", "59", next_year),
        add("", "3601", next_year),
        add("Valve", "60", "2020-01-01T00:00:00Z"),
        edit(machine, "Pump station 8", 3600),
        edit(machine, "\u{7f}", 3600),
        edit(&ClientId(things.user.0), "Nobody's", 3600),
        add_shop(
            &["https://orders.example.com/callback"],
            &["https://orders.example.com"],
        ),
        add_shop(&[], &[]),
        add_shop(
            &["http://orders.example.com/callback"],
            &["https://orders.example.com/path"],
        ),
        add_shop(&eleven, &[]),
    ]
}

/// What clients may do, and how they go.
fn about_rights_of_clients(things: &Things) -> Vec<Command> {
    let Things {
        machine,
        shop,
        member_role,
        viewer_role,
        ..
    } = things;
    let machines = "ClientCredentialClients";
    let remove = |kind: &str, id: &ClientId| {
        command(
            "clients/remove",
            json!({ "id": id }),
            Method::DELETE,
            format!("{kind}/{id}"),
            Value::Null,
        )
    };
    let enable = |kind: &str, id: &ClientId, enabled: bool| {
        command(
            "clients/set-enabled",
            json!({ "id": id, "enabled": enabled }),
            Method::PUT,
            format!("{kind}/{id}"),
            json!({ "Enabled": enabled }),
        )
    };
    let hold = |held: bool| {
        let body = if held {
            json!([{ "Id": member_role }, { "Id": viewer_role }])
        } else {
            json!([{ "Id": member_role }])
        };
        let path = format!("{machines}/{machine}/Roles");
        change_identities(*viewer_role, Identity::Client(*machine), held, path, body)
    };
    vec![
        enable(machines, machine, false),
        enable(machines, machine, false),
        enable(machines, machine, true),
        enable("AuthorizationCodeClients", shop, false),
        enable(machines, &ClientId(things.user.0), false),
        hold(false),
        hold(true),
        remove(machines, &ClientId(things.user.0)),
        remove("AuthorizationCodeClients", shop),
        remove(machines, machine),
    ]
}

/// Secrets of a client.
fn about_secrets(things: &Things) -> Vec<Command> {
    let client = things.machine;
    let secrets = format!("ClientCredentialClients/{client}/Secrets");
    let add = |description: &str, expiration: &str| {
        command(
            "secrets/add",
            json!({ "client": client, "form": { "description": description, "expiration": expiration } }),
            Method::POST,
            secrets.clone(),
            json!({ "Description": description, "Expires": true, "Expiration": expiration }),
        )
    };
    let edit = |id: i32, description: &str| {
        command(
            "secrets/edit",
            json!({
                "client": client, "id": id, "version": 1,
                "form": { "description": description, "expiration": "", "never_expires": true },
            }),
            Method::PUT,
            format!("{secrets}/{id}"),
            json!({ "Description": description, "Expires": false }),
        )
    };
    let remove = |id: i32| {
        command(
            "secrets/remove",
            json!({ "client": client, "id": id }),
            Method::DELETE,
            format!("{secrets}/{id}"),
            Value::Null,
        )
    };
    let mut all = vec![
        add(&"x".repeat(129), "2027-11-21T10:30:00Z"),
        add("too late", "2020-01-01T00:00:00Z"),
        edit(1, "gateway"),
        edit(7, "nothing has this number"),
        remove(7),
        remove(1),
    ];
    all.extend((0..11).map(|n| add(&format!("number {n}"), "2027-11-21T10:30:00Z")));
    all
}

/// People.
fn about_users(things: &Things) -> Vec<Command> {
    let add = |name: &str, email: &str| {
        command(
            "users/invite",
            json!({ "form": { "name": name, "email": email } }),
            Method::POST,
            "Users".to_owned(),
            json!({ "Name": name, "Email": email }),
        )
    };
    let edit = |id: &UserId, name: &str, roles: &[RoleId]| {
        let all = [[things.member_role].as_slice(), roles].concat();
        command(
            "users/edit",
            json!({ "id": id, "version": 1, "form": { "name": name, "email": "bo@example.com", "roles": all } }),
            Method::PUT,
            format!("Users/{id}"),
            json!({ "Name": name, "Email": "bo@example.com", "RoleIds": all }),
        )
    };
    let remove = |id: &UserId| {
        command(
            "users/remove",
            json!({ "id": id }),
            Method::DELETE,
            format!("Users/{id}"),
            Value::Null,
        )
    };
    let hold = |held: bool| {
        let body = if held {
            json!([things.member_role, things.viewer_role])
        } else {
            json!([things.member_role])
        };
        let path = format!("Users/{}/Roles", things.user);
        change_identities(things.viewer_role, Identity::User(things.user), held, path, body)
    };
    vec![
        add("Cy", "cy@example.com"),
        add("Cy", "CY@example.com"),
        add("", "no address"),
        edit(&things.user, "Bob", &[things.viewer_role]),
        edit(&UserId(things.machine.0), "Nobody", &[]),
        hold(false),
        hold(true),
        remove(&UserId(things.machine.0)),
        remove(&things.user),
    ]
}

/// All of them.
pub(super) fn commands(things: &Things) -> Vec<Command> {
    let mut all = about_roles(things);
    // Removing the client comes last, so its secrets come first.
    all.extend(about_secrets(things));
    all.extend(about_clients(things));
    all.extend(about_rights_of_clients(things));
    all.extend(about_users(things));
    all
}
