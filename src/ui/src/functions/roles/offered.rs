use domain::role::Role;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use crate::functions::error::CallError;

/// The roles of the person's tenant that can be given.
#[server(endpoint = "roles/offered", input = Json)]
pub async fn offered_roles() -> Result<Vec<Role>, CallError> {
    use crate::functions::request::{Request, refuse};

    let Request { service, actor, tenant } = Request::read()?;
    service.offered_roles(&actor, tenant).await.map_err(refuse)
}
