//! A pane with a form, and what all of them have in common.

use std::future::Future;

use domain::field::{Field, FieldError};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::command_form::CommandForm;
use super::conflict::{Conflict, ConflictNotice};
use super::field::{Messages, box_id};
use super::notice::Failure;
use super::pane_title::PaneTitle;
use crate::address::Target;
use crate::browser::dom;
use crate::functions::error::CallError;
use crate::leaving::{Leaving, WaitNotice};
use crate::session::Session;

/// How a form stands.
#[derive(Clone, Copy)]
pub struct FormState {
    /// The messages at its fields.
    pub messages: Messages,
    /// What went wrong beside the fields.
    pub failure: RwSignal<Option<String>>,
    /// What somebody else changed meanwhile.
    conflict: RwSignal<Option<Conflict>>,
    /// Whether the server is storing it now.
    saving: RwSignal<bool>,
}

impl FormState {
    /// A form that nothing is wrong with, whose changes are asked about before it is left.
    pub fn new(is_changed: impl Fn() -> bool + 'static) -> Self {
        let leaving = Leaving::get();
        Effect::new(move || leaving.changed.set(is_changed()));
        on_cleanup(move || {
            let _ = leaving.changed.try_set(false);
        });
        Self {
            messages: RwSignal::new(Vec::new()),
            failure: RwSignal::new(None),
            conflict: RwSignal::new(None),
            saving: RwSignal::new(false),
        }
    }

    /// Lets the server store it, unless that is under way already. `done` gets the answer, and is told whether the form
    /// still stands.
    pub fn store<T: 'static>(
        self,
        storing: impl Future<Output = Result<T, CallError>> + 'static,
        done: impl FnOnce(T, bool) + 'static,
    ) {
        self.store_or(storing, done, move |error| self.refused(error));
    }

    /// The same for a form that has something of its own to say of a refusal: `refused` does. Whoever has left the form
    /// needs to know nothing of it.
    pub fn store_or<T: 'static>(
        self,
        storing: impl Future<Output = Result<T, CallError>> + 'static,
        done: impl FnOnce(T, bool) + 'static,
        refused: impl FnOnce(CallError) + 'static,
    ) {
        if self.saving.get_untracked() {
            return;
        }
        self.failure.set(None);
        self.conflict.set(None);
        self.messages.set(Vec::new());
        self.saving.set(true);
        spawn_local(async move {
            let answer = storing.await;
            let stands = self.saving.try_set(false).is_none();
            match answer {
                Ok(answer) => done(answer, stands),
                Err(error) if stands => refused(error),
                Err(_) => {}
            }
        });
    }

    /// Shows messages at their fields, and focuses the first.
    pub fn show(self, errors: Vec<FieldError>) {
        if let Some(first) = errors.first().map(|error| error.field) {
            self.messages.set(errors);
            dom::focus(box_id(first));
        }
    }

    /// Shows why it was not stored, and what to do next.
    pub fn refused(self, error: CallError) {
        match error {
            CallError::Invalid(errors) => self.show(errors),
            error => self.fail(advice(&error)),
        }
    }

    /// Says what went wrong.
    pub fn fail(self, text: String) {
        self.failure.set(Some(text));
        dom::scroll_up(FORM_ID);
    }

    /// Says what somebody else changed, who was quicker.
    pub fn overtaken(self, conflict: Conflict) {
        self.conflict.set(Some(conflict));
        dom::scroll_up(FORM_ID);
    }

    /// The message of a field goes.
    pub fn forget(self, field: Field) {
        self.messages
            .update(|messages| messages.retain(|error| error.field != field));
    }
}

/// What to do after a form could not be stored, so that nothing typed is lost and nothing is done twice.
fn advice(error: &CallError) -> String {
    match error {
        CallError::Unreachable => {
            "The server doesn't answer. It may have been stored: look in the list before you try again.".to_owned()
        }
        error => error.message(),
    }
}

/// The id of the form in the pane.
const FORM_ID: &str = "pane-form";

/// A pane with a form: title, fields, and the commands at its foot.
#[component]
pub fn FormPane(
    title: &'static str,
    state: FormState,
    /// The name of the last button.
    submit: &'static str,
    on_submit: Callback<()>,
    /// Where **Cancel** goes.
    cancel: impl Fn() -> Target + Copy + Send + Sync + 'static,
    /// What stands under the title.
    #[prop(optional, into)]
    below_title: Option<AnyView>,
    /// A command at the left of the foot.
    #[prop(optional, into)]
    back: Option<AnyView>,
    /// What stands above the foot.
    #[prop(optional, into)]
    note: Option<AnyView>,
    children: Children,
) -> impl IntoView {
    let leaving = Leaving::get();
    let hydrated = Session::get().hydrated;
    view! {
        <header class="pane-head">
            <PaneTitle title=title />
            {below_title}
        </header>
        <form
            id=FORM_ID
            class="pane-body"
            novalidate
            on:submit=move |event| {
                event.prevent_default();
                on_submit.run(());
            }
        >
            <p class="notice warning without-scripts">"This form needs scripts. Switch them on for this page."</p>
            <Failure text=state.failure />
            <ConflictNotice conflict=state.conflict />
            <fieldset disabled=move || !hydrated.get()>{children()}</fieldset>
        </form>
        {note}
        <WaitNotice />
        <footer class="pane-foot">
            {back}
            <span class="space"></span>
            <CommandForm
                target=cancel
                class="button"
                go=Callback::new(move |href| leaving.done(href, false))
            >
                "Cancel"
            </CommandForm>
            <button
                type="submit"
                form=FORM_ID
                class="button primary"
                disabled=move || !hydrated.get()
                // The second click of a double click on the button that opened this pane lands here.
                on:click=|event| {
                    if dom::is_second(&event) {
                        event.prevent_default();
                    }
                }
                aria-busy=move || state.saving.get().then_some("true")
            >
                {submit}
            </button>
        </footer>
    }
    .into_any()
}
