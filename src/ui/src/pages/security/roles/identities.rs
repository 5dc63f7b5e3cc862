//! The pane that gives a role to people and clients, and takes it from them.

mod choice;
mod filters;
mod list;

use std::collections::HashMap;

use domain::identity_list::IdentityKind;
use domain::role::{RoleId, RoleType};
use domain::view::RoleDetails;
use leptos::prelude::*;

use super::state::RolesState;
use crate::address::Pane;
use crate::components::details_pane::DetailsHead;
use crate::components::form_pane::{FormPane, FormState};
use crate::functions::error::CallError;
use crate::functions::roles::change_identities::change_identities;
use crate::selection::FormOfSelected;
use choice::Choice;
use filters::{Filter, Tabs};
use list::Identities;

/// **Manage Identities**.
#[component]
pub fn ManageIdentities(id: RoleId) -> impl IntoView {
    let selection = RolesState::get().selection;
    view! {
        <section class="pane" aria-labelledby="pane-title">
            <FormOfSelected
                selection=selection
                id=id.0
                view=|details| {
                    if details.role.role_type == Some(RoleType::TenantMember) {
                        view! { <Everybody /> }.into_any()
                    } else {
                        view! { <Manage details=details /> }.into_any()
                    }
                }
            />
        </section>
    }
}

#[component]
fn Everybody() -> impl IntoView {
    view! {
        <DetailsHead title="Manage Identities".to_owned() commands=() />
        <div class="empty" role="alert">
            <p class="strong">"Everybody in the tenant has Tenant Member."</p>
            <p>"It can’t be given or taken. Choose another role."</p>
        </div>
    }
}

#[component]
fn Manage(details: RoleDetails) -> impl IntoView {
    let state = RolesState::get();
    let id = details.role.id;
    let choice = Choice::new();
    let form = FormState::new(move || choice.wanted.with(|wanted| !wanted.is_empty()));
    let save = move |()| {
        let changes = choice.changes();
        let storing = async move {
            change_identities(id, changes).await.map_err(|error| match error {
                CallError::NotFound => CallError::Refused(GONE.to_owned()),
                error => error,
            })
        };
        form.store(storing, move |(), stands| state.stored(stands, id));
    };
    let role_type = details.role.role_type;
    let remark = move || {
        let advised_against =
            role_type == Some(RoleType::TenantAdministrator) && choice.kind.get() == IdentityKind::Clients;
        advised_against.then(|| view! { <p class="hint warn">"Not advised for a client."</p> })
    };
    view! {
        <FormPane
            title="Manage Identities"
            state=form
            submit="Save"
            on_submit=Callback::new(save)
            cancel=move || state.place.target(Pane::Details(id.0))
            below_title=view! { <p class="muted">{details.role.name}</p> }.into_any()
            note=view! { <Pending choice=choice /> }.into_any()
        >
            <Tabs choice=choice />
            {remark}
            <Filter choice=choice />
            <Identities id=id role_type=role_type choice=choice />
        </FormPane>
    }
    .into_any()
}

const GONE: &str = "Somebody removed the role, or one of those that you chose, meanwhile. Nothing was changed. Select Cancel, \
                    and choose again.";

/// How many changes wait for **Save**.
#[component]
fn Pending(choice: Choice) -> impl IntoView {
    let text = move || match choice.wanted.with(HashMap::len) {
        0 => None,
        1 => Some("1 change is not saved yet.".to_owned()),
        count => Some(format!("{count} changes are not saved yet.")),
    };
    view! {
        <div role="status" class="pane-note">
            {move || text().map(|text| view! { <p class="muted">{text}</p> })}
        </div>
    }
}
