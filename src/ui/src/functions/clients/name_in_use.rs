use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use crate::functions::error::CallError;

/// Whether another client of the person's tenant has this name. That is allowed, but worth a warning.
#[server(endpoint = "clients/name-in-use", input = Json)]
pub async fn client_name_in_use(name: String) -> Result<bool, CallError> {
    use domain::client::ClientName;

    use crate::functions::request::{Request, refuse};

    let Request { service, actor, tenant } = Request::read()?;
    let name = ClientName::parse(&name).map_err(|error| refuse(error.into()))?;
    service.client_name_in_use(&actor, tenant, &name).await.map_err(refuse)
}
