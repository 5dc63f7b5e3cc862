use domain::role::RoleId;
use domain::role_form::RoleForm;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use crate::functions::error::CallError;

/// Makes a custom role.
#[server(endpoint = "roles/add", input = Json)]
pub async fn add_role(form: RoleForm) -> Result<RoleId, CallError> {
    use crate::functions::request::{Request, refuse};

    let Request { service, actor, tenant } = Request::read()?;
    service.add_role(&actor, tenant, None, &form).await.map_err(refuse)
}
