//! The window that shows what can't be shown again.

use leptos::prelude::*;
use lucide_leptos::CircleCheck;

use super::dialog::Dialog;
use super::icon::Icon;
use crate::browser::dom::is_second;
use crate::leaving::Leaving;

/// The window. **Close** is the only way out, and what it shows goes with it.
#[component]
pub fn OnceWindow(
    title: &'static str,
    /// The id of the first **Copy**.
    focus: &'static str,
    /// What **Close** does.
    close: Callback<()>,
    children: Children,
) -> impl IntoView {
    let leaving = Leaving::get();
    leaving.secret_shown.set(true);
    on_cleanup(move || {
        let _ = leaving.secret_shown.try_set(false);
    });
    // The second click of a double click on the button that stored it may land on Close.
    let close = move |event: web_sys::MouseEvent| {
        if !is_second(&event) {
            close.run(());
        }
    };
    view! {
        <Dialog label="once-title" focus=focus>
            <header class="window-head">
                <span class="ok-text">
                    <Icon>
                        <CircleCheck size=24 />
                    </Icon>
                </span>
                <h2 id="once-title">{title}</h2>
            </header>
            {children()}
            <div class="buttons end">
                <button type="button" class="button primary" on:click=close>
                    "Close"
                </button>
            </div>
        </Dialog>
    }
    .into_any()
}
