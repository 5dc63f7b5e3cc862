//! **Connection Information**: where a client reaches the server.

use domain::client::ClientKind;
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
    let endpoints = session.endpoints.get_value();
    let people = kind.signs_people_in();
    view! {
        <dl class="facts">
            <CopyFact name="Issuer" key="issuer" value=endpoints.issuer />
            <CopyFact name="Discovery" key="discovery" value=endpoints.discovery />
            <CopyFact name="Token Endpoint" key="token" value=endpoints.token />
            {people
                .then(|| {
                    view! {
                        <CopyFact name="Authorize Endpoint" key="authorize" value=endpoints.authorization />
                        <CopyFact name="User Info Endpoint" key="userinfo" value=endpoints.userinfo />
                        <CopyFact name="End Session Endpoint" key="end-session" value=endpoints.end_session />
                    }
                })}
            // It asks for a secret.
            {kind
                .has_secrets()
                .then(|| {
                    view! {
                        <CopyFact name="Introspection Endpoint" key="introspection" value=endpoints.introspection />
                    }
                })}
            <CopyFact name="JWKS" key="jwks" value=endpoints.jwks />
            <CopyFact name="Tenant Id" key="tenant" value=tenant.unwrap_or_default() />
            <CopyFact name="API Base" key="api" value=endpoints.api />
        </dl>
    }
    .into_any()
}
