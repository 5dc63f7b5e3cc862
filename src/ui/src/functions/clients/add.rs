use domain::add_client::AddClientForm;
use domain::view::Created;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use crate::functions::error::CallError;

/// Adds a client, with its first secret if its kind has secrets. The answer is the only one that holds the secret.
#[server(endpoint = "clients/add", input = Json)]
pub async fn add_client(form: AddClientForm) -> Result<Created, CallError> {
    use crate::functions::request::{Request, refuse};

    let Request { service, actor, tenant } = Request::read()?;
    service.add_client(&actor, tenant, &form).await.map_err(refuse)
}
