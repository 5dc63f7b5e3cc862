//! **Security > Clients**: the list at the left, the selected client or a form at the right.

mod add;
mod changes;
mod client_fields;
mod commands;
mod connection;
mod created;
mod details;
mod details_addresses;
mod details_facts;
mod details_secrets;
mod draft;
mod edit;
mod empty;
mod examples;
mod filters;
mod list;
mod questions;
mod secret_fields;
mod secret_panes;
mod state;
mod status;
mod toolbar;

use domain::client::ClientId;
use leptos::prelude::*;

use crate::address::{Form, Pane};
use crate::components::frame::Frame;
use crate::leaving::DiscardQuestion;
use crate::listing::foot::Foot;
use add::AddClient;
use created::CreatedWindow;
use details::Details;
use edit::EditClient;
use list::List;
use questions::Questions;
use secret_panes::{AddSecret, EditSecret};
use state::ClientsState;
use toolbar::Toolbar;

const HELP: &[&str] = &[
    "A client is a program or device that connects with its own id. A client-credentials client works without a person: it \
     sends its Client Id and Client Secret to the token endpoint and gets an access token.",
    "An authorization code client signs people in from a browser or a phone, and has no secret. A hybrid client signs people \
     in from an application with a server of its own, which keeps a secret.",
    "A secret is shown once, when it is made. Store it at once in a safe place. A second one can overlap with the first while \
     an application changes over.",
    "Only a Tenant Administrator may change clients. Every member of the tenant sees the list.",
];

/// The page.
#[component]
pub fn Clients() -> impl IntoView {
    let state = ClientsState::provide();
    // Only a change of the pane itself may replace it: whoever fills in a form may look for something in the list.
    let shown = state.place.shown();
    view! {
        <Frame title="Clients" help=HELP>
            <div class="page" class:with-pane=move || shown.get() != Pane::Closed>
                <section class="list-side" aria-label="Clients">
                    <Toolbar />
                    <List />
                    <Foot listing=state.listing noun="clients" />
                </section>
                {move || match shown.get() {
                    Pane::Details(id) => view! { <Details id=ClientId(id) /> }.into_any(),
                    Pane::Add => view! { <AddClient /> }.into_any(),
                    Pane::Change(id, Form::AddSecret) => view! { <AddSecret id=ClientId(id) /> }.into_any(),
                    Pane::Change(id, Form::EditSecret(secret)) => {
                        view! { <EditSecret id=ClientId(id) secret=secret /> }.into_any()
                    }
                    Pane::Change(id, Form::Edit | Form::Identities) => view! { <EditClient id=ClientId(id) /> }.into_any(),
                    Pane::Closed => ().into_any(),
                }}
            </div>
            <CreatedWindow />
            <Questions />
            <DiscardQuestion />
        </Frame>
    }
}
