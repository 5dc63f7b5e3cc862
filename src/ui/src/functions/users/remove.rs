use domain::user::UserId;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use crate::functions::error::CallError;

/// Removes a person.
#[server(endpoint = "users/remove", input = Json)]
pub async fn remove_user(id: UserId) -> Result<(), CallError> {
    use crate::functions::request::{Request, refuse};

    let Request { service, actor, tenant } = Request::read()?;
    service.remove_user(&actor, tenant, id, None).await.map_err(refuse)
}
