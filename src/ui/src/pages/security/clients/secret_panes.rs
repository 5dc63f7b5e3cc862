//! The panes that add and change a secret of a client.

use domain::client::ClientId;
use domain::secret::SecretId;
use domain::view::{ClientDetails, SecretRow};
use leptos::prelude::*;

use super::draft::SecretDraft;
use super::secret_fields::SecretFields;
use super::state::{ClientsState, Shown};
use crate::address::Pane;
use crate::components::details_pane::DetailsHead;
use crate::components::editing::{Edited, Editing};
use crate::components::form_pane::{FormPane, FormState};
use crate::components::time::utc_text;
use crate::functions::clients::details::client_details;
use crate::functions::error::CallError;
use crate::functions::secrets::add::add_secret;
use crate::functions::secrets::edit::edit_secret;
use crate::selection::FormOfSelected;

/// **Add Secret**.
#[component]
pub fn AddSecret(id: ClientId) -> impl IntoView {
    let state = ClientsState::get();
    let draft = SecretDraft::empty();
    draft.suggest();
    let form = FormState::new(move || draft.is_changed());
    let add = move |()| match draft.check() {
        Ok(secret) => form.store_or(
            state.place.leaving.hold(add_secret(id, secret)),
            move |created, stands| {
                state.shown.set(Some(Shown::Secret(created)));
                state.stored(stands, id);
            },
            move |error| {
                match error {
                    CallError::NotFound => form.fail(ClientDetails::GONE.to_owned()),
                    error => form.refused(error),
                }
                // Somebody may have been quicker: the client is gone, or has all its secrets.
                state.refresh();
            },
        ),
        Err(errors) => form.show(errors),
    };
    view! {
        <section class="pane" aria-labelledby="pane-title">
            <FormPane
                title="Add Secret"
                state=form
                submit="Add"
                on_submit=Callback::new(add)
                cancel=move || state.place.target(Pane::Details(id.0))
            >
                <SecretFields draft=draft state=form />
            </FormPane>
        </section>
    }
}

/// **Edit Secret**.
#[component]
pub fn EditSecret(id: ClientId, secret: SecretId) -> impl IntoView {
    let selection = ClientsState::get().selection;
    view! {
        <section class="pane" aria-labelledby="pane-title">
            <FormOfSelected
                selection=selection
                id=id.0
                view=move |client| {
                    match find(&client, secret) {
                        Some(row) => view! { <EditForm client=id secret=row /> }.into_any(),
                        None => view! { <Gone client=id /> }.into_any(),
                    }
                }
            />
        </section>
    }
}

fn find(client: &ClientDetails, id: SecretId) -> Option<SecretRow> {
    client.secrets.iter().find(|secret| secret.id == id).cloned()
}

/// What stands at the address of a secret that isn't there.
#[component]
fn Gone(client: ClientId) -> impl IntoView {
    let state = ClientsState::get();
    let back = move || state.place.href(Pane::Details(client.0));
    view! {
        <DetailsHead title="Edit Secret".to_owned() commands=() />
        <div class="empty" role="alert">
            <p class="strong">"This secret doesn't exist any more."</p>
            <p>
                "Go back to " <a href=back data-noscroll="">
                    "the details of the client"
                </a> "."
            </p>
        </div>
    }
}

#[component]
fn EditForm(client: ClientId, secret: SecretRow) -> impl IntoView {
    let state = ClientsState::get();
    let id = secret.id;
    let draft = SecretDraft::empty();
    draft.begin_with(&secret);
    let form = FormState::new(move || draft.is_changed());
    let editing = Editing::new(form, secret, move || state.refresh());
    let save = move |()| match draft.check() {
        Ok(edited) => editing.save(
            move |version| edit_secret(client, id, version, edited),
            move || async move { find(&client_details(client).await?, id).ok_or(CallError::NotFound) },
            move |stands| state.stored(stands, client),
        ),
        Err(errors) => form.show(errors),
    };
    view! {
        <FormPane
            title="Edit Secret"
            state=form
            submit="Save"
            on_submit=Callback::new(save)
            cancel=move || state.place.target(Pane::Details(client.0))
        >
            <SecretFields draft=draft state=form />
        </FormPane>
    }
}

impl Edited for SecretRow {
    const GONE: &'static str =
        "Somebody removed this secret or its client meanwhile, so there is nothing to change. Select Cancel.";

    fn version(&self) -> i64 {
        self.version
    }

    fn fields(&self) -> Vec<(&'static str, String)> {
        let expiry = self.expiry.at().map_or_else(|| "never".to_owned(), utc_text);
        vec![("Description", self.description.clone()), ("Expiration Date", expiry)]
    }
}
