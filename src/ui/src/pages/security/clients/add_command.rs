//! The command that opens **Add Client**.

use leptos::prelude::*;

use super::state::PageState;
use crate::address::{CLIENTS_PATH, Pane};
use crate::components::command_form::CommandForm;

/// The id of **Add Client** in the toolbar.
pub const ADD_ID: &str = "add-client";

/// Opens **Add Client**, for those who may.
#[component]
pub fn AddCommand(
    class: &'static str,
    #[prop(optional)] id: Option<&'static str>,
    children: ChildrenFn,
) -> impl IntoView {
    let state = PageState::get();
    let label = StoredValue::new(children);
    let address = move || state.address.get().with_pane(Pane::Add);
    view! {
        <Show when=move || state.may_add()>
            <CommandForm
                path=CLIENTS_PATH
                pairs=Signal::derive(move || address().pairs())
                class=class
                id=id.unwrap_or_default()
                go=Callback::new(move |()| state.go(untrack(address).href()))
            >
                {label.with_value(|label| label())}
            </CommandForm>
        </Show>
    }
}
