use domain::list::NameQuery;
use domain::view::{Page, UserRow};
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use crate::functions::error::CallError;

/// One page of the people of the person's tenant.
#[server(endpoint = "users/list", input = Json)]
pub async fn list_users(query: NameQuery) -> Result<Page<UserRow>, CallError> {
    use crate::functions::request::{Request, refuse};

    let Request { service, actor, tenant } = Request::read()?;
    service.list_users(&actor, tenant, &query).await.map_err(refuse)
}
