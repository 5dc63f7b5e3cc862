use domain::role::RoleId;
use domain::view::Holders;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use crate::functions::error::CallError;

/// Removes a custom role. `confirmed` says who loses it, as the person was told.
#[server(endpoint = "roles/remove", input = Json)]
pub async fn remove_role(id: RoleId, confirmed: Holders) -> Result<(), CallError> {
    use crate::functions::request::{Request, refuse};

    let Request { service, actor, tenant } = Request::read()?;
    service
        .remove_role(&actor, tenant, id, Some(&confirmed), None)
        .await
        .map_err(refuse)
}
