//! The question before a role is removed.

use domain::view::{Holders, RoleDetails};
use leptos::prelude::*;

use super::details::summary;
use super::state::RolesState;
use crate::components::confirm::Confirm;
use crate::components::notice::Warning;
use crate::functions::roles::remove::remove_role;

/// **Remove Role**: says who has it.
#[component]
pub fn RemoveQuestion() -> impl IntoView {
    let state = RolesState::get();
    move || {
        state
            .removing
            .get()
            .map(|details| view! { <Question details=details /> })
    }
}

#[component]
fn Question(details: RoleDetails) -> impl IntoView {
    let state = RolesState::get();
    let id = details.role.id;
    let done = move |()| {
        state.removing.set(None);
        state.place.removed(id.0);
        state.listing.refresh();
    };
    let holders = StoredValue::new(details.holders);
    let in_use = holders.with_value(|holders| holders.user_count + holders.client_count > 0);
    view! {
        <Confirm
            title=format!("Remove “{}”?", details.role.name)
            verb="Remove"
            danger=true
            gone="Somebody removed this role already."
            act=move || remove_role(id)
            done=Callback::new(done)
            cancel=Callback::new(move |()| state.removing.set(None))
        >
            <Show when=move || in_use fallback=|| view! { <p>"Nobody has this role."</p> }>
                <Warning text="This role is in use. Whoever has it loses it, from their next request on.".to_owned() />
                <InUse holders=holders.get_value() />
            </Show>
            <p>"This can’t be undone."</p>
        </Confirm>
    }
}

/// By whom it is used.
#[component]
fn InUse(holders: Holders) -> impl IntoView {
    let users = (holders.user_count > 0).then(|| {
        view! { <li>{format!("Users: {}", summary(holders.user_count, &holders.users))}</li> }
    });
    let clients = (holders.client_count > 0).then(|| {
        view! { <li>{format!("Clients: {}", summary(holders.client_count, &holders.clients))}</li> }
    });
    view! { <ul>{users} {clients}</ul> }
}
