//! The commands for the selected role.

use leptos::prelude::*;

use super::state::RolesState;
use crate::components::commands::{RowCommands, Spot};

/// **Edit Role** and **Remove Role**, for those who may.
#[component]
pub fn Commands(spot: Spot) -> impl IntoView {
    let state = RolesState::get();
    let built_in = move || {
        let details = state.selection.get();
        let built_in = details.is_some_and(|details| details.role.role_type.is_some());
        built_in.then_some("A built-in role can’t be changed or removed")
    };
    view! {
        <RowCommands
            spot=spot
            place=state.place
            selection=state.selection
            edit="Edit Role"
            remove="Remove Role"
            not_editable=built_in
            not_removable=built_in
            ask=Callback::new(move |role| state.removing.set(Some(role)))
        />
    }
}
