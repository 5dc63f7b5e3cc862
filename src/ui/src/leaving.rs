//! Leaving a page or pane: every way out of a changed form asks first. The window that shows a secret isn't left at all but
//! by its **Close**.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use wasm_bindgen::JsCast;
use web_sys::{BeforeUnloadEvent, Element, HtmlAnchorElement, MouseEvent, PopStateEvent};

use crate::browser::dom::focus;
use crate::browser::history::{current_href, push};
use crate::browser::listen::capture;
use crate::components::dialog::Dialog;
use crate::session::Session;

/// What a page knows of leaving it.
#[derive(Clone, Copy)]
pub struct Leaving {
    /// Where the page stands.
    here: Signal<String>,
    /// Whether the open form holds something that leaving it would lose.
    pub changed: RwSignal<bool>,
    /// Whether a window shows what can't be shown again.
    pub secret_shown: RwSignal<bool>,
    /// Where the person wanted to go while the form was changed.
    pub wanted: RwSignal<Option<String>>,
    navigate: StoredValue<Callback<(String, NavigateOptions)>>,
}

impl Leaving {
    /// Guards the page that stands at `here`. `stays` tells, after a step through the history, whether the pane is the same
    /// at the address that the browser shows now.
    pub fn guard(here: Signal<String>, stays: Callback<(), bool>) -> Self {
        let navigate = use_navigate();
        let leaving = Self {
            here,
            changed: RwSignal::new(false),
            secret_shown: RwSignal::new(false),
            wanted: RwSignal::new(None),
            navigate: StoredValue::new(Callback::new(move |(href, options): (String, NavigateOptions)| {
                navigate(&href, options);
            })),
        };
        provide_context(leaving);
        leaving.guard_links();
        leaving.guard_history(stays);
        // The browser asks before it closes or reloads the page.
        Effect::new(move || {
            capture("beforeunload", move |event: BeforeUnloadEvent| {
                if leaving.changed.get_untracked() || leaving.secret_shown.get_untracked() {
                    event.prevent_default();
                }
            });
        });
        leaving
    }

    /// That of the page around.
    pub fn get() -> Self {
        expect_context()
    }

    /// Goes to an address; asks first when the form would lose something. Where one is already nothing is lost.
    pub fn go(self, href: String) {
        if href == self.here.get_untracked() {
            focus("pane-title");
        } else if self.changed.get_untracked() {
            self.wanted.set(Some(href));
        } else {
            self.jump(href, false);
        }
    }

    /// Goes to an address without asking.
    pub fn jump(self, href: String, replace: bool) {
        let options = NavigateOptions {
            replace,
            scroll: false,
            ..NavigateOptions::default()
        };
        self.navigate.get_value().run((href, options));
    }

    /// Leaves a form, whose changes are stored or given up.
    pub fn done(self, href: String, replace: bool) {
        self.changed.set(false);
        self.jump(href, replace);
    }

    fn guard_links(self) {
        Effect::new(move || {
            capture("click", move |event: MouseEvent| {
                if !self.changed.get_untracked() || event.default_prevented() || opens_elsewhere(&event) {
                    return;
                }
                if let Some(href) = internal_link(&event) {
                    event.prevent_default();
                    self.wanted.set(Some(href));
                }
            });
        });
    }

    fn guard_history(self, stays: Callback<(), bool>) {
        let before_step = Session::get().before_step;
        before_step.set_value(Some(Callback::new(move |event: PopStateEvent| {
            let here = self.here.get_untracked();
            if self.secret_shown.get_untracked() {
                event.stop_immediate_propagation();
                push(&here);
                return;
            }
            // A step within the pane: between its two forms, or to another list beside it.
            if !self.changed.get_untracked() || stays.run(()) {
                return;
            }
            event.stop_immediate_propagation();
            let wanted = current_href();
            push(&here);
            self.wanted.set(Some(wanted));
        })));
        on_cleanup(move || before_step.set_value(None));
    }
}

fn opens_elsewhere(event: &MouseEvent) -> bool {
    event.button() != 0 || event.meta_key() || event.ctrl_key() || event.shift_key() || event.alt_key()
}

/// The address of the link under the pointer, if it stays in the portal.
fn internal_link(event: &MouseEvent) -> Option<String> {
    let target: Element = event.target()?.dyn_into().ok()?;
    let link: HtmlAnchorElement = target.closest("a[href]").ok()??.dyn_into().ok()?;
    let origin = window().location().origin().ok()?;
    if link.origin() != origin || link.has_attribute("download") || !link.target().is_empty() {
        return None;
    }
    Some(link.pathname() + &link.search())
}

/// Asks **Discard** or **Keep Editing** when a person is about to leave a changed form.
#[component]
pub fn DiscardQuestion() -> impl IntoView {
    let leaving = Leaving::get();
    let keep = Callback::new(move |()| leaving.wanted.set(None));
    let discard = move |_| {
        if let Some(href) = leaving.wanted.get_untracked() {
            leaving.wanted.set(None);
            leaving.done(href, false);
        }
    };
    view! {
        <Show when=move || leaving.wanted.get().is_some()>
            <Dialog label="discard-title" focus="keep-editing" on_escape=keep question=true>
                <h2 id="discard-title">"Discard your changes?"</h2>
                <p>"What you have typed is not saved. If you leave, it is lost."</p>
                <div class="buttons">
                    <button type="button" class="button" id="keep-editing" on:click=move |_| keep.run(())>
                        "Keep Editing"
                    </button>
                    <button type="button" class="button danger" on:click=discard>
                        "Discard"
                    </button>
                </div>
            </Dialog>
        </Show>
    }
}
