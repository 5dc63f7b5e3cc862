use domain::client::ClientId;
use domain::secret_form::SecretForm;
use domain::view::Created;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use crate::functions::error::CallError;

/// Adds a secret to a client. The answer is the only one that holds it.
#[server(endpoint = "secrets/add", input = Json)]
pub async fn add_secret(client: ClientId, form: SecretForm) -> Result<Created, CallError> {
    use crate::functions::request::{Request, refuse};

    let Request { service, actor, tenant } = Request::read()?;
    let of = service::clients::SecretsOf { tenant, client };
    service.add_secret(&actor, of, &form).await.map_err(refuse)
}
