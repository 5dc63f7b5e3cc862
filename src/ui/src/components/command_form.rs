//! Commands and lists as plain forms, which work before there are scripts.

use leptos::prelude::*;

use crate::address::Target;

/// The hidden fields of a plain form that goes to an address.
#[component]
pub fn HiddenPairs(pairs: impl Fn() -> Vec<(&'static str, String)> + Send + Sync + 'static) -> impl IntoView {
    move || {
        let pairs = pairs().into_iter();
        pairs
            .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
            .collect_view()
    }
}

/// A button that goes to an address; `go` does it without a new page once there are scripts.
///
/// What is read of the page comes as functions, not as signals made on the way: those go before what shows them, and a
/// change of the page would find them gone.
#[component]
pub fn CommandForm(
    target: impl Fn() -> Target + Copy + Send + Sync + 'static,
    class: &'static str,
    #[prop(optional)] id: &'static str,
    go: Callback<String>,
    children: Children,
) -> impl IntoView {
    let path = untrack(target).path;
    view! {
        <form
            method="get"
            action=path
            class="command"
            on:submit=move |event| {
                event.prevent_default();
                go.run(untrack(target).href());
            }
        >
            <HiddenPairs pairs=move || target().pairs />
            <button type="submit" class=class id=(!id.is_empty()).then_some(id)>
                {children()}
            </button>
        </form>
    }
    .into_any()
}
