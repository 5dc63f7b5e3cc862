//! The pages and their addresses.

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::SsrMode;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::path;

use crate::pages::not_found::NotFound;
use crate::pages::security::clients::Clients;
use crate::pages::security::roles::Roles;
use crate::pages::security::users::Users;
use crate::session::Session;

/// The root of all pages.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let session = Session::provide();
    // A frame later everything that waits for data of the page is alive too.
    Effect::new(move || {
        request_animation_frame(move || {
            session.hydrated.set(true);
            if let Some(body) = document().body() {
                let _ = body.set_attribute("data-hydrated", "");
            }
        });
    });
    view! {
        <Router>
            <Routes fallback=NotFound>
                <Route path=path!("/security/clients") view=Clients ssr=SsrMode::Async />
                <Route path=path!("/security/roles") view=Roles ssr=SsrMode::Async />
                <Route path=path!("/security/users") view=Users ssr=SsrMode::Async />
            </Routes>
        </Router>
    }
}
