//! The pane that adds a client in two steps. Nothing is stored before the last one.

use domain::add_client::AddClientForm;
use domain::client::ClientName;
use domain::field::{Field, FieldError};
use domain::role::{Role, RoleId};
use domain::secret::nonexistent_time;
use domain::token_lifetime::TokenLifetime;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::PopStateEvent;

use super::client_form::ClientForm;
use super::secret_form::SecretForm;
use super::state::PageState;
use crate::address::Pane;
use crate::browser::listen::capture;
use crate::browser::time_zone::{self, LocalTimeError};
use crate::browser::{dom, history};
use crate::components::field::{Messages, box_id};
use crate::functions::clients::add::add_client;
use crate::functions::clients::name_in_use::client_name_in_use;
use crate::functions::clients::roles::roles_for_clients;
use crate::functions::error::CallError;

/// The two steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The client.
    Client,
    /// Its first secret.
    Secret,
}

/// What a person has typed so far. It outlives the steps, not the pane.
#[derive(Clone, Copy)]
pub struct Draft {
    pub step: RwSignal<Step>,
    pub name: RwSignal<String>,
    pub token_lifetime: RwSignal<String>,
    pub roles: RwSignal<Vec<RoleId>>,
    pub description: RwSignal<String>,
    /// As the `datetime-local` box holds it, in the person's zone. The second step fills it when it first opens.
    pub expiration: RwSignal<String>,
    pub never_expires: RwSignal<bool>,
    pub messages: Messages,
    /// What went wrong beside the fields.
    pub failure: RwSignal<Option<String>>,
    /// Whether another client has this name.
    pub name_taken: RwSignal<bool>,
    /// Whether the server is storing it now.
    pub saving: RwSignal<bool>,
    /// The roles that can be chosen.
    pub offered: Resource<Result<Vec<Role>, CallError>>,
    /// Asks for them again.
    pub again: RwSignal<u32>,
    /// Which of the role tabs is open.
    pub tab: RwSignal<usize>,
    /// Whether the second step was open.
    begun: StoredValue<bool>,
    state: PageState,
    untouched: StoredValue<AddClientForm>,
}

impl Draft {
    /// An empty draft, for all components below.
    fn provide(state: PageState) -> Self {
        let again = RwSignal::new(0);
        let draft = Self {
            offered: Resource::new(move || again.get(), |_| roles_for_clients()),
            again,
            tab: RwSignal::new(0),
            step: RwSignal::new(Step::Client),
            name: RwSignal::new(String::new()),
            token_lifetime: RwSignal::new(TokenLifetime::MAX.to_string()),
            roles: RwSignal::new(Vec::new()),
            description: RwSignal::new(String::new()),
            expiration: RwSignal::new(String::new()),
            never_expires: RwSignal::new(false),
            messages: RwSignal::new(Vec::new()),
            failure: RwSignal::new(None),
            name_taken: RwSignal::new(false),
            saving: RwSignal::new(false),
            begun: StoredValue::new(false),
            state,
            untouched: StoredValue::new(AddClientForm::default()),
        };
        draft.untouched.set_value(untrack(|| draft.form(String::new())));
        provide_context(draft);
        draft
    }

    /// The draft of the pane around.
    pub fn get() -> Self {
        expect_context()
    }

    fn form(self, expiration: String) -> AddClientForm {
        AddClientForm {
            name: self.name.get(),
            token_lifetime: self.token_lifetime.get(),
            roles: self.roles.get(),
            description: self.description.get(),
            expiration,
            never_expires: self.never_expires.get(),
        }
    }

    /// Whether anything was typed that leaving would lose.
    fn is_changed(self) -> bool {
        self.step.get() == Step::Secret
            || self
                .untouched
                .with_value(|untouched| self.form(String::new()) != *untouched)
    }

    /// **Next**: checks the first step and opens the second.
    pub fn next(self) {
        self.failure.set(None);
        match untrack(|| self.form(String::new())).check_client() {
            Ok((name, _)) => {
                self.messages.set(Vec::new());
                if !self.begun.get_value() {
                    self.begun.set_value(true);
                    self.expiration.set(time_zone::one_year_from_now());
                }
                self.step.set(Step::Secret);
                history::enter_second_step();
                self.look_for_namesakes(name);
            }
            Err(errors) => self.show(errors),
        }
    }

    fn look_for_namesakes(self, name: ClientName) {
        self.name_taken.set(false);
        spawn_local(async move {
            // A warning that can't be had is no reason to stop.
            let taken = client_name_in_use(name.as_str().to_owned()).await.unwrap_or_default();
            let still_typed = self.name.try_with_untracked(|now| now.trim() == name.as_str());
            if taken && still_typed == Some(true) {
                self.name_taken.set(true);
            }
        });
    }

    /// **Save**: checks all of it and lets the server store it.
    pub fn save(self) {
        if self.saving.get_untracked() {
            return;
        }
        self.failure.set(None);
        let (expiration, skipped) = untrack(|| self.expiration_instant());
        let form = untrack(|| self.form(expiration));
        let mut errors = form.check().err().unwrap_or_default();
        if let Some(skipped) = skipped {
            errors.retain(|error| error.field != Field::ExpirationDate);
            errors.push(skipped);
        }
        if !errors.is_empty() {
            self.show(errors);
            return;
        }
        self.messages.set(Vec::new());
        self.saving.set(true);
        spawn_local(async move {
            let answer = add_client(form).await;
            let left = self.saving.try_set(false).is_some();
            match answer {
                // Even whoever has left must see the secret: it can't be shown again.
                Ok(created) => {
                    self.state.created.set(Some(created));
                    self.state.refresh();
                    if !left {
                        self.close();
                    }
                }
                Err(_) if left => {}
                Err(CallError::Invalid(errors)) => self.show(errors),
                Err(error) => self.failure.set(Some(advice(&error))),
            }
        });
    }

    /// **Never Expires**: a wrong date doesn't matter then.
    pub fn never_expire(self, never: bool) {
        self.never_expires.set(never);
        self.messages
            .update(|messages| messages.retain(|error| error.field != Field::ExpirationDate));
    }

    /// The expiry as an instant, and what is wrong with it as a local time.
    fn expiration_instant(self) -> (String, Option<FieldError>) {
        if self.never_expires.get() {
            return (String::new(), None);
        }
        match time_zone::instant(&self.expiration.get()) {
            Ok(instant) => (instant, None),
            // Domain says what is missing or malformed.
            Err(LocalTimeError::Malformed) => (self.expiration.get(), None),
            Err(LocalTimeError::Skipped) => (String::new(), Some(nonexistent_time(&time_zone::name()))),
        }
    }

    /// The pane goes; the window that shows the secret stands before the list.
    fn close(self) {
        self.state.changed.set(false);
        let list = self.state.address.get_untracked().with_pane(Pane::Closed);
        self.state.jump(list.href(), true);
    }

    /// Shows messages at their fields, on the step of the first one, and focuses it.
    fn show(self, errors: Vec<FieldError>) {
        let Some(first) = errors.first().map(|error| error.field) else {
            return;
        };
        self.messages.set(errors);
        self.focus();
        if matches!(first, Field::Name | Field::TokenLifetime | Field::Roles) {
            self.back();
        }
    }

    /// **Back**: the first step again, with what was typed. The history leads, as for the browser's own **Back**.
    pub fn back(self) {
        if history::at_second_step() {
            history::back();
        } else {
            self.step.set(Step::Client);
        }
    }

    /// Where the focus goes in a step that opens: to the first wrong field, else to the title.
    fn focus(self) {
        let wrong = self
            .messages
            .with_untracked(|messages| messages.first().map(|error| box_id(error.field)));
        dom::focus(wrong.unwrap_or("pane-title"));
    }
}

/// What to do after a failed **Save**, so that nothing typed is lost and nothing is added twice.
fn advice(error: &CallError) -> String {
    match error {
        CallError::SignedOut => "You are signed out. Sign in in another tab, then select Save again.".to_owned(),
        CallError::Unreachable => {
            "The server doesn't answer. The client may have been added: look in the list before you select Save again."
                .to_owned()
        }
        error => error.message(),
    }
}

/// The pane.
#[component]
pub fn AddClient() -> impl IntoView {
    let state = PageState::get();
    let draft = Draft::provide(state);
    Effect::new(move || state.changed.set(draft.is_changed()));
    on_cleanup(move || {
        let _ = state.changed.try_set(false);
    });
    Effect::new(move || {
        history::clear_second_step();
        // Back from the second step, and forward to it again.
        capture("popstate", move |_: PopStateEvent| {
            let step = if draft.begun.get_value() && history::at_second_step() {
                Step::Secret
            } else {
                Step::Client
            };
            if step != draft.step.get_untracked() {
                draft.step.set(step);
            }
        });
    });
    Effect::new(move |before: Option<Step>| {
        let step = draft.step.get();
        if before.is_some_and(|before| before != step) {
            draft.failure.set(None);
            draft.focus();
        }
        step
    });
    view! {
        <section class="pane" aria-labelledby="pane-title">
            {move || match draft.step.get() {
                Step::Client => view! { <ClientForm /> }.into_any(),
                Step::Secret => view! { <SecretForm /> }.into_any(),
            }}
        </section>
    }
}

/// Where one stands between the two steps.
#[component]
pub fn Steps(at: Step) -> impl IntoView {
    let item = move |step: Step, number: &'static str, name: &'static str| {
        view! {
            <li aria-current=(at == step).then_some("step")>
                <span class="number" aria-hidden="true">
                    {if step == Step::Client && at == Step::Secret { "✓" } else { number }}
                </span>
                {name}
            </li>
        }
    };
    view! { <ol class="steps">{item(Step::Client, "1", "Client")} {item(Step::Secret, "2", "Secret")}</ol> }
}
