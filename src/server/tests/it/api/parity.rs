//! The page and the API are doors to the same rooms: whatever is commanded through either one comes to the same, and is
//! refused with the same words.

mod commands;

use std::collections::BTreeSet;

use domain::add_client::AddClientForm;
use domain::client::{ClientId, ClientKind, MAX_CLIENTS};
use domain::list::{ClientQuery, NameQuery};
use domain::role::{RoleId, RoleType};
use domain::role_form::RoleForm;
use domain::search::Search;
use domain::user::UserId;
use domain::user_form::UserForm;
use reqwest::header::IF_MATCH;
use serde_json::{Value, json};
use service::Actor;
use store::clients::testing::set_counted;
use store::testing::audit_trail;

use self::commands::{CHANGE_IDENTITIES, Command, commands};
use super::Api;
use crate::application::api_token;
use crate::functions::CHANGING;
use crate::http::{Answer, send};
use crate::server::TestServer;
use crate::story::client_form;

/// What the page alone can change, and why.
const ALONE: [(&str, &str); 2] = [
    (
        "users/set-enabled",
        "the API has no such state of a person, as the original has none",
    ),
    (
        "users/reset",
        "the API tells a person's one-time link only when it adds them",
    ),
];

/// A server with all that is commanded about. Two of them are equal, ids included: those count from the same start.
struct Side {
    api: Api,
    /// The cookies of Ada, who commands.
    administrator: String,
    /// Her token.
    token: String,
    /// The cookies of somebody who is only a member.
    member: String,
    things: Things,
}

#[derive(Debug, PartialEq)]
struct Things {
    member_role: RoleId,
    viewer_role: RoleId,
    administrator_role: RoleId,
    role: RoleId,
    user: UserId,
    administrator: UserId,
    machine: ClientId,
    shop: ClientId,
    portal: ClientId,
}

impl Side {
    async fn new() -> Self {
        let api = Api::start().await;
        let administrator = api.server.administrator().await;
        Self {
            token: api_token(&api.server, api.server.tenant, &administrator).await,
            administrator,
            member: api.server.member().await,
            things: Things::new(&api.server).await,
            api,
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

    /// What was done since so many events, by whom and to what.
    async fn deeds(&self, before: usize) -> Vec<(String, String, Option<String>)> {
        let trail = audit_trail(&self.server().database.database).await;
        trail.into_iter().skip(before).collect()
    }

    async fn count(&self) -> usize {
        audit_trail(&self.server().database.database).await.len()
    }
}

/// Takes away under which id something is kept, and when it was used, which is stored later. The number of a secret stays.
fn forget(value: &mut Value) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(forget),
        Value::Object(fields) => {
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
        let application = |kind, name: &str| {
            let mut form = AddClientForm { kind, ..client_form() };
            name.clone_into(&mut form.client.name);
            form.client.redirect_urls = vec!["https://shop.example.com/callback".to_owned()];
            form
        };
        let shop = application(ClientKind::AuthorizationCode, "Shop");
        let portal = application(ClientKind::Hybrid, "Portal");
        Self {
            member_role: built_in(RoleType::TenantMember),
            viewer_role: built_in(RoleType::TenantViewer),
            administrator_role: built_in(RoleType::TenantAdministrator),
            role: service.add_role(&operator, tenant, None, &role).await.unwrap(),
            user: service.invite_user(&operator, tenant, None, &user).await.unwrap().id,
            administrator: server.person("Ada").await,
            machine: server.add_client().await.id,
            shop: server.add_client_to(tenant, &shop).await.id,
            portal: server.add_client_to(tenant, &portal).await.id,
        }
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
    let status = answer.status.as_u16();
    match status {
        200 | 201 | 204 => End::Done,
        403 => End::Forbidden,
        404 => End::NotThere,
        400 | 409 | 412 => {
            let error = answer.json();
            match error.get("DynamicProperties") {
                Some(fields) => End::Refused(fields.as_object().unwrap().values().map(text).collect()),
                None if status == 400 => {
                    // The page says both at once.
                    let sentences = [text(&error["Reason"]), text(&error["Resolution"])];
                    End::Refused(BTreeSet::from([sentences.join(" ")]))
                }
                None => End::Conflict,
            }
        }
        _ => panic!("{}: {}", answer.status, answer.body),
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}

async fn request(side: &Side, token: &str, command: &Command) -> Answer {
    let mut request = side.api.request(token, command.method.clone(), &command.path);
    // A page sends the version that its change started from beside the rest, a program in a header.
    if let Some(version) = command.arguments.get("version") {
        request = request.header(IF_MATCH, format!("\"{version}\""));
    }
    send(if command.body.is_null() {
        request
    } else {
        request.json(&command.body)
    })
    .await
}

/// Gives a command to one server through its page and to the other through its API; answers how it ended at both.
async fn give(command: &Command, page: &Side, api: &Side) -> End {
    let Command {
        function, arguments, ..
    } = command;
    let called = page.server().call(function, &page.administrator, arguments).await;
    let requested = request(api, &api.token, command).await;
    let end = end_of_call(&called);
    assert_eq!(
        end,
        end_of_request(&requested),
        "{function} {arguments}\n{}\n{}",
        called.body,
        requested.body
    );
    end
}

#[tokio::test]
async fn every_change_of_the_page_is_commanded_through_both_doors() {
    let commands = commands(&Side::new().await.things);
    let given: BTreeSet<&str> = commands.iter().map(|command| command.function).collect();
    for (function, why) in ALONE {
        assert!(!given.contains(function), "{function}: {why}");
    }
    let alone = ALONE.map(|(function, _)| function);
    for function in CHANGING {
        assert!(given.contains(function) || alone.contains(&function), "{function}");
    }
}

#[tokio::test]
async fn both_doors_come_to_the_same() {
    let (page, api) = (Side::new().await, Side::new().await);
    assert_eq!(page.things, api.things, "the two begin alike");
    let (mut done, mut late) = (BTreeSet::new(), BTreeSet::new());
    for command in commands(&page.things) {
        let what = format!("{} {}", command.function, command.arguments);
        let (page_before, api_before) = (page.count().await, api.count().await);
        let end = give(&command, &page, &api).await;
        let (of_page, of_api) = (page.deeds(page_before).await, api.deeds(api_before).await);
        if command.function == CHANGE_IDENTITIES && end == End::Done {
            // One names the role that is given, the other whoever gets it.
            assert_eq!((of_page.len(), of_api.len()), (1, 1), "{what}");
        } else {
            assert_eq!(of_page, of_api, "{what}");
        }
        assert_eq!(page.picture().await, api.picture().await, "{what}");
        match end {
            End::Done => done.insert(command.function),
            End::Conflict => late.insert(command.function),
            _ => false,
        };
    }
    assert_eq!(done.len() + ALONE.len(), CHANGING.len(), "{done:?}");
    let edits = ["clients/edit", "roles/edit", "secrets/edit", "users/edit"];
    assert_eq!(late, BTreeSet::from(edits), "these start from a version");
}

#[tokio::test]
async fn both_doors_keep_the_limit_of_clients() {
    let (page, api) = (Side::new().await, Side::new().await);
    for side in [&page, &api] {
        set_counted(&side.server().database.database, side.server().tenant, MAX_CLIENTS).await;
    }
    let before = page.picture().await;
    let limit = "This tenant has 50,000 clients, and may not have more. Remove one first.";
    let limit = End::Refused(BTreeSet::from([limit.to_owned()]));
    let mut kept = 0;
    let adding = commands(&page.things).into_iter();
    for command in adding.filter(|command| command.function == "clients/add") {
        let end = give(&command, &page, &api).await;
        assert!(matches!(end, End::Refused(_)), "{end:?}");
        kept += usize::from(end == limit);
    }
    assert!(kept >= ClientKind::ALL.len(), "{kept}");
    assert_eq!((page.picture().await, api.picture().await), (before.clone(), before));
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
