//! Commands and lists as plain forms, which work before there are scripts.

use leptos::prelude::*;

/// The hidden fields of a plain form that goes to an address.
#[component]
pub fn HiddenPairs(#[prop(into)] pairs: Signal<Vec<(&'static str, String)>>) -> impl IntoView {
    move || {
        let pairs = pairs.get().into_iter();
        pairs
            .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
            .collect_view()
    }
}

/// A button that goes to the address made of `path` and `pairs`; `go` does it without a new page once there are scripts.
#[component]
pub fn CommandForm(
    path: &'static str,
    #[prop(into)] pairs: Signal<Vec<(&'static str, String)>>,
    class: &'static str,
    #[prop(optional)] id: Option<&'static str>,
    #[prop(optional, into)] disabled: Signal<bool>,
    go: Callback<()>,
    children: Children,
) -> impl IntoView {
    view! {
        <form
            method="get"
            action=path
            class="command"
            on:submit=move |event| {
                event.prevent_default();
                go.run(());
            }
        >
            <HiddenPairs pairs=pairs />
            <button type="submit" class=class id=id disabled=disabled>
                {children()}
            </button>
        </form>
    }
}
