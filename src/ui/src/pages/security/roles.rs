//! **Security > Roles**: the list at the left, the selected role or a form at the right.

mod commands;
mod details;
mod forms;
mod identities;
mod list;
mod remove;
mod state;

use domain::role::RoleId;
use leptos::prelude::*;

use crate::address::{Form, Pane};
use crate::components::commands::{AddButton, Spot};
use crate::components::frame::Frame;
use crate::leaving::DiscardQuestion;
use crate::listing::filter_box::NameFilter;
use crate::listing::foot::Foot;
use commands::Commands;
use details::Details;
use forms::{AddRole, EditRole};
use identities::ManageIdentities;
use list::List;
use remove::RemoveQuestion;
use state::RolesState;

const HELP: &[&str] = &[
    "A role says what a client or a person may do. Its name stands in the tokens of whoever has it, so that an API can decide \
     by it.",
    "Built-in roles exist in every tenant and can’t be changed. Tenant Member is held by everybody. Tenant Administrator may \
     change everything here; it is not advised for a client.",
    "A custom role is yours: give it a name that your APIs know, such as MyData.Role, and give it to clients and people.",
];

/// The page.
#[component]
pub fn Roles() -> impl IntoView {
    let state = RolesState::provide();
    let shown = state.place.shown();
    view! {
        <Frame title="Roles" help=HELP>
            <div class="page" class:with-pane=move || shown.get() != Pane::Closed>
                <section class="list-side" aria-label="Roles">
                    <div class="toolbar">
                        <NameFilter place=state.place label="Filter Roles" placeholder="Name" />
                        <div class="command-group">
                            <AddButton place=state.place name="Add Role" />
                            <Commands spot=Spot::Toolbar />
                        </div>
                    </div>
                    <List />
                    <Foot listing=state.listing noun="roles" />
                </section>
                {move || match shown.get() {
                    Pane::Details(id) => view! { <Details id=RoleId(id) /> }.into_any(),
                    Pane::Add => view! { <AddRole /> }.into_any(),
                    Pane::Change(id, Form::Identities) => view! { <ManageIdentities id=RoleId(id) /> }.into_any(),
                    Pane::Change(id, _) => view! { <EditRole id=RoleId(id) /> }.into_any(),
                    Pane::Closed => ().into_any(),
                }}
            </div>
            <RemoveQuestion />
            <DiscardQuestion />
        </Frame>
    }
}
