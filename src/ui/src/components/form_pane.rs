//! A pane with a form, and what all of them have in common.

use std::future::Future;

use domain::field::{Field, FieldError};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::command_form::CommandForm;
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
            saving: RwSignal::new(false),
        }
    }

    /// Begins to store it, unless that is under way already.
    pub fn begin(self) -> bool {
        if self.saving.get_untracked() {
            return false;
        }
        self.failure.set(None);
        self.messages.set(Vec::new());
        self.saving.set(true);
        true
    }

    /// Ends that; answers whether the form still stands.
    pub fn end(self) -> bool {
        self.saving.try_set(false).is_none()
    }

    /// Lets the server store it, unless that is under way already. `done` gets the answer, and is told whether the form
    /// still stands; whoever has left it needs to know nothing of a refusal.
    pub fn store<T: 'static>(
        self,
        storing: impl Future<Output = Result<T, CallError>> + 'static,
        done: impl FnOnce(T, bool) + 'static,
    ) {
        if !self.begin() {
            return;
        }
        spawn_local(async move {
            let answer = storing.await;
            let stands = self.end();
            match answer {
                Ok(answer) => done(answer, stands),
                Err(_) if !stands => {}
                Err(error) => self.refused(error),
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
        Self::scroll_up();
    }

    /// Brings what is said above the fields into view.
    pub fn scroll_up() {
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
