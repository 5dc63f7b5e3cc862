use domain::client::ClientId;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use crate::functions::error::CallError;

/// Removes a client.
#[server(endpoint = "clients/remove", input = Json)]
pub async fn remove_client(id: ClientId) -> Result<(), CallError> {
    use crate::functions::request::{Request, refuse};

    let Request { service, actor, tenant } = Request::read()?;
    service.remove_client(&actor, tenant, id, None).await.map_err(refuse)
}
