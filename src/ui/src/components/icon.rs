//! Icons. They say nothing by themselves: the control around them has the name.

use leptos::prelude::*;
use lucide_leptos::Copy;

/// Wraps an icon of the set, hidden from assistive technology.
#[component]
pub fn Icon(children: Children) -> impl IntoView {
    view! {
        <span class="icon" aria-hidden="true">
            {children()}
        </span>
    }
}

/// The id of the drawing that [`CopyIcon`] shows.
const COPY_ICON_ID: &str = "copy-icon";

/// Stands once in the page, for every [`CopyIcon`].
#[component]
pub fn CopyIconSource() -> impl IntoView {
    view! {
        <div hidden>
            <Copy size=24 attr:id=COPY_ICON_ID />
        </div>
    }
}

/// The icon of the buttons that copy. A list has many of them, so it is drawn once and referred to.
#[component]
pub fn CopyIcon() -> impl IntoView {
    view! {
        <span class="icon" aria-hidden="true">
            <svg width="18" height="18" viewBox="0 0 24 24">
                <use href="#copy-icon"></use>
            </svg>
        </span>
    }
}
