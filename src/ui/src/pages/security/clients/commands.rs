//! The commands for the selected client.

use leptos::prelude::*;

use super::state::{ClientsState, Question};
use crate::components::commands::{RowCommands, Spot};

/// **Edit Client** and **Remove Client**, for those who may.
#[component]
pub fn Commands(spot: Spot) -> impl IntoView {
    let state = ClientsState::get();
    view! {
        <RowCommands
            spot=spot
            place=state.place
            selection=state.selection
            edit="Edit Client"
            remove="Remove Client"
            not_editable=|| None
            not_removable=|| None
            ask=Callback::new(move |client| state.question.set(Some(Question::RemoveClient(client))))
        />
    }
}
