//! The pane that adds a client, in two steps when its kind has secrets. Nothing is stored before the last one.

use domain::add_client::AddClientForm;
use domain::client::ClientKind;
use domain::field::{Field, FieldError};
use leptos::prelude::*;
use web_sys::PopStateEvent;

use super::client_fields::{ClientFields, NameTaken};
use super::draft::{ClientDraft, SecretDraft};
use super::secret_fields::SecretFields;
use super::state::{ClientsState, Shown};
use crate::address::{Pane, Target};
use crate::browser::listen::capture;
use crate::browser::{dom, history};
use crate::components::field::box_id;
use crate::components::form_pane::{FormPane, FormState};
use crate::functions::clients::add::add_client;
use crate::functions::error::CallError;

/// The two steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// The client.
    Client,
    /// Its first secret.
    Secret,
}

/// The whole form. It outlives the steps, not the pane.
#[derive(Clone, Copy)]
struct Adding {
    client: ClientDraft,
    secret: SecretDraft,
    form: FormState,
    step: RwSignal<Step>,
    /// Whether the second step was open.
    begun: StoredValue<bool>,
    state: ClientsState,
}

impl Adding {
    fn new(state: ClientsState, kind: ClientKind) -> Self {
        let client = ClientDraft::empty(kind);
        let secret = SecretDraft::empty();
        let step = RwSignal::new(Step::Client);
        let adding = Self {
            client,
            secret,
            form: FormState::new(move || step.get() == Step::Secret || client.is_changed() || secret.is_changed()),
            step,
            begun: StoredValue::new(false),
            state,
        };
        adding.follow_history();
        adding
    }

    /// Where **Cancel** goes.
    fn list(self) -> Target {
        self.state.place.target(Pane::Closed)
    }

    /// Back from the second step, and forward to it again.
    fn follow_history(self) {
        Effect::new(move || {
            history::clear_second_step();
            capture("popstate", move |_: PopStateEvent| {
                let step = if self.begun.get_value() && history::at_second_step() {
                    Step::Secret
                } else {
                    Step::Client
                };
                if step != self.step.get_untracked() {
                    self.step.set(step);
                }
            });
        });
        Effect::new(move |before: Option<Step>| {
            let step = self.step.get();
            if before.is_some_and(|before| before != step) {
                self.form.failure.set(None);
                self.focus();
            }
            step
        });
    }

    /// **Next**: checks the first step and opens the second.
    fn next(self) {
        self.form.failure.set(None);
        match self.client.check() {
            Ok(_) => {
                self.form.messages.set(Vec::new());
                if !self.begun.get_value() {
                    self.begun.set_value(true);
                    self.secret.suggest();
                }
                self.step.set(Step::Secret);
                history::enter_second_step();
            }
            Err(errors) => self.show(errors),
        }
    }

    /// **Add** or **Save**: checks all of it and lets the server store it.
    fn save(self) {
        let kind = self.client.kind;
        let client = self.client.check();
        let secret = if kind.has_secrets() {
            self.secret.check()
        } else {
            Ok(domain::secret_form::SecretForm::default())
        };
        match (client, secret) {
            (Ok(client), Ok(secret)) => self.store(AddClientForm {
                id: None,
                kind,
                client,
                secret,
            }),
            (client, secret) => self.show([client.err(), secret.err()].into_iter().flatten().flatten().collect()),
        }
    }

    fn store(self, form: AddClientForm) {
        let state = self.state;
        self.form.store_or(
            state.place.leaving.hold(add_client(form)),
            move |created, stands| {
                state.shown.set(Some(Shown::Client(created)));
                // The pane goes; the window stands before the list.
                state.listing.stored(stands, Pane::Closed);
            },
            move |error| match error {
                CallError::Invalid(errors) => self.show(errors),
                error => self.form.refused(error),
            },
        );
    }

    /// Shows messages at their fields, on the step of the first one, and focuses it.
    fn show(self, errors: Vec<FieldError>) {
        let Some(first) = errors.first().map(|error| error.field) else {
            return;
        };
        self.form.messages.set(errors);
        self.focus();
        if !matches!(first, Field::Description | Field::ExpirationDate) {
            self.back();
        }
    }

    /// **Back**: the first step again, with what was typed. The history leads, as for the browser's own **Back**.
    fn back(self) {
        if history::at_second_step() {
            history::back();
        } else {
            self.step.set(Step::Client);
        }
    }

    /// Where the focus goes in a step that opens: to the first wrong field, else to the title.
    fn focus(self) {
        let first = self
            .form
            .messages
            .with_untracked(|messages| messages.first().map(|error| error.field));
        dom::focus(first.map_or("pane-title", box_id));
    }
}

/// The pane. Another type of client needs another one.
#[component]
pub fn AddClient() -> impl IntoView {
    let state = ClientsState::get();
    let kind = Memo::new(move |_| state.place.query.with(|query| query.kind));
    view! {
        <section class="pane" aria-labelledby="pane-title">
            {move || view! { <AddOfKind kind=kind.get() /> }}
        </section>
    }
}

#[component]
fn AddOfKind(kind: ClientKind) -> impl IntoView {
    let state = ClientsState::get();
    let adding = Adding::new(state, kind);
    move || match adding.step.get() {
        Step::Client => view! { <ClientStep adding=adding /> }.into_any(),
        Step::Secret => view! { <SecretStep adding=adding /> }.into_any(),
    }
}

#[component]
fn ClientStep(adding: Adding) -> impl IntoView {
    let client = adding.client;
    let fields = move || view! { <ClientFields draft=client messages=adding.form.messages /> };
    if client.kind.has_secrets() {
        view! {
            <FormPane
                title="Add Client"
                state=adding.form
                submit="Next"
                on_submit=Callback::new(move |()| adding.next())
                cancel=move || adding.list()
                below_title=view! { <Steps at=Step::Client /> }.into_any()
            >
                {fields()}
            </FormPane>
        }
        .into_any()
    } else {
        view! {
            <FormPane
                title="Add Client"
                state=adding.form
                submit="Add"
                on_submit=Callback::new(move |()| adding.save())
                cancel=move || adding.list()
                note=view! { <NameTaken draft=client advice="choose another name to tell them apart" /> }.into_any()
            >
                {fields()}
            </FormPane>
        }
        .into_any()
    }
}

#[component]
fn SecretStep(adding: Adding) -> impl IntoView {
    let back = view! {
        <button
            type="button"
            class="button"
            on:click=move |_| {
                if !adding.state.place.leaving.must_wait() {
                    adding.back();
                }
            }
        >
            "Back"
        </button>
    };
    view! {
        <FormPane
            title="Create Secret"
            state=adding.form
            submit="Save"
            on_submit=Callback::new(move |()| adding.save())
            cancel=move || adding.list()
            below_title=view! { <Steps at=Step::Secret /> }.into_any()
            back=back.into_any()
        >
            <NameTaken draft=adding.client advice="go Back to choose another name" />
            <SecretFields draft=adding.secret state=adding.form />
        </FormPane>
    }
}

/// Where one stands between the two steps.
#[component]
fn Steps(at: Step) -> impl IntoView {
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
