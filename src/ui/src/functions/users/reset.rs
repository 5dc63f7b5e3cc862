use domain::user::UserId;
use domain::view::PasswordLink;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use crate::functions::error::CallError;

/// Takes a person's password away. The answer is the only one that holds the link for another one.
#[server(endpoint = "users/reset", input = Json)]
pub async fn reset_user(id: UserId) -> Result<PasswordLink, CallError> {
    use crate::functions::request::{Request, refuse};

    let Request { service, actor, tenant } = Request::read()?;
    service.reset_user(&actor, tenant, id).await.map_err(refuse)
}
