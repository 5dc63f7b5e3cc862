use domain::client::ClientId;
use domain::view::ClientDetails;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use crate::functions::error::CallError;

/// All that can be shown of a client.
#[server(name = ReadClientDetails, endpoint = "clients/details", input = Json)]
pub async fn client_details(id: ClientId) -> Result<ClientDetails, CallError> {
    use crate::functions::request::{Request, refuse};

    let Request { service, actor, tenant } = Request::read()?;
    service.client_details(&actor, tenant, id).await.map_err(refuse)
}
