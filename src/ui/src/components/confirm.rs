//! The question before something is removed or stops working.

use std::future::Future;

use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::MouseEvent;

use super::dialog::Dialog;
use super::notice::Failure;
use crate::browser::dom::{focus_now, is_second};
use crate::functions::error::CallError;
use crate::leaving::{Leaving, WaitNotice};

/// The id of the button that gets the focus.
pub const CANCEL_ID: &str = "confirm-cancel";

/// A window that asks. The focus goes to **Cancel**; Escape cancels too.
#[component]
pub fn Confirm<F>(
    /// The question, which is the window's title.
    title: String,
    /// The name of the button that does it: a verb.
    verb: &'static str,
    /// Whether it can't be undone.
    #[prop(optional)]
    danger: bool,
    /// What is said when it is gone already.
    gone: &'static str,
    /// Whether it isn't known yet what it means.
    #[prop(optional, into)]
    waiting: Signal<bool>,
    /// Does it.
    act: impl Fn() -> F + Copy + Send + Sync + 'static,
    /// What happens once it is done.
    done: Callback<()>,
    /// What happens when the window closes without it.
    cancel: Callback<()>,
    /// What it means.
    children: ChildrenFn,
) -> impl IntoView
where
    F: Future<Output = Result<(), CallError>> + 'static,
{
    let failure = RwSignal::new(None);
    let busy = RwSignal::new(false);
    // Whether there is nothing left to do.
    let over = RwSignal::new(false);
    let leaving = Leaving::get();
    let confirm = move |event: MouseEvent| {
        if busy.get_untracked() || is_second(&event) {
            return;
        }
        busy.set(true);
        failure.set(None);
        spawn_local(async move {
            let answer = leaving.hold(act()).await;
            if busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(()) => done.run(()),
                Err(CallError::NotFound) => {
                    failure.set(Some(gone.to_owned()));
                    over.set(true);
                    focus_now(CANCEL_ID);
                }
                Err(error) => failure.set(Some(error.message())),
            }
        });
    };
    let cancel = move || {
        if over.get_untracked() {
            done.run(());
        } else if !leaving.must_wait() {
            cancel.run(());
        }
    };
    view! {
        <Dialog label="confirm-title" focus=CANCEL_ID question=true on_escape=Callback::new(move |()| cancel())>
            <h2 id="confirm-title">{title.clone()}</h2>
            <div class="prose">{children()}</div>
            <Failure text=failure />
            <WaitNotice />
            <div class="buttons">
                <button type="button" class="button" id=CANCEL_ID on:click=move |_| cancel()>
                    {move || if over.get() { "Close" } else { "Cancel" }}
                </button>
                <button
                    type="button"
                    hidden=move || over.get()
                    class=if danger { "button danger" } else { "button primary" }
                    disabled=waiting
                    aria-busy=move || busy.get().then_some("true")
                    on:click=confirm
                >
                    {verb}
                </button>
            </div>
        </Dialog>
    }
}
