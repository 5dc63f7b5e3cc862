use domain::role::RoleId;
use domain::role_form::RoleForm;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use crate::functions::error::CallError;

/// Changes a custom role. `version` is the one that the change started from.
#[server(endpoint = "roles/edit", input = Json)]
pub async fn edit_role(id: RoleId, version: i64, form: RoleForm) -> Result<(), CallError> {
    use crate::functions::request::{Request, refuse};

    let Request { service, actor, tenant } = Request::read()?;
    service
        .edit_role(&actor, tenant, id, version, &form)
        .await
        .map_err(refuse)
}
