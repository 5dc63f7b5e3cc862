//! The pane of the selected client.

use domain::client::{ClientId, ClientKind};
use domain::role::Role;
use domain::view::ClientDetails;
use leptos::prelude::*;

use super::commands::Commands;
use super::connection::ConnectionInformation;
use super::details_addresses::Addresses;
use super::details_facts::Facts;
use super::details_secrets::Secrets;
use super::examples::CodeExamples;
use super::state::ClientsState;
use crate::address::DetailsTab;
use crate::components::commands::Spot;
use crate::components::details_pane::{DetailsHead, DetailsTabs};
use crate::components::role_checks::role_names;
use crate::selection::WithSelected;

/// The region **Details**.
#[component]
pub fn Details(id: ClientId) -> impl IntoView {
    let selection = ClientsState::get().selection;
    view! {
        <section class="pane" aria-label="Details">
            <WithSelected selection=selection id=id.0 view=|client| view! { <Client client=client /> }.into_any() />
        </section>
    }
}

/// All its tabs are there, of which one is seen: each keeps its place, and none is made in a pane that is on its way out.
#[component]
fn Client(client: ClientDetails) -> impl IntoView {
    let tab = ClientsState::get().place.tab;
    let covered = move |by| move || tab.get() != by;
    view! {
        <DetailsHead title=client.name.clone() commands=view! { <Commands spot=Spot::PaneTitle /> } />
        <DetailsTabs />
        <div class="pane-body" hidden=covered(DetailsTab::Details)>
            <Known client=client.clone() />
        </div>
        <div class="pane-body" hidden=covered(DetailsTab::CodeExamples)>
            <CodeExamples client=client.clone() />
        </div>
        <div class="pane-body" hidden=covered(DetailsTab::ConnectionInformation)>
            <ConnectionInformation kind=client.kind />
        </div>
    }
}

/// What is known of it.
#[component]
fn Known(client: ClientDetails) -> impl IntoView {
    let secrets = client
        .kind
        .has_secrets()
        .then(|| view! { <Secrets client=client.clone() /> });
    let rest = if client.kind == ClientKind::ClientCredentials {
        view! { <Roles roles=client.roles.clone() /> }.into_any()
    } else {
        view! { <Addresses kind=client.kind sign_in=client.sign_in.clone() /> }.into_any()
    };
    view! {
        <Facts client=client />
        {secrets}
        {rest}
    }
    .into_any()
}

#[component]
fn Roles(roles: Vec<Role>) -> impl IntoView {
    view! {
        <section aria-labelledby="roles-title" class="section">
            <h3 id="roles-title">"Assigned Roles"</h3>
            <h4>"Tenant Roles"</h4>
            <p>{role_names(&roles)}</p>
            <h4>"Community Roles"</h4>
            <p class="muted">"None"</p>
        </section>
    }
    .into_any()
}
