use domain::client::ClientId;
use domain::client_form::ClientForm;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use crate::functions::error::CallError;

/// Changes a client. `version` is the one that the change started from.
#[server(endpoint = "clients/edit", input = Json)]
pub async fn edit_client(id: ClientId, version: i64, form: ClientForm) -> Result<(), CallError> {
    use crate::functions::request::{Request, refuse};

    let Request { service, actor, tenant } = Request::read()?;
    service
        .edit_client(&actor, tenant, id, version, &form)
        .await
        .map_err(refuse)
}
