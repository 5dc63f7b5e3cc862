//! The commands for the selected person.

use leptos::prelude::*;

use super::state::{Question, UsersState};
use crate::components::commands::{RowCommands, Spot};

/// **Edit User** and **Remove User**, for those who may.
#[component]
pub fn Commands(spot: Spot) -> impl IntoView {
    let state = UsersState::get();
    let oneself = move || {
        let selected = state.place.pane.get().selected();
        let own = selected.is_some_and(|id| state.is_oneself(id));
        own.then_some("You can’t remove yourself")
    };
    view! {
        <RowCommands
            spot=spot
            place=state.place
            selection=state.selection
            edit="Edit User"
            remove="Remove User"
            not_editable=|| None
            not_removable=oneself
            ask=Callback::new(move |user| state.question.set(Some(Question::Remove(user))))
        />
    }
}
