//! Clients of all kinds.

use domain::client::{ClientId, ClientKind};
use domain::identity_list::Identity;
use reqwest::Method;
use serde_json::{Value, json};

use super::{Command, LONG_AGO, NEXT_YEAR, change_identities, command};
use crate::api::clients::collection;
use crate::api::parity::Things;

const CALLBACK: &str = "https://orders.example.com/callback";
const NATIVE: &str = "http://127.0.0.1/callback";
const SIGNED_OUT: &str = "https://orders.example.com/signed-out";
const ORIGIN: &str = "https://orders.example.com";
const ANOTHER: &str = "https://shop.example.com:8443";

/// What a client is to be, as each door is told.
struct Settings {
    page: Value,
    api: Value,
}

/// What one that calls for itself is to be. Programs name the role that everybody has, too.
fn machine(things: &Things, name: &str, lifetime: i64) -> Settings {
    let Things {
        member_role,
        viewer_role,
        ..
    } = things;
    Settings {
        page: json!({ "name": name, "token_lifetime": lifetime.to_string(), "roles": [viewer_role] }),
        api: json!({ "Name": name, "AccessTokenLifetime": lifetime, "RoleIds": [member_role, viewer_role] }),
    }
}

/// What one that signs people in is to be: where it sends them, and whose pages may call. Both doors are told origins of a
/// hybrid client, too, which has none.
fn orders(refresh: bool, [redirect, logout, origins]: [&[&str]; 3]) -> Settings {
    Settings {
        page: json!({
            "name": "Orders", "token_lifetime": "900", "allow_refresh_token": refresh,
            "redirect_urls": redirect, "logout_redirect_urls": logout, "cors_origins": origins,
        }),
        api: json!({
            "Name": "Orders", "AccessTokenLifetime": 900, "AllowOfflineAccess": refresh,
            "RedirectUris": redirect, "PostLogoutRedirectUris": logout, "AllowedCorsOrigins": origins,
        }),
    }
}

/// Without an expiration its secret never expires.
fn add(kind: ClientKind, settings: Settings, expiration: Option<&str>) -> Command {
    let secret = json!({
        "description": "gateway",
        "expiration": expiration.unwrap_or_default(),
        "never_expires": expiration.is_none(),
    });
    let mut body = settings.api;
    body["SecretDescription"] = json!("gateway");
    body["SecretExpirationDate"] = json!(expiration);
    command(
        "clients/add",
        json!({ "form": { "kind": kind, "client": settings.page, "secret": secret } }),
        Method::POST,
        collection(kind).to_owned(),
        body,
    )
}

fn edit(kind: ClientKind, id: ClientId, version: i64, settings: Settings) -> Command {
    command(
        "clients/edit",
        json!({ "id": id, "version": version, "form": settings.page }),
        Method::PUT,
        format!("{}/{id}", collection(kind)),
        settings.api,
    )
}

fn enable(kind: ClientKind, id: ClientId, enabled: bool) -> Command {
    command(
        "clients/set-enabled",
        json!({ "id": id, "enabled": enabled }),
        Method::PUT,
        format!("{}/{id}", collection(kind)),
        json!({ "Enabled": enabled }),
    )
}

fn remove(kind: ClientKind, id: ClientId) -> Command {
    command(
        "clients/remove",
        json!({ "id": id }),
        Method::DELETE,
        format!("{}/{id}", collection(kind)),
        Value::Null,
    )
}

/// Clients that call for themselves.
fn about_machines(things: &Things) -> Vec<Command> {
    let (kind, id) = (ClientKind::ClientCredentials, things.machine);
    let machine = |name: &str, lifetime: i64| machine(things, name, lifetime);
    vec![
        add(kind, machine("Valve", 60), Some(NEXT_YEAR)),
        add(kind, machine("Valve", 60), None),
        add(kind, machine("Valve", 59), Some(NEXT_YEAR)),
        add(kind, machine("", 3601), Some(NEXT_YEAR)),
        add(kind, machine("Valve", 60), Some(LONG_AGO)),
        edit(kind, id, 1, machine("Pump station 8", 3600)),
        edit(kind, id, 1, machine("Late", 3600)),
        edit(kind, id, 2, machine("\u{7f}", 3600)),
        edit(kind, ClientId(things.user.0), 1, machine("Nobody's", 3600)),
    ]
}

/// Clients that sign people in, of either kind.
fn about_applications(kind: ClientKind, id: ClientId) -> Vec<Command> {
    let eleven: Vec<String> = (0..11).map(|n| format!("https://app{n}.example.com/")).collect();
    let eleven: Vec<&str> = eleven.iter().map(String::as_str).collect();
    let eleven = eleven.as_slice();
    vec![
        add(kind, orders(true, [&[CALLBACK], &[], &[ORIGIN]]), None),
        add(kind, orders(true, [&[CALLBACK], &[], &[]]), Some(LONG_AGO)),
        add(kind, orders(true, [&[], &[], &[]]), None),
        add(
            kind,
            orders(
                true,
                [
                    &["http://orders.example.com/callback"],
                    &[],
                    &["https://orders.example.com/path"],
                ],
            ),
            None,
        ),
        add(kind, orders(true, [eleven, &[], &[]]), Some(NEXT_YEAR)),
        edit(
            kind,
            id,
            1,
            orders(true, [&[CALLBACK, NATIVE], &[SIGNED_OUT], &[ORIGIN, ANOTHER]]),
        ),
        edit(kind, id, 1, orders(false, [&[CALLBACK], &[], &[]])),
        edit(kind, id, 2, orders(true, [&[], &[], &[]])),
        edit(kind, id, 2, orders(true, [eleven, eleven, eleven])),
        edit(
            kind,
            id,
            2,
            orders(true, [&[CALLBACK, CALLBACK], &[SIGNED_OUT], &[ORIGIN, ORIGIN]]),
        ),
        edit(kind, id, 2, orders(false, [&[CALLBACK], &[], &[]])),
    ]
}

pub(super) fn commands(things: &Things) -> Vec<Command> {
    let machines = ClientKind::ClientCredentials;
    let Things {
        machine,
        shop,
        portal,
        member_role,
        viewer_role,
        ..
    } = things;
    let nobody = ClientId(things.user.0);
    let hold = |held: bool| {
        let body = if held {
            json!([{ "Id": member_role }, { "Id": viewer_role }])
        } else {
            json!([{ "Id": member_role }])
        };
        let path = format!("{}/{machine}/Roles", collection(machines));
        change_identities(*viewer_role, Identity::Client(*machine), held, path, body)
    };
    let mut all = about_machines(things);
    all.extend(about_applications(ClientKind::AuthorizationCode, *shop));
    all.extend(about_applications(ClientKind::Hybrid, *portal));
    all.extend([hold(false), hold(true)]);
    all.extend([enable(machines, nobody, false), remove(machines, nobody)]);
    for (kind, id) in [
        (machines, *machine),
        (ClientKind::AuthorizationCode, *shop),
        (ClientKind::Hybrid, *portal),
    ] {
        all.extend([false, false, true].map(|enabled| enable(kind, id, enabled)));
        all.push(remove(kind, id));
    }
    all
}
