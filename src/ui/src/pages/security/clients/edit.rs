//! The pane that changes a client.

use domain::client::ClientId;
use domain::view::ClientDetails;
use leptos::prelude::*;

use super::client_fields::{ClientFields, NameTaken};
use super::draft::ClientDraft;
use super::state::ClientsState;
use crate::address::Pane;
use crate::components::editing::Editing;
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
    let save = move |()| match draft.check() {
        Ok(edited) => editing.save(
            move |version| edit_client(id, version, edited),
            move || client_details(id),
            move |stands| state.stored(stands, id),
        ),
        Err(errors) => form.show(errors),
    };
    view! {
        <FormPane
            title="Edit Client"
            state=form
            submit="Save"
            on_submit=Callback::new(save)
            cancel=move || state.place.target(Pane::Details(id.0))
            note=view! { <NameTaken draft=draft advice="choose another name to tell them apart" /> }.into_any()
        >
            <ClientFields draft=draft messages=form.messages />
        </FormPane>
    }
}
