//! The first and only version. Each resource has a file with its JSON and a folder with a file for each verb.

mod audit;
mod namespaces;
mod roles;
mod tenant;

use utoipa_axum::routes;

use super::collect::Api;

/// Every operation that there is.
pub fn resources() -> Api {
    Api::default()
        .add(routes!(tenant::read))
        .add(routes!(namespaces::list))
        .add(routes!(audit::list))
        .add(routes!(roles::list::list, roles::create::create))
        .add(routes!(roles::read::read, roles::update::update, roles::remove::remove))
}
