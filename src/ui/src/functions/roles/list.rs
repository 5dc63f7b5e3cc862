use domain::list::NameQuery;
use domain::view::{Page, RoleRow};
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use crate::functions::error::CallError;

/// One page of the roles of the person's tenant.
#[server(endpoint = "roles/list", input = Json)]
pub async fn list_roles(query: NameQuery) -> Result<Page<RoleRow>, CallError> {
    use crate::functions::request::{Request, refuse};

    let Request { service, actor, tenant } = Request::read()?;
    service.list_roles(&actor, tenant, &query).await.map_err(refuse)
}
