//! What stands at an address that leads nowhere.

use leptos::prelude::*;

use crate::address::CLIENTS;
use crate::components::frame::Frame;

/// The page for an unknown address; the server answers it with 404.
#[component]
pub fn NotFound() -> impl IntoView {
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(http::StatusCode::NOT_FOUND);
    }
    view! {
        <Frame title="Page Not Found" help=&["This address leads nowhere. The left pane lists the places there are."]>
            <div class="empty">
                <p class="strong">"There is no page at this address."</p>
                <p>
                    "Check the address, or go to " <a href=CLIENTS.path>"the list of clients"</a> "."
                </p>
            </div>
        </Frame>
    }
}
