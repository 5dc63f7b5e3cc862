//! The commands for the selected client.

use leptos::prelude::*;

use super::state::{ClientsState, Question};
use crate::components::commands::{RowCommands, Spot};

/// **Edit Client** and **Remove Client**, for those who may.
#[component]
pub fn Commands(spot: Spot) -> impl IntoView {
    let state = ClientsState::get();
    let nothing = move || (!state.selection.is_any()).then_some("Select a client first");
    // What would be removed is known once it is there.
    let not_removable = move || {
        let loading = state.selection.get().is_none();
        nothing().or_else(|| loading.then_some("The client is not loaded yet"))
    };
    let ask = move |()| {
        let client = state.selection.get_untracked();
        state.question.set(client.map(Question::RemoveClient));
    };
    view! {
        <RowCommands
            spot=spot
            place=state.place
            edit="Edit Client"
            remove="Remove Client"
            not_editable=nothing
            not_removable=not_removable
            ask=Callback::new(ask)
        />
    }
}
