use domain::role::RoleId;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use crate::functions::error::CallError;

/// Removes a custom role.
#[server(endpoint = "roles/remove", input = Json)]
pub async fn remove_role(id: RoleId) -> Result<(), CallError> {
    use crate::functions::request::{Request, refuse};

    let Request { service, actor, tenant } = Request::read()?;
    service.remove_role(&actor, tenant, id).await.map_err(refuse)
}
