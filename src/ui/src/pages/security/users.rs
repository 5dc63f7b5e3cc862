//! **Security > Users**: the list at the left, the selected person or a form at the right.

mod commands;
mod details;
mod forms;
mod link_window;
mod list;
mod questions;
mod state;

use domain::user::UserId;
use leptos::prelude::*;

use crate::address::Pane;
use crate::components::commands::{AddButton, Spot};
use crate::components::frame::Frame;
use crate::leaving::DiscardQuestion;
use crate::listing::filter_box::NameFilter;
use crate::listing::foot::Foot;
use commands::Commands;
use details::Details;
use forms::{AddUser, EditUser};
use link_window::LinkWindow;
use list::List;
use questions::Questions;
use state::UsersState;

const HELP: &[&str] = &[
    "A user is a person who signs in here. Users who hold Tenant Administrator may change everything; the others see the \
     lists.",
    "A new user gets a link that works once, with which they choose a password. It is shown to you, to be sent in the way you \
     trust.",
    "Nobody can disable or remove themselves, and the last Tenant Administrator stays.",
];

/// The page.
#[component]
pub fn Users() -> impl IntoView {
    let state = UsersState::provide();
    let shown = state.place.shown();
    view! {
        <Frame title="Users" help=HELP>
            <div class="page" class:with-pane=move || shown.get() != Pane::Closed>
                <section class="list-side" aria-label="Users">
                    <div class="toolbar">
                        <NameFilter place=state.place label="Filter Users" placeholder="Name or e-mail" />
                        <div class="command-group">
                            <AddButton place=state.place name="Add User" />
                            <Commands spot=Spot::Toolbar />
                        </div>
                    </div>
                    <List />
                    <Foot listing=state.listing noun="users" />
                </section>
                {move || match shown.get() {
                    Pane::Details(id) => view! { <Details id=UserId(id) /> }.into_any(),
                    Pane::Add => view! { <AddUser /> }.into_any(),
                    Pane::Change(id, _) => view! { <EditUser id=UserId(id) /> }.into_any(),
                    Pane::Closed => ().into_any(),
                }}
            </div>
            <LinkWindow />
            <Questions />
            <DiscardQuestion />
        </Frame>
    }
}
