use domain::user::UserId;
use domain::view::UserDetails;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use crate::functions::error::CallError;

/// All that can be shown of a person.
#[server(name = ReadUserDetails, endpoint = "users/details", input = Json)]
pub async fn user_details(id: UserId) -> Result<UserDetails, CallError> {
    use crate::functions::request::{Request, refuse};

    let Request { service, actor, tenant } = Request::read()?;
    service.user_details(&actor, tenant, id).await.map_err(refuse)
}
