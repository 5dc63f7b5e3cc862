//! The toolbar: which clients are listed, and the commands.

use leptos::prelude::*;
use lucide_leptos::Plus;

use super::add_command::{ADD_ID, AddCommand};
use super::filters::Filters;
use crate::components::icon::Icon;

/// The toolbar.
#[component]
pub fn Toolbar() -> impl IntoView {
    view! {
        <div class="toolbar">
            <Filters />
            <AddCommand class="button primary" id=ADD_ID>
                <Icon>
                    <Plus size=18 />
                </Icon>
                "Add Client"
            </AddCommand>
        </div>
    }
    .into_any()
}
