//! The toolbar: which clients are listed, and the commands.

use leptos::prelude::*;

use super::commands::Commands;
use super::filters::Filters;
use super::state::ClientsState;
use crate::components::commands::{AddButton, Spot};

/// The toolbar.
#[component]
pub fn Toolbar() -> impl IntoView {
    view! {
        <div class="toolbar">
            <Filters />
            <div class="command-group">
                <AddButton place=ClientsState::get().place name="Add Client" />
                <Commands spot=Spot::Toolbar />
            </div>
        </div>
    }
    .into_any()
}
