use domain::client::ClientId;
use domain::secret::SecretId;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use crate::functions::error::CallError;

/// Removes a secret.
#[server(endpoint = "secrets/remove", input = Json)]
pub async fn remove_secret(client: ClientId, id: SecretId) -> Result<(), CallError> {
    use crate::functions::request::{Request, refuse};

    let Request { service, actor, tenant } = Request::read()?;
    let of = service::clients::SecretsOf { tenant, client };
    service.remove_secret(&actor, of, id, None).await.map_err(refuse)
}
