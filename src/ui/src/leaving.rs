//! Leaving a page or pane: every way out of a changed form asks first. The window that shows a secret isn't left at all but
//! by its **Close**, and nobody leaves while the answer with the secret is on its way.

use std::future::Future;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use wasm_bindgen::JsCast;
use web_sys::{BeforeUnloadEvent, Element, HtmlAnchorElement, MouseEvent, PopStateEvent};

use crate::browser::dom::{focus, is_second};
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
    /// Whether an answer is on its way that must not be missed.
    awaited: RwSignal<bool>,
    /// Whether a person wanted to leave before it came, and is told to wait.
    told_to_wait: RwSignal<bool>,
    /// Where the person wanted to go while the form was changed.
    wanted: RwSignal<Option<String>>,
    navigate: Callback<(String, NavigateOptions)>,
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
            awaited: RwSignal::new(false),
            told_to_wait: RwSignal::new(false),
            wanted: RwSignal::new(None),
            navigate: Callback::new(move |(href, options): (String, NavigateOptions)| navigate(&href, options)),
        };
        provide_context(leaving);
        leaving.guard_links();
        leaving.guard_history(stays);
        // The browser asks before it closes or reloads the page.
        Effect::new(move || {
            capture("beforeunload", move |event: BeforeUnloadEvent| {
                let reasons = [leaving.changed, leaving.secret_shown, leaving.awaited];
                if reasons.iter().any(GetUntracked::get_untracked) {
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

    /// Waits for an answer that must not be missed, such as one that shows a secret. Until it has come nobody leaves.
    pub async fn hold<T>(self, answer: impl Future<Output = T>) -> T {
        self.awaited.set(true);
        let answer = answer.await;
        let _ = self.awaited.try_set(false);
        let _ = self.told_to_wait.try_set(false);
        answer
    }

    /// Whether leaving has to wait for an answer; whoever tries is told so.
    pub fn must_wait(self) -> bool {
        let awaited = self.awaited.get_untracked();
        if awaited {
            self.told_to_wait.set(true);
        }
        awaited
    }

    /// Whether the person has just been kept where they are.
    pub fn was_held_back(self) -> bool {
        self.wanted.with(Option::is_some) || self.told_to_wait.get()
    }

    /// Whether one can't go to an address just so: the person is told to wait, or asked.
    fn holds_back(self, href: &str) -> bool {
        if self.must_wait() {
            return true;
        }
        let changed = self.changed.get_untracked();
        if changed {
            self.wanted.set(Some(href.to_owned()));
        }
        changed
    }

    /// Goes to an address; asks first when the form would lose something. Where one is already nothing is lost.
    pub fn go(self, href: String) {
        if href == self.here.get_untracked() {
            focus("pane-title");
        } else if !self.holds_back(&href) {
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
        self.navigate.run((href, options));
    }

    /// Leaves a form, whose changes are stored or given up.
    pub fn done(self, href: String, replace: bool) {
        if !self.must_wait() {
            self.changed.set(false);
            self.jump(href, replace);
        }
    }

    fn guard_links(self) {
        Effect::new(move || {
            capture("click", move |event: MouseEvent| {
                if event.default_prevented() || opens_elsewhere(&event) {
                    return;
                }
                if internal_link(&event).is_some_and(|href| self.holds_back(&href)) {
                    event.prevent_default();
                }
            });
        });
    }

    fn guard_history(self, stays: Callback<(), bool>) {
        let before_step = Session::get().before_step;
        before_step.set_value(Some(Callback::new(move |event: PopStateEvent| {
            let here = self.here.get_untracked();
            let wanted = current_href();
            if self.secret_shown.get_untracked() || self.must_wait() {
                event.stop_immediate_propagation();
                push(&here);
            } else if self.changed.get_untracked() && !stays.run(()) {
                event.stop_immediate_propagation();
                push(&here);
                self.wanted.set(Some(wanted));
            }
            // Else it is a step within the pane: between its two forms, or to another list beside it.
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
    let discard = move |event: MouseEvent| {
        if let (false, Some(href)) = (is_second(&event), leaving.wanted.get_untracked()) {
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

/// Tells whoever wanted to leave too early to wait.
#[component]
pub fn WaitNotice() -> impl IntoView {
    let told = Leaving::get().told_to_wait;
    view! {
        <div role="status" class="wait">
            <Show when=move || told.get()>
                <p>"The server has not answered yet. Wait a moment, so that its answer is not lost."</p>
            </Show>
        </div>
    }
}
