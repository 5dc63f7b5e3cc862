//! The pane of the selected role.

use domain::number::grouped;
use domain::role::{RoleId, RoleType};
use domain::view::{Holders, RoleDetails};
use leptos::prelude::*;

use super::commands::Commands;
use super::list::role_type;
use super::state::RolesState;
use crate::address::{Form, Pane};
use crate::components::commands::{OpenCommand, Spot};
use crate::components::details_pane::{DetailsBody, DetailsHead};
use crate::components::fact::{CopyFact, Fact};
use crate::place::IDENTITIES_ID;
use crate::selection::WithSelected;
use crate::session::Session;

/// The region **Details**.
#[component]
pub fn Details(id: RoleId) -> impl IntoView {
    let selection = RolesState::get().selection;
    view! {
        <section class="pane" aria-label="Details">
            <WithSelected selection=selection id=id.0 view=|role| view! { <Role details=role /> }.into_any() />
        </section>
    }
}

#[component]
fn Role(details: RoleDetails) -> impl IntoView {
    let RoleDetails {
        role,
        description,
        holders,
        ..
    } = details;
    let kind = role_type(&role);
    let description = if description.is_empty() {
        "None".to_owned()
    } else {
        description
    };
    view! {
        <DetailsHead title=role.name.clone() commands=view! { <Commands spot=Spot::PaneTitle /> } />
        <DetailsBody>
            <dl class="facts">
                <CopyFact name="Role Id" key="id" value=role.id.to_string() />
                <Fact name="Name">{role.name}</Fact>
                <Fact name="Description">{description}</Fact>
                <Fact name="Role Type">{kind} {role.role_type.map(remark)}</Fact>
            </dl>
            <Identities id=role.id role_type=role.role_type holders=holders />
        </DetailsBody>
    }
}

/// What had better be known of a built-in role.
fn remark(role_type: RoleType) -> impl IntoView {
    let text = if role_type == RoleType::TenantAdministrator {
        "Can’t be changed or removed. Not advised for a client."
    } else {
        "Can’t be changed or removed."
    };
    view! { <p class="hint">{text}</p> }
}

/// Who has the role.
#[component]
fn Identities(id: RoleId, role_type: Option<RoleType>, holders: Holders) -> impl IntoView {
    let state = RolesState::get();
    let everybody = role_type == Some(RoleType::TenantMember);
    let reason = move || everybody.then_some("Everybody in the tenant has Tenant Member");
    let manage = Session::may_change().then(|| {
        view! {
            <OpenCommand
                name="Manage Identities"
                id=IDENTITIES_ID
                target=move || state.place.target(Pane::Change(id.0, Form::Identities))
                reason=reason
                reason_id="everybody"
                go=Callback::new(move |href| state.place.leaving.go(href))
            />
        }
    });
    view! {
        <section aria-labelledby="identities-title" class="section">
            <div class="section-head">
                <h3 id="identities-title">"Identities"</h3>
                {manage}
            </div>
            <h4>"Users"</h4>
            <p>{summary(holders.user_count, &holders.users)}</p>
            <h4>"Client-Credentials Clients"</h4>
            <p>{summary(holders.client_count, &holders.clients)}</p>
        </section>
    }
    .into_any()
}

/// Some names, and how many more there are.
pub fn summary(count: u64, names: &[String]) -> String {
    let more = count.saturating_sub(names.len() as u64);
    match (names.is_empty(), more) {
        (true, _) => "None".to_owned(),
        (false, 0) => names.join(", "),
        (false, more) => format!("{} and {} more", names.join(", "), grouped(more)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_some_and_counts_the_rest() {
        let names = ["Ana".to_owned(), "Bo".to_owned()];
        assert_eq!(summary(0, &[]), "None");
        assert_eq!(summary(2, &names), "Ana, Bo");
        assert_eq!(summary(1_236, &names), "Ana, Bo and 1,234 more");
    }
}
