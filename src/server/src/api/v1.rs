//! The first and only version. Each resource has a file with its JSON and a folder with a file for each verb.

mod roles;
mod secrets;

use utoipa_axum::routes;

use super::collect::Api;

/// The kinds of clients that have secrets, as paths and operations name them.
const WITH_SECRETS: [&str; 2] = ["ClientCredentialClient", "HybridClient"];

/// Every operation that there is.
pub fn resources() -> Api {
    Api::default()
        .add(routes!(roles::list::list, roles::create::create))
        .add(routes!(roles::read::read, roles::update::update, roles::remove::remove))
        .add_for_each(WITH_SECRETS, routes!(secrets::list::list, secrets::create::create))
        .add_for_each(
            WITH_SECRETS,
            routes!(secrets::read::read, secrets::update::update, secrets::remove::remove),
        )
        .add_for_each(WITH_SECRETS, routes!(secrets::rotate::rotate))
}
