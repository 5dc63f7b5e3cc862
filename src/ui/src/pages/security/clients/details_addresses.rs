//! Where a client sends people, and whose pages may call the server.

use domain::client::ClientKind;
use domain::field::Field;
use domain::view::SignInDetails;
use leptos::prelude::*;

/// The lists of URLs.
#[component]
pub fn Addresses(kind: ClientKind, sign_in: SignInDetails) -> impl IntoView {
    let origins = kind
        .has_cors_origins()
        .then(|| view! { <List field=Field::CorsOrigins entries=sign_in.cors_origins /> });
    view! {
        <List field=Field::RedirectUrls entries=sign_in.redirect_urls />
        <List field=Field::LogoutRedirectUrls entries=sign_in.logout_redirect_urls />
        {origins}
    }
    .into_any()
}

#[component]
fn List(field: Field, entries: Vec<String>) -> impl IntoView {
    let content = if entries.is_empty() {
        view! { <p class="muted">"None"</p> }.into_any()
    } else {
        let rows = entries.into_iter().map(|entry| view! { <li><code>{entry}</code></li> });
        view! { <ul class="addresses">{rows.collect_view()}</ul> }.into_any()
    };
    view! {
        <section class="section">
            <h3>{field.label()}</h3>
            {content}
        </section>
    }
}
