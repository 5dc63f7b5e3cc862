//! The region **Details** of any page: its title, the way out, and its body.

use leptos::prelude::*;
use lucide_leptos::X;

use super::icon::Icon;
use crate::address::Target;
use crate::browser::dom::focus_first;

/// What the region needs of the page around.
#[derive(Clone, Copy)]
pub struct DetailsContext {
    /// Where **Hide Details** goes.
    pub closed: Signal<Target>,
    /// Where the details are.
    pub here: Signal<Target>,
    /// The id of what gets the focus as soon as the details are there.
    pub focus: RwSignal<Option<&'static str>>,
}

/// The name of what is selected, its commands on narrow screens, and the way out. The focus waits for it, because what is
/// shown comes later than the pane.
#[component]
pub fn DetailsHead(title: String, commands: impl IntoView + 'static) -> impl IntoView {
    let context = expect_context::<DetailsContext>();
    Effect::new(move || {
        if let Some(id) = context.focus.get() {
            // What isn't shown yet can't have it; whatever is shown next tries again.
            request_animation_frame(move || {
                if focus_first([id, &format!("{id}-narrow"), "pane-title"]) {
                    context.focus.set(None);
                }
            });
        }
    });
    view! {
        <header class="pane-head">
            <h2 id="pane-title" tabindex="-1">
                {title}
            </h2>
            <HideDetails />
            {commands}
        </header>
    }
    .into_any()
}

/// What stands there before anything is known. It takes no focus: what comes takes it.
#[component]
pub fn LoadingHead() -> impl IntoView {
    view! {
        <header class="pane-head">
            <p class="loading">"Loading…"</p>
            <HideDetails />
        </header>
    }
    .into_any()
}

/// **Hide Details**.
#[component]
fn HideDetails() -> impl IntoView {
    let context = expect_context::<DetailsContext>();
    view! {
        <a
            class="icon-button"
            href=move || context.closed.with(Target::href)
            aria-label="Hide Details"
            title="Hide Details"
            data-noscroll=""
        >
            <Icon>
                <X size=20 />
            </Icon>
        </a>
    }
}

/// The tabs and what the open one holds.
#[component]
pub fn DetailsBody(children: Children) -> impl IntoView {
    let context = expect_context::<DetailsContext>();
    view! {
        <nav class="tabs" aria-label="Details">
            <a href=move || context.here.with(Target::href) aria-current="page" data-noscroll="">
                "Details"
            </a>
        </nav>
        <div class="pane-body">{children()}</div>
    }
    .into_any()
}

/// What stands at the address of what isn't there.
#[component]
pub fn Gone(what: &'static str) -> impl IntoView {
    view! {
        <div class="empty" role="alert">
            <p class="strong">{format!("There is no {what} with this id.")}</p>
            <p>"It may have been removed. Select another one in the list."</p>
        </div>
    }
}
