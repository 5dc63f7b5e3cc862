use domain::user::UserId;
use domain::user_form::UserForm;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use crate::functions::error::CallError;

/// Changes a person. `version` is the one that the change started from.
#[server(endpoint = "users/edit", input = Json)]
pub async fn edit_user(id: UserId, version: i64, form: UserForm) -> Result<(), CallError> {
    use crate::functions::request::{Request, refuse};

    let Request { service, actor, tenant } = Request::read()?;
    service
        .edit_user(&actor, tenant, id, version, &form)
        .await
        .map_err(refuse)
}
