//! The toolbar: which clients are listed, and the commands.

use leptos::prelude::*;
use lucide_leptos::Plus;

use super::filters::Filters;
use super::state::PageState;
use crate::address::{CLIENTS_PATH, Pane};
use crate::components::command_form::CommandForm;
use crate::components::icon::Icon;

/// The id of **Add Client**.
pub const ADD_ID: &str = "add-client";

/// The toolbar.
#[component]
pub fn Toolbar() -> impl IntoView {
    let state = PageState::get();
    view! {
        <div class="toolbar">
            <Filters />
            <Show when=move || state.may_add()>
                <CommandForm
                    path=CLIENTS_PATH
                    pairs=Signal::derive(move || state.address.get().with_pane(Pane::Add).pairs())
                    class="button primary"
                    id=ADD_ID
                    go=Callback::new(move |()| state.go(state.address.get_untracked().with_pane(Pane::Add).href()))
                >
                    <Icon>
                        <Plus size=18 />
                    </Icon>
                    "Add Client"
                </CommandForm>
            </Show>
        </div>
    }
    .into_any()
}
