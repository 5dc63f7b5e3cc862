use domain::client::ClientId;
use domain::secret::SecretId;
use domain::secret_form::SecretForm;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use crate::functions::error::CallError;

/// Changes a secret. `version` is the one that the change started from.
#[server(endpoint = "secrets/edit", input = Json)]
pub async fn edit_secret(client: ClientId, id: SecretId, version: i64, form: SecretForm) -> Result<(), CallError> {
    use crate::functions::request::{Request, refuse};

    let Request { service, actor, tenant } = Request::read()?;
    let of = service::clients::SecretsOf { tenant, client };
    service
        .edit_secret(&actor, of, id, version, &form)
        .await
        .map_err(refuse)
}
