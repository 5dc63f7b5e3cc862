use domain::role::RoleId;
use domain::view::RoleDetails;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use crate::functions::error::CallError;

/// All that can be shown of a role.
#[server(name = ReadRoleDetails, endpoint = "roles/details", input = Json)]
pub async fn role_details(id: RoleId) -> Result<RoleDetails, CallError> {
    use crate::functions::request::{Request, refuse};

    let Request { service, actor, tenant } = Request::read()?;
    service.role_details(&actor, tenant, id).await.map_err(refuse)
}
