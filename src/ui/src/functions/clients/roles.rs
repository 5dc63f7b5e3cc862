use domain::role::Role;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use crate::functions::error::CallError;

/// The roles that a client of the person's tenant can be given.
#[server(endpoint = "clients/roles", input = Json)]
pub async fn roles_for_clients() -> Result<Vec<Role>, CallError> {
    use crate::functions::request::{Request, refuse};

    let Request { service, actor, tenant } = Request::read()?;
    service.roles_for_clients(&actor, tenant).await.map_err(refuse)
}
