use domain::client::ClientId;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use crate::functions::error::CallError;

/// Lets a client connect, or not.
#[server(endpoint = "clients/set-enabled", input = Json)]
pub async fn set_client_enabled(id: ClientId, enabled: bool) -> Result<(), CallError> {
    use crate::functions::request::{Request, refuse};

    let Request { service, actor, tenant } = Request::read()?;
    service
        .set_client_enabled(&actor, tenant, id, enabled, None)
        .await
        .map_err(refuse)
}
