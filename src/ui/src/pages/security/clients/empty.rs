//! What stands in place of the table when no client is to be shown.

use domain::client::ClientKind;
use domain::list::{ClientQuery, StatusFilter};
use leptos::prelude::*;

use super::add_command::AddCommand;
use super::state::PageState;
use crate::address::{ClientsAddress, Pane};

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
pub fn Empty() -> impl IntoView {
    let state = PageState::get();
    let narrowed = move || {
        let query = state.query.get();
        !query.filter.is_empty() || query.status != StatusFilter::All
    };
    let everything = move || {
        let query = ClientQuery {
            filter: String::new(),
            status: StatusFilter::All,
            page: 1,
            ..state.query.get()
        };
        ClientsAddress {
            query,
            pane: Pane::Closed,
        }
        .href()
    };
    view! {
        <div class="empty">
            {move || {
                if narrowed() {
                    view! {
                        <p class="strong">"No client matches."</p>
                        <p>"Try another name, id or status, or " <a href=everything>"show all clients"</a> "."</p>
                    }
                        .into_any()
                } else {
                    view! {
                        <p class="strong">
                            {move || format!("There is no {} client yet.", adjective(state.query.get().kind))}
                        </p>
                        <p>{move || purpose(state.query.get().kind)}</p>
                        <AddCommand class="button">"Create the first client"</AddCommand>
                    }
                        .into_any()
                }
            }}
        </div>
    }
}

const fn adjective(kind: ClientKind) -> &'static str {
    match kind {
        ClientKind::ClientCredentials => "client-credentials",
        ClientKind::AuthorizationCode => "authorization code",
        ClientKind::Hybrid => "hybrid",
    }
}
