use domain::list::ClientQuery;
use domain::view::{ClientRow, Page};
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use crate::functions::error::CallError;

/// One page of the clients of the person's tenant.
#[server(endpoint = "clients/list", input = Json)]
pub async fn list_clients(query: ClientQuery) -> Result<Page<ClientRow>, CallError> {
    use crate::functions::request::{Request, refuse};

    let Request { service, actor, tenant } = Request::read()?;
    service.list_clients(&actor, tenant, &query).await.map_err(refuse)
}
