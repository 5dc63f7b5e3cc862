use domain::user::UserId;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use crate::functions::error::CallError;

/// Lets a person sign in, or not.
#[server(endpoint = "users/set-enabled", input = Json)]
pub async fn set_user_enabled(id: UserId, enabled: bool) -> Result<(), CallError> {
    use crate::functions::request::{Request, refuse};

    let Request { service, actor, tenant } = Request::read()?;
    service
        .set_user_enabled(&actor, tenant, id, enabled)
        .await
        .map_err(refuse)
}
