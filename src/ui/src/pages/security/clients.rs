//! **Security > Clients**: the list at the left, the selected client or a form at the right.

mod add;
mod add_command;
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
use crate::browser::dom::{focus, focus_if_lost};
use crate::components::frame::Frame;
use add::AddClient;
use created::CreatedWindow;
use details::Details;
use discard::DiscardQuestion;
use footer::Footer;
use leave::guard;
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
    guard(state);
    // Only a change of the pane itself may replace it: whoever fills in a form may look for something in the list.
    let shown = Memo::new(move |_| match state.pane.get() {
        Pane::Add if !state.may_add() => Pane::Closed,
        pane => pane,
    });
    view! {
        <Frame title="Clients" help=HELP>
            <div class="page" class:with-pane=move || shown.get() != Pane::Closed>
                <section class="list-side" aria-label="Clients">
                    <Toolbar />
                    <List />
                    <Footer />
                </section>
                {move || match shown.get() {
                    Pane::Client(id) => view! { <Details id=id /> }.into_any(),
                    Pane::Add => view! { <AddClient /> }.into_any(),
                    Pane::Closed => ().into_any(),
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
            (Some(Pane::Client(id)), Pane::Closed) => focus_if_lost(list::link_id(id)),
            (Some(Pane::Add), Pane::Closed) => focus_if_lost(add_command::ADD_ID.to_owned()),
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
