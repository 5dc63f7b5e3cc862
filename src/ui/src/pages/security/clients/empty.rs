//! What stands in place of the table when no client is to be shown.

use domain::client::ClientKind;
use domain::list::{ClientQuery, StatusFilter};
use leptos::prelude::*;

use super::state::ClientsState;
use crate::address::{CLIENTS, Pane};
use crate::components::command_form::CommandForm;
use crate::listing::no_match::NoMatch;
use crate::session::Session;

const fn purpose(kind: ClientKind) -> &'static str {
    match kind {
        ClientKind::ClientCredentials => {
            "A client-credentials client is for server-to-server communication, where no person takes part."
        }
        ClientKind::AuthorizationCode => {
            "An authorization code client lets a web or mobile application sign people in without a secret of its own."
        }
        ClientKind::Hybrid => "A hybrid client lets an application with a server of its own sign people in.",
    }
}

/// Says why the list is empty, and what to do next.
#[component]
pub fn Empty(
    /// What was asked for.
    query: ClientQuery,
) -> impl IntoView {
    let kind = query.kind;
    let narrowed = !query.filter.is_empty() || query.status != StatusFilter::All;
    if narrowed {
        view! {
            <NoMatch
                section=&CLIENTS
                query=query
                one="client"
                all="clients"
                instead="another name, id or status"
            />
        }
        .into_any()
    } else {
        view! {
            <div class="empty">
                <p class="strong">{format!("There is no {} client yet.", adjective(kind))}</p>
                <p>{purpose(kind)}</p>
                <CreateFirst />
            </div>
        }
        .into_any()
    }
}

/// **Create the first client**, for those who may.
#[component]
fn CreateFirst() -> impl IntoView {
    let place = ClientsState::get().place;
    Session::may_change().then(|| {
        view! {
            <CommandForm
                target=move || place.target(Pane::Add)
                class="button"
                go=Callback::new(move |href| place.leaving.go(href))
            >
                "Create the first client"
            </CommandForm>
        }
    })
}

const fn adjective(kind: ClientKind) -> &'static str {
    match kind {
        ClientKind::ClientCredentials => "client-credentials",
        ClientKind::AuthorizationCode => "authorization code",
        ClientKind::Hybrid => "hybrid",
    }
}
