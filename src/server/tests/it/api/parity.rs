//! The page and the API are doors to the same rooms: whatever is commanded through either one comes to the same, and is
//! refused with the same words.

use std::collections::BTreeSet;

use domain::add_client::AddClientForm;
use domain::client::{ClientId, ClientKind};
use domain::list::{ClientQuery, NameQuery};
use domain::role::{RoleId, RoleType};
use domain::role_form::RoleForm;
use domain::search::Search;
use domain::user::UserId;
use domain::user_form::UserForm;
use domain::view::Holders;
use reqwest::Method;
use serde_json::{Value, json};
use service::Actor;
use store::testing::audit_trail;

use super::Api;
use crate::http::{Answer, send};
use crate::server::TestServer;
use crate::story::client_form;

/// A server with all that is commanded about. Two of them are equal, ids included: those count from the same start.
struct Side {
    api: Api,
    administrator: String,
    member: String,
    things: Things,
}

#[derive(Debug, PartialEq)]
struct Things {
    member_role: RoleId,
    viewer_role: RoleId,
    role: RoleId,
    user: UserId,
    machine: ClientId,
    shop: ClientId,
}

impl Side {
    async fn new() -> Self {
        let api = Api::start().await;
        let things = Things::new(&api.server).await;
        Self {
            administrator: api.server.administrator().await,
            member: api.server.member().await,
            api,
            things,
        }
    }

    fn server(&self) -> &TestServer {
        &self.api.server
    }

    /// What there is, as it can be seen, without what differs from one making to the next.
    async fn picture(&self) -> Value {
        let (service, tenant, operator) = (&self.server().service, self.server().tenant, Actor::CommandLine);
        let roles = service
            .find_roles(&operator, tenant, &Search::default(), None)
            .await
            .unwrap();
        let roles: Vec<Value> = roles
            .rows
            .iter()
            .map(|row| json!([row.role.name, row.description]))
            .collect();
        let mut clients = Vec::new();
        for kind in ClientKind::ALL {
            let query = ClientQuery {
                kind,
                ..ClientQuery::default()
            };
            for row in service.list_clients(&operator, tenant, &query).await.unwrap().rows {
                clients.push(service.client_details(&operator, tenant, row.id).await.unwrap());
            }
        }
        let mut users = Vec::new();
        let query = NameQuery::default();
        for row in service.list_users(&operator, tenant, &query).await.unwrap().rows {
            users.push(service.user_details(&operator, tenant, row.id).await.unwrap());
        }
        let mut picture = json!({ "roles": roles, "clients": clients, "users": users });
        forget(&mut picture);
        picture
    }

    /// What was done since so many events, and to what.
    async fn deeds(&self, before: usize) -> Vec<(String, Option<String>)> {
        let trail = audit_trail(&self.server().database.database).await;
        let new = trail.into_iter().skip(before);
        new.map(|(action, _, target)| (action, target)).collect()
    }

    async fn count(&self) -> usize {
        audit_trail(&self.server().database.database).await.len()
    }
}

/// Takes away who did it, under which id it is kept, and when it was used, which is stored later. The number of a secret stays.
fn forget(value: &mut Value) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(forget),
        Value::Object(fields) => {
            fields.remove("by");
            fields.remove("last_used");
            if fields.get("id").is_some_and(Value::is_string) {
                fields.remove("id");
            }
            fields.values_mut().for_each(forget);
        }
        _ => {}
    }
}

impl Things {
    async fn new(server: &TestServer) -> Self {
        let (service, tenant, operator) = (&server.service, server.tenant, Actor::CommandLine);
        let offered = service.offered_roles(&operator, tenant).await.unwrap();
        let built_in = |role_type| {
            let found = offered.iter().find(|role| role.role_type == Some(role_type));
            found.unwrap().id
        };
        let role = RoleForm {
            name: "MyData.Role".to_owned(),
            ..RoleForm::default()
        };
        let user = UserForm {
            name: "Bo".to_owned(),
            email: "bo@example.com".to_owned(),
            ..UserForm::default()
        };
        let mut shop = AddClientForm {
            kind: ClientKind::AuthorizationCode,
            ..client_form()
        };
        shop.client.name = "Shop".to_owned();
        shop.client.redirect_urls = vec!["https://shop.example.com/callback".to_owned()];
        Self {
            member_role: built_in(RoleType::TenantMember),
            viewer_role: built_in(RoleType::TenantViewer),
            role: service.add_role(&operator, tenant, None, &role).await.unwrap(),
            user: service.invite_user(&operator, tenant, &user).await.unwrap().id,
            machine: server.add_client().await.id,
            shop: server.add_client_to(tenant, &shop).await.id,
        }
    }
}

/// A command, as it is given to each door.
struct Command {
    function: &'static str,
    arguments: Value,
    method: Method,
    path: String,
    body: Value,
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

/// How a command ended.
#[derive(Debug, PartialEq)]
enum End {
    Done,
    Forbidden,
    NotThere,
    Conflict,
    /// With these sentences.
    Refused(BTreeSet<String>),
}

/// How it ended at the page's door.
fn end_of_call(answer: &Answer) -> End {
    match answer.status.as_u16() {
        200 => End::Done,
        403 => End::Forbidden,
        404 => End::NotThere,
        409 => End::Conflict,
        422 => match answer.json() {
            Value::Object(error) if error.contains_key("Invalid") => {
                let errors = error["Invalid"].as_array().unwrap().iter();
                End::Refused(errors.map(|error| text(&error["message"])).collect())
            }
            error => End::Refused(BTreeSet::from([text(&error["Refused"])])),
        },
        _ => panic!("{}: {}", answer.status, answer.body),
    }
}

/// How it ended at the API's door.
fn end_of_request(answer: &Answer) -> End {
    match answer.status.as_u16() {
        200 | 201 | 204 => End::Done,
        403 => End::Forbidden,
        404 => End::NotThere,
        409 | 412 => End::Conflict,
        400 => {
            let error = answer.json();
            match error.get("DynamicProperties") {
                Some(fields) => End::Refused(fields.as_object().unwrap().values().map(text).collect()),
                None => End::Refused(BTreeSet::from([text(&error["Reason"])])),
            }
        }
        _ => panic!("{}: {}", answer.status, answer.body),
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
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
        shop,
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
    let remove = |kind: &str, id: &ClientId| {
        command(
            "clients/remove",
            json!({ "id": id }),
            Method::DELETE,
            format!("{kind}/{id}"),
            Value::Null,
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
    vec![
        add("Cy", "cy@example.com"),
        add("Cy", "CY@example.com"),
        add("", "no address"),
        edit(&things.user, "Bob", &[things.viewer_role]),
        edit(&UserId(things.machine.0), "Nobody", &[]),
        remove(&UserId(things.machine.0)),
        remove(&things.user),
    ]
}

fn commands(things: &Things) -> Vec<Command> {
    let mut all = about_roles(things);
    // Removing the client comes last, so its secrets come first.
    all.extend(about_secrets(things));
    all.extend(about_clients(things));
    all.extend(about_users(things));
    all
}

async fn request(side: &Side, token: &str, command: &Command) -> Answer {
    let request = side.api.request(token, command.method.clone(), &command.path);
    send(if command.body.is_null() {
        request
    } else {
        request.json(&command.body)
    })
    .await
}

#[tokio::test]
async fn both_doors_come_to_the_same() {
    let (page, api) = (Side::new().await, Side::new().await);
    assert_eq!(page.things, api.things, "the two begin alike");
    let (mut done, mut refused) = (0, 0);
    for command in commands(&page.things) {
        let what = format!("{} {}", command.function, command.arguments);
        let (page_before, api_before) = (page.count().await, api.count().await);
        let called = page
            .server()
            .call(command.function, &page.administrator, &command.arguments)
            .await;
        let requested = request(&api, &api.api.administrator, &command).await;
        let end = end_of_call(&called);
        assert_eq!(
            end,
            end_of_request(&requested),
            "{what}\n{}\n{}",
            called.body,
            requested.body
        );
        if end == End::Done {
            done += 1;
        } else {
            refused += 1;
        }
        assert_eq!(page.deeds(page_before).await, api.deeds(api_before).await, "{what}");
        assert_eq!(page.picture().await, api.picture().await, "{what}");
    }
    assert!(done > 15 && refused > 20, "{done} done, {refused} refused");
}

#[tokio::test]
async fn both_doors_refuse_a_member() {
    let side = Side::new().await;
    let before = side.picture().await;
    for command in commands(&side.things) {
        let called = side
            .server()
            .call(command.function, &side.member, &command.arguments)
            .await;
        assert_eq!(end_of_call(&called), End::Forbidden, "{}", command.function);
        let requested = request(&side, &side.api.member, &command).await;
        assert_eq!(
            end_of_request(&requested),
            End::Forbidden,
            "{} {}",
            command.method,
            command.path
        );
    }
    assert_eq!(side.picture().await, before);
}
