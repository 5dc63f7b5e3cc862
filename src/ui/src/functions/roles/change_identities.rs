use domain::identity_list::IdentityChanges;
use domain::role::RoleId;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use crate::functions::error::CallError;

/// Gives a role to some and takes it from others.
#[server(endpoint = "roles/change-identities", input = Json)]
pub async fn change_identities(role: RoleId, changes: IdentityChanges) -> Result<(), CallError> {
    use crate::functions::request::{Request, refuse};

    let Request { service, actor, tenant } = Request::read()?;
    service
        .change_identities(&actor, tenant, role, &changes)
        .await
        .map_err(refuse)
}
