//! The commands for the selected person.

use leptos::prelude::*;

use super::state::{Question, UsersState};
use crate::components::commands::{RowCommands, Spot};

/// **Edit User** and **Remove User**, for those who may.
#[component]
pub fn Commands(spot: Spot) -> impl IntoView {
    let state = UsersState::get();
    let nobody = move || (!state.selection.is_any()).then_some("Select a user first");
    let not_removable = move || {
        let selected = state.place.pane.get().selected();
        let own = selected.is_some_and(|id| state.is_oneself(id));
        nobody().or_else(|| own.then_some("You can’t remove yourself"))
    };
    let ask = move |()| {
        let user = state.selection.get_untracked();
        state.question.set(user.map(Question::Remove));
    };
    view! {
        <RowCommands
            spot=spot
            place=state.place
            edit="Edit User"
            remove="Remove User"
            not_editable=nobody
            not_removable=not_removable
            ask=Callback::new(ask)
        />
    }
}
