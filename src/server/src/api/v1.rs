//! The first and only version. Each resource has a file with its JSON and a folder with a file for each verb.

mod audit;
mod clients;
mod namespaces;
mod roles;
mod secrets;
mod tenant;
mod users;

use axum::extract::DefaultBodyLimit;
use service::Service;
use utoipa_axum::router::UtoipaMethodRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::collect::Api;

/// The most bytes of a request that brings many things at once.
const MAX_BULK: usize = 1024 * 1024;
/// The kinds of clients that have secrets, as paths and operations name them.
const WITH_SECRETS: [&str; 2] = ["ClientCredentialClient", "HybridClient"];

/// Every operation that there is.
pub fn resources() -> Api {
    Api::default()
        .add(routes!(tenant::read))
        .add(routes!(namespaces::list))
        .add(routes!(audit::list))
        .add(routes!(roles::list::list, roles::create::create))
        .add(routes!(roles::read::read, roles::update::update, roles::remove::remove))
        .add(routes!(
            clients::list::client_credential,
            clients::create::client_credential
        ))
        .add(in_bulk(routes!(clients::import::import)))
        .add(routes!(clients::export::export))
        .add(routes!(
            clients::read::client_credential,
            clients::update::client_credential,
            clients::remove::client_credential
        ))
        .add(routes!(
            clients::roles::list_client_credential,
            clients::roles::update_client_credential
        ))
        .add(routes!(clients::roles::list_client, clients::roles::update_client))
        .add(routes!(
            clients::list::authorization_code,
            clients::create::authorization_code
        ))
        .add(routes!(
            clients::read::authorization_code,
            clients::update::authorization_code,
            clients::remove::authorization_code
        ))
        .add(routes!(clients::list::hybrid, clients::create::hybrid))
        .add(routes!(
            clients::read::hybrid,
            clients::update::hybrid,
            clients::remove::hybrid
        ))
        .add_for_each(WITH_SECRETS, routes!(secrets::list::list, secrets::create::create))
        .add_for_each(
            WITH_SECRETS,
            routes!(secrets::read::read, secrets::update::update, secrets::remove::remove),
        )
        .add_for_each(WITH_SECRETS, routes!(secrets::rotate::rotate))
        .add(routes!(roles::users::users))
        .add(routes!(roles::clients::clients))
        .add(routes!(users::list::list, users::create::create))
        .add(routes!(
            users::read::read,
            users::get_or_create::get_or_create,
            users::update::update,
            users::remove::remove
        ))
        .add(routes!(
            users::read_roles::read_roles,
            users::update_roles::update_roles
        ))
        .add(routes!(
            users::read_preferences::read_preferences,
            users::update_preferences::update_preferences
        ))
}

/// The id that was chosen for something new. Programs that choose none may send one of zeros.
fn chosen(id: Option<Uuid>) -> Option<Uuid> {
    id.filter(|id| !id.is_nil())
}

/// Operations whose requests bring many things at once, and may be longer than others.
fn in_bulk((schemas, paths, methods): UtoipaMethodRouter<Service>) -> UtoipaMethodRouter<Service> {
    (schemas, paths, methods.layer(DefaultBodyLimit::max(MAX_BULK)))
}
