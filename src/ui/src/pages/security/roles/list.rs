//! The table of roles.

use domain::role::Role;
use domain::view::{Page, RoleRow};
use leptos::prelude::*;

use super::state::RolesState;
use crate::address::ROLES;
use crate::listing::heading::NameHeading;
use crate::listing::no_match::NoMatch;
use crate::listing::row::Row;
use crate::listing::view::ListView;

/// What **Role Type** says of a role.
pub const fn role_type(role: &Role) -> &'static str {
    match role.role_type {
        Some(_) => "Tenant Built-in",
        None => "Tenant Custom",
    }
}

/// The list.
#[component]
pub fn List() -> impl IntoView {
    let state = RolesState::get();
    view! {
        <ListView
            listing=state.listing
            what="The list of roles"
            table=|page| view! { <Table page=page /> }.into_any()
            empty=|query| {
                view! { <NoMatch section=&ROLES query=query one="role" all="roles" instead="another name" /> }
                    .into_any()
            }
        />
    }
}

#[component]
fn Table(page: Page<RoleRow>) -> impl IntoView {
    let state = RolesState::get();
    let rows = page.rows.into_iter().map(|row| {
        view! {
            <Row place=state.place id=row.role.id.0 name=row.role.name.clone()>
                <td class="wide-only targets-cell" title=row.description.clone()>
                    {row.description.clone()}
                </td>
                <td class="kind-cell">{role_type(&row.role)}</td>
            </Row>
        }
    });
    view! {
        <table class="rows">
            <thead>
                <tr>
                    <NameHeading place=state.place />
                    <th scope="col" class="wide-only targets-cell">
                        "Description"
                    </th>
                    <th scope="col" class="kind-cell">
                        "Role Type"
                    </th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}
