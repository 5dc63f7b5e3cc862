//! What stands in place of the table when no client is to be shown.

use domain::client::ClientKind;
use domain::list::{ClientQuery, StatusFilter};
use leptos::prelude::*;

use super::add_command::AddCommand;
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
pub fn Empty(
    /// What was asked for.
    query: ClientQuery,
) -> impl IntoView {
    let kind = query.kind;
    let narrowed = !query.filter.is_empty() || query.status != StatusFilter::All;
    let content = if narrowed {
        let here = ClientsAddress {
            query,
            pane: Pane::Closed,
        };
        let everything = here.with_query(|query| {
            query.filter.clear();
            query.status = StatusFilter::All;
            query.page = 1;
        });
        view! {
            <p class="strong">"No client matches."</p>
            <p>"Try another name, id or status, or " <a href=everything.href()>"show all clients"</a> "."</p>
        }
        .into_any()
    } else {
        view! {
            <p class="strong">{format!("There is no {} client yet.", adjective(kind))}</p>
            <p>{purpose(kind)}</p>
            <AddCommand class="button">"Create the first client"</AddCommand>
        }
        .into_any()
    };
    view! { <div class="empty">{content}</div> }
}

const fn adjective(kind: ClientKind) -> &'static str {
    match kind {
        ClientKind::ClientCredentials => "client-credentials",
        ClientKind::AuthorizationCode => "authorization code",
        ClientKind::Hybrid => "hybrid",
    }
}
