//! The pane that changes a client.

use domain::client::ClientId;
use domain::view::{ClientDetails, Stamp};
use leptos::prelude::*;

use super::changes::client_changes;
use super::client_fields::{ClientFields, NameTaken};
use super::draft::ClientDraft;
use super::state::ClientsState;
use crate::address::Pane;
use crate::components::conflict::{Change, ConflictNotice};
use crate::components::editing::{Edited, Editing};
use crate::components::form_pane::{FormPane, FormState};
use crate::functions::clients::details::client_details;
use crate::functions::clients::edit::edit_client;
use crate::selection::FormOfSelected;

/// **Edit Client**.
#[component]
pub fn EditClient(id: ClientId) -> impl IntoView {
    let selection = ClientsState::get().selection;
    view! {
        <section class="pane" aria-labelledby="pane-title">
            <FormOfSelected selection=selection id=id.0 view=|client| view! { <EditForm client=client /> }.into_any() />
        </section>
    }
}

#[component]
fn EditForm(client: ClientDetails) -> impl IntoView {
    let state = ClientsState::get();
    let id = client.id;
    let draft = ClientDraft::of(&client);
    let form = FormState::new(move || draft.is_changed());
    let editing = Editing::new(form, client, move || state.refresh());
    let target = move || state.place.target(Pane::Details(id.0));
    let save = move |()| match draft.check() {
        Ok(edited) => editing.save(
            move |version| edit_client(id, version, edited),
            move || client_details(id),
            move |stands| {
                state.refresh();
                if stands {
                    state.place.leaving.done(untrack(target).href(), true);
                }
            },
        ),
        Err(errors) => form.show(errors),
    };
    view! {
        <FormPane
            title="Edit Client"
            state=form
            submit="Save"
            on_submit=Callback::new(save)
            cancel=target
            note=view! { <NameTaken draft=draft advice="choose another name to tell them apart" /> }.into_any()
        >
            <ConflictNotice conflict=editing.conflict />
            <ClientFields draft=draft messages=form.messages />
        </FormPane>
    }
}

impl Edited for ClientDetails {
    const GONE: &'static str = "Somebody removed this client meanwhile, so there is nothing to change. Copy what you still \
                                need and select Cancel.";

    fn version(&self) -> i64 {
        self.version
    }

    fn changed_by(&self) -> Option<Stamp> {
        Some(self.changed.clone())
    }

    fn changes(&self, now: &Self) -> Vec<Change> {
        client_changes(self, now)
    }
}
