use domain::identity_list::IdentityQuery;
use domain::role::RoleId;
use domain::view::{IdentityRow, Page};
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use crate::functions::error::CallError;

/// One page of those that a role can be given to.
#[server(endpoint = "roles/identities", input = Json)]
pub async fn role_identities(role: RoleId, query: IdentityQuery) -> Result<Page<IdentityRow>, CallError> {
    use crate::functions::request::{Request, refuse};

    let Request { service, actor, tenant } = Request::read()?;
    service
        .role_identities(&actor, tenant, role, &query)
        .await
        .map_err(refuse)
}
