//! A command that opens another state of the page: a plain form before hydration, a navigation after.

use leptos::prelude::*;

/// A button that goes to the address made of `path` and `pairs`; `go` does it without a new page once there are scripts.
#[component]
pub fn CommandForm(
    path: &'static str,
    #[prop(into)] pairs: Signal<Vec<(&'static str, String)>>,
    class: &'static str,
    #[prop(optional)] id: Option<&'static str>,
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
            {move || {
                pairs
                    .get()
                    .into_iter()
                    .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
                    .collect_view()
            }}
            <button type="submit" class=class id=id>
                {children()}
            </button>
        </form>
    }
}
