//! The commands for the selected role.

use leptos::prelude::*;

use super::state::RolesState;
use crate::components::commands::{Reason, RowCommands, Spot};

/// Why the selected role can't be changed or removed.
fn reason(state: RolesState) -> Reason {
    if !state.selection.is_any() {
        return Some("Select a role first");
    }
    let selected = state.selection.get();
    let built_in = selected.is_some_and(|details| details.role.role_type.is_some());
    built_in.then_some("A built-in role can’t be changed or removed")
}

/// **Edit Role** and **Remove Role**, for those who may.
#[component]
pub fn Commands(spot: Spot) -> impl IntoView {
    let state = RolesState::get();
    let reason = move || reason(state);
    view! {
        <RowCommands
            spot=spot
            place=state.place
            edit="Edit Role"
            remove="Remove Role"
            not_editable=reason
            not_removable=reason
            ask=Callback::new(move |()| state.removing.set(state.selection.get_untracked()))
        />
    }
}
