//! The pane of the selected client.

use domain::client::ClientId;
use domain::view::ClientDetails;
use leptos::prelude::*;
use lucide_leptos::X;

use super::details_facts::Facts;
use super::details_secrets::Secrets;
use super::state::PageState;
use crate::address::Pane;
use crate::browser::dom::focus;
use crate::components::error_notice::LoadError;
use crate::components::icon::Icon;
use crate::functions::clients::details::client_details;
use crate::functions::error::CallError;

/// The region **Details**.
#[component]
pub fn Details(id: ClientId) -> impl IntoView {
    let again = RwSignal::new(0_u32);
    let client = Resource::new(move || again.get(), move |_| client_details(id));
    view! {
        <section class="pane" aria-label="Details">
            <Transition fallback=|| view! { <Loading /> }>
                {move || {
                    client
                        .get()
                        .map(|answer| {
                            let title = match &answer {
                                Ok(client) => client.name.clone(),
                                Err(_) => "Client".to_owned(),
                            };
                            view! {
                                <Head title=title />
                                {match answer {
                                    Ok(client) => view! { <Tabs client=client /> }.into_any(),
                                    Err(CallError::NotFound) => {
                                        view! {
                                            <div class="empty" role="alert">
                                                <p class="strong">"There is no client with this id."</p>
                                                <p>"It may have been removed. Select another one in the list."</p>
                                            </div>
                                        }
                                            .into_any()
                                    }
                                    Err(error) => {
                                        view! {
                                            <LoadError
                                                what="The client"
                                                reason=error.message()
                                                again="Load Client Again"
                                                focus="pane-title"
                                                retry=Callback::new(move |()| again.update(|count| *count += 1))
                                            />
                                        }
                                            .into_any()
                                    }
                                }}
                            }
                        })
                }}
            </Transition>
        </section>
    }
}

#[component]
fn Loading() -> impl IntoView {
    view! {
        <header class="pane-head">
            <p class="loading">"Loading…"</p>
            <Close />
        </header>
    }
}

/// **Hide Details**.
#[component]
fn Close() -> impl IntoView {
    let state = PageState::get();
    let close = move || state.address.get().with_pane(Pane::Closed).href();
    view! {
        <a class="icon-button" href=close aria-label="Hide Details" title="Hide Details" data-noscroll="">
            <Icon>
                <X size=20 />
            </Icon>
        </a>
    }
}

/// The name of the client, and the way out. The focus waits for it, because the client comes later than the pane.
#[component]
fn Head(title: String) -> impl IntoView {
    let state = PageState::get();
    Effect::new(move || {
        if state.focus_details.get() {
            state.focus_details.set(false);
            focus("pane-title");
        }
    });
    view! {
        <header class="pane-head">
            <h2 id="pane-title" tabindex="-1">
                {title}
            </h2>
            <Close />
        </header>
    }
}

#[component]
fn Tabs(client: ClientDetails) -> impl IntoView {
    let state = PageState::get();
    view! {
        <nav class="tabs" aria-label="Details">
            <a href=move || state.address.get().href() aria-current="page" data-noscroll="">
                "Details"
            </a>
        </nav>
        <div class="pane-body">
            <Facts client=client.clone() />
            <Secrets secrets=client.secrets now=client.now />
            <Roles roles=client.roles />
        </div>
    }
}

#[component]
fn Roles(roles: Vec<domain::role::Role>) -> impl IntoView {
    let names: Vec<String> = roles.into_iter().map(|role| role.name).collect();
    view! {
        <section aria-labelledby="roles-title" class="section">
            <h3 id="roles-title">"Assigned Roles"</h3>
            <h4>"Tenant Roles"</h4>
            <p>{names.join(", ")}</p>
            <h4>"Community Roles"</h4>
            <p class="muted">"None"</p>
        </section>
    }
}
