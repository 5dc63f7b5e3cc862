//! The commands for the selected client.

use leptos::prelude::*;

use super::state::{ClientsState, Question};
use crate::components::commands::{RowCommands, Spot};

/// **Edit Client** and **Remove Client**, for those who may.
#[component]
pub fn Commands(spot: Spot) -> impl IntoView {
    let state = ClientsState::get();
    let reason = move || (!state.selection.is_any()).then_some("Select a client first");
    // What would be removed is known once it is there.
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
            not_editable=reason
            not_removable=reason
            ask=Callback::new(ask)
        />
    }
}
