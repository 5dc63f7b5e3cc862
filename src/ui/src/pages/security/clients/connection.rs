//! **Connection Information**: where a client reaches the server.

use domain::client::ClientKind;
use domain::view::Endpoints;
use leptos::prelude::*;

use crate::components::fact::CopyFact;
use crate::session::Session;

/// The addresses that a client of this kind can use, and its tenant.
#[component]
pub fn ConnectionInformation(kind: ClientKind) -> impl IntoView {
    let session = Session::get();
    let tenant = session
        .viewer
        .with_value(|viewer| viewer.as_ref().map(|viewer| viewer.tenant_id.to_string()));
    let facts = facts(kind, session.endpoints.get_value(), tenant.unwrap_or_default());
    let facts =
        facts.map(|(shown, name, key, value)| shown.then(|| view! { <CopyFact name=name key=key value=value /> }));
    view! { <dl class="facts">{facts.into_iter().collect_view()}</dl> }.into_any()
}

/// Whether it is of use to a client of this kind, its name, what its ids are made of, and what it is.
type Row = (bool, &'static str, &'static str, String);

fn facts(kind: ClientKind, endpoints: Endpoints, tenant: String) -> [Row; 10] {
    let people = kind.signs_people_in();
    [
        (true, "Issuer", "issuer", endpoints.issuer),
        (true, "Discovery", "discovery", endpoints.discovery),
        (true, "Token Endpoint", "token", endpoints.token),
        (people, "Authorize Endpoint", "authorize", endpoints.authorization),
        (people, "User Info Endpoint", "userinfo", endpoints.userinfo),
        (people, "End Session Endpoint", "end-session", endpoints.end_session),
        // It asks for a secret.
        (
            kind.has_secrets(),
            "Introspection Endpoint",
            "introspection",
            endpoints.introspection,
        ),
        (true, "JWKS", "jwks", endpoints.jwks),
        (true, "Tenant Id", "tenant", tenant),
        (true, "API Base", "api", endpoints.api),
    ]
}
