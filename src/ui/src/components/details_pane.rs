//! The region **Details** of any page: its title, the way out, and its body.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use lucide_leptos::X;

use super::icon::Icon;
use super::pane_title::PaneTitle;
use super::tabs::step;
use crate::address::{DetailsTab, Target};
use crate::browser::dom;
use crate::session::Session;

/// What the region needs of the page around.
#[derive(Clone, Copy)]
pub struct DetailsContext {
    /// Where **Hide Details** goes.
    pub closed: Signal<Target>,
    /// The tabs of the details.
    pub tabs: &'static [DetailsTab],
    /// The open one.
    pub open: Memo<DetailsTab>,
    /// Where each of them is.
    pub at: Callback<DetailsTab, Target>,
    /// The id of what gets the focus as soon as the pane has its title.
    pub focus: RwSignal<Option<&'static str>>,
}

/// The name of what is selected, its commands on narrow screens, and the way out.
#[component]
pub fn DetailsHead(title: String, commands: impl IntoView + 'static) -> impl IntoView {
    view! {
        <header class="pane-head">
            <PaneTitle title=title />
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

/// The tabs. They are links, each with an address. Once there are scripts they are one stop of the Tab key, and arrows go
/// from one to the next.
#[component]
pub fn DetailsTabs() -> impl IntoView {
    let context = expect_context::<DetailsContext>();
    let hydrated = Session::get().hydrated;
    // On a narrow screen the open one may stand beyond the edge.
    Effect::new(move || dom::show(context.open.get().id()));
    let tab = move |(index, tab): (usize, DetailsTab)| {
        let open = move || context.open.get() == tab;
        let arrow = move |event: KeyboardEvent| {
            if let Some(next) = step(&event, index, context.tabs.len()) {
                dom::focus(context.tabs[next].id());
            }
        };
        view! {
            <a
                id=tab.id()
                href=move || context.at.run(tab).href()
                aria-current=move || open().then_some("page")
                tabindex=move || (hydrated.get() && !open()).then_some("-1")
                data-noscroll=""
                on:keydown=arrow
            >
                {tab.label()}
            </a>
        }
    };
    view! {
        <nav class="tabs" aria-label="Details">
            {context.tabs.iter().copied().enumerate().map(tab).collect_view()}
        </nav>
    }
    .into_any()
}

/// The details of what has no other tab.
#[component]
pub fn DetailsBody(children: Children) -> impl IntoView {
    view! {
        <DetailsTabs />
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

/// What stands in place of a form for what can't be changed.
#[component]
pub fn NoForm(
    /// The title of the form.
    title: &'static str,
    why: &'static str,
    /// What can be done instead.
    instead: &'static str,
) -> impl IntoView {
    view! {
        <DetailsHead title=title.to_owned() commands=() />
        <div class="empty" role="alert">
            <p class="strong">{why}</p>
            <p>{instead}</p>
        </div>
    }
    .into_any()
}
