use domain::user_form::UserForm;
use domain::view::PasswordLink;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use crate::functions::error::CallError;

/// Adds a person. The answer is the only one that holds their link.
#[server(endpoint = "users/invite", input = Json)]
pub async fn invite_user(form: UserForm) -> Result<PasswordLink, CallError> {
    use crate::functions::request::{Request, refuse};

    let Request { service, actor, tenant } = Request::read()?;
    service.invite_user(&actor, tenant, None, &form).await.map_err(refuse)
}
