//! The first and only version. Each resource has a file with its JSON and a folder with a file for each verb.

mod roles;
mod users;

use utoipa_axum::routes;

use super::collect::Api;

/// Every operation that there is.
pub fn resources() -> Api {
    Api::default()
        .add(routes!(roles::list::list, roles::create::create))
        .add(routes!(roles::read::read, roles::update::update, roles::remove::remove))
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
