//! The page and the API are doors to the same rooms: whatever is commanded through either one comes to the same, and is
//! refused with the same words.

mod commands;

use std::collections::BTreeSet;

use domain::add_client::AddClientForm;
use domain::client::{ClientId, ClientKind};
use domain::list::{ClientQuery, NameQuery};
use domain::role::{RoleId, RoleType};
use domain::role_form::RoleForm;
use domain::search::Search;
use domain::user::UserId;
use domain::user_form::UserForm;
use serde_json::{Value, json};
use service::Actor;
use store::testing::audit_trail;

use self::commands::{CHANGE_IDENTITIES, Command, commands};
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

/// Takes away who did it, under which id it is kept, and when it was used, which is stored later. The number of a secret
/// stays.
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
        "Shop".clone_into(&mut shop.client.name);
        shop.client.redirect_urls = vec!["https://shop.example.com/callback".to_owned()];
        Self {
            member_role: built_in(RoleType::TenantMember),
            viewer_role: built_in(RoleType::TenantViewer),
            role: service.add_role(&operator, tenant, None, &role).await.unwrap(),
            user: service.invite_user(&operator, tenant, None, &user).await.unwrap().id,
            machine: server.add_client().await.id,
            shop: server.add_client_to(tenant, &shop).await.id,
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
        let (of_page, of_api) = (page.deeds(page_before).await, api.deeds(api_before).await);
        if command.function == CHANGE_IDENTITIES {
            // One names the role that is given, the other whoever gets it.
            assert_eq!((of_page.len(), of_api.len()), (1, 1), "{what}");
        } else {
            assert_eq!(of_page, of_api, "{what}");
        }
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
