//! The table of people.

use chrono::{DateTime, Utc};
use domain::view::{Page, UserRow, UserStatus};
use leptos::prelude::*;

use super::state::UsersState;
use crate::address::USERS;
use crate::components::time::Ago;
use crate::listing::heading::NameHeading;
use crate::listing::no_match::NoMatch;
use crate::listing::row::Row;
use crate::listing::view::ListView;

/// The list.
#[component]
pub fn List() -> impl IntoView {
    let state = UsersState::get();
    view! {
        <ListView
            listing=state.listing
            what="The list of users"
            table=|page| view! { <Table page=page /> }.into_any()
            empty=|query| {
                view! { <NoMatch section=&USERS query=query one="user" all="users" instead="another name or e-mail" /> }
                    .into_any()
            }
        />
    }
}

#[component]
fn Table(page: Page<UserRow>) -> impl IntoView {
    let state = UsersState::get();
    let now = page.now;
    let rows = page.rows.into_iter().map(|row| view! { <User row=row now=now /> });
    view! {
        <table class="rows">
            <thead>
                <tr>
                    <NameHeading place=state.place />
                    <th scope="col" class="wide-only email-cell">
                        "E-mail"
                    </th>
                    <th scope="col" class="wide-only targets-cell">
                        "Roles"
                    </th>
                    <th scope="col" class="status-cell">
                        "Status"
                    </th>
                    <th scope="col" class="wide-only last-used">
                        "Last Sign-in"
                    </th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

#[component]
fn User(row: UserRow, now: DateTime<Utc>) -> impl IntoView {
    let state = UsersState::get();
    let roles = row.roles.join(", ");
    let below = view! {
        <span class="narrow-only">
            <span class="id">{row.email.clone()}</span>
        </span>
    };
    view! {
        <Row place=state.place id=row.id.0 name=row.name below=below.into_any()>
            <td class="wide-only email-cell" title=row.email.clone()>
                {row.email.clone()}
            </td>
            <td class="wide-only targets-cell" title=roles.clone()>
                {roles.clone()}
            </td>
            <td class="status-cell">
                <StatusBadge status=row.status />
            </td>
            <td class="wide-only last-used">
                <Ago at=row.last_sign_in now=now />
            </td>
        </Row>
    }
    .into_any()
}

/// How an account stands.
#[component]
pub fn StatusBadge(status: UserStatus) -> impl IntoView {
    let class = match status {
        UserStatus::Enabled => "badge ok",
        UserStatus::Disabled => "badge",
        UserStatus::Invited => "badge warn",
    };
    view! { <span class=class>{status.label()}</span> }
}
