//! **Security > Clients**: the list at the left, the selected client or a form at the right.

mod add;
mod client_form;
mod created;
mod details;
mod details_facts;
mod details_secrets;
mod discard;
mod empty;
mod filters;
mod footer;
mod leave;
mod list;
mod secret_form;
mod state;
mod status;
mod toolbar;

use domain::client::ClientKind;
use leptos::prelude::*;

use crate::address::{ClientsAddress, Pane};
use crate::browser::dom::focus;
use crate::components::frame::Frame;
use add::AddClient;
use created::CreatedWindow;
use details::Details;
use discard::DiscardQuestion;
use footer::Footer;
use list::List;
use state::PageState;
use toolbar::Toolbar;

const HELP: &[&str] = &[
    "A client is a program or device that connects with its own id. A client-credentials client works without a person: it \
     sends its Client Id and Client Secret to the token endpoint and gets an access token.",
    "A secret is shown once, when it is made. Store it at once in a safe place.",
    "Only a Tenant Administrator may add clients. Every member of the tenant sees the list.",
];

/// The page.
#[component]
pub fn Clients() -> impl IntoView {
    let state = PageState::provide();
    keep_focus(state);
    let adding = move || state.may_add() && state.pane.get() == Pane::Add;
    view! {
        <Frame title="Clients" help=HELP>
            <div class="page">
                <section class="list-side" aria-label="Clients">
                    <Toolbar />
                    <List />
                    <Footer />
                </section>
                {move || match state.pane.get() {
                    Pane::Client(id) => view! { <Details id=id /> }.into_any(),
                    Pane::Add if adding() => view! { <AddClient /> }.into_any(),
                    Pane::Add | Pane::Closed => ().into_any(),
                }}
            </div>
            <CreatedWindow />
            <DiscardQuestion />
        </Frame>
    }
}

/// Moves the focus with the pane: into one that opens, back to its opener when it closes.
fn keep_focus(state: PageState) {
    Effect::new(move |before: Option<Pane>| {
        let now = state.pane.get();
        match (before, now) {
            (Some(before), now) if before == now => {}
            (Some(_), Pane::Add) => focus("pane-title"),
            (Some(_), Pane::Client(_)) => state.focus_details.set(true),
            (Some(Pane::Client(id)), Pane::Closed) => focus(list::link_id(id)),
            (Some(Pane::Add), Pane::Closed) => focus(toolbar::ADD_ID),
            _ => {}
        }
        now
    });
}

/// Whether this release can add clients of a kind.
fn can_be_added(kind: ClientKind) -> bool {
    kind == ClientKind::ClientCredentials
}

/// The address that selects a client in the list that is shown.
fn selecting(address: &ClientsAddress, id: domain::client::ClientId) -> String {
    address.with_pane(Pane::Client(id)).href()
}
