//! The table of clients.

use chrono::{DateTime, Utc};
use domain::client::ClientKind;
use domain::view::{ClientRow, Page};
use leptos::prelude::*;

use super::empty::Empty;
use super::state::ClientsState;
use super::status::{EnabledBadge, SoonestExpiry};
use crate::components::copy::CopyButton;
use crate::components::time::Ago;
use crate::listing::heading::NameHeading;
use crate::listing::row::Row;
use crate::listing::view::ListView;

/// The list.
#[component]
pub fn List() -> impl IntoView {
    let state = ClientsState::get();
    view! {
        <ListView
            listing=state.listing
            what="The list of clients"
            table=|page| view! { <Table page=page /> }.into_any()
            empty=|query| view! { <Empty query=query /> }.into_any()
        />
    }
}

#[component]
fn Table(page: Page<ClientRow>) -> impl IntoView {
    let state = ClientsState::get();
    let now = page.now;
    let kind = state.place.query.with_untracked(|query| query.kind);
    let targets = if kind.has_roles() { "Roles" } else { "Redirect URL(s)" };
    let secrets = kind.has_secrets().then(|| {
        view! {
            <th scope="col" class="secrets-cell">
                "Secrets"
            </th>
        }
    });
    view! {
        <table class="rows">
            <thead>
                <tr>
                    <NameHeading place=state.place />
                    <th scope="col" class="wide-only id-cell">
                        "Client Id"
                    </th>
                    <th scope="col" class="wide-only targets-cell">
                        {targets}
                    </th>
                    {secrets}
                    <th scope="col" class="wide-only last-used">
                        "Last Used"
                    </th>
                    <th scope="col" class="wide-only status-cell">
                        "Status"
                    </th>
                </tr>
            </thead>
            <tbody>
                {page.rows.into_iter().map(|row| view! { <Client row=row kind=kind now=now /> }).collect_view()}
            </tbody>
        </table>
    }
    .into_any()
}

#[component]
fn Client(row: ClientRow, kind: ClientKind, now: DateTime<Utc>) -> impl IntoView {
    let state = ClientsState::get();
    let text = row.id.to_string();
    let id_element = format!("id-{}", row.id);
    let copy_name = format!("Copy Client Id of {}", row.name);
    // The end of the id never gives way: two ids that begin alike stay apart.
    let (head, tail) = text.split_at(text.len() - 4);
    let (head, tail) = (head.to_owned(), tail.to_owned());
    let below = view! {
        <span class="narrow-only">
            <span class="id" id=format!("narrow-{id_element}")>
                {text.clone()}
            </span>
            <span class="row-copy">
                <CopyButton text=text.clone() target=format!("narrow-{id_element}") name=copy_name.clone() />
            </span>
        </span>
    };
    let targets = if kind.has_roles() { row.roles } else { row.redirect_uris }.join(", ");
    let secrets = kind.has_secrets().then(|| {
        view! {
            <td class="secrets-cell">
                <span class="count">{row.secrets}</span>
                {row.soonest_expiry.map(|expiry| view! { <SoonestExpiry expiry=expiry now=now /> })}
            </td>
        }
    });
    view! {
        <Row place=state.place id=row.id.0 name=row.name below=below.into_any()>
            <td class="wide-only id-cell">
                <span class="id" id=id_element.clone()>
                    <span class="head">{head}</span>
                    <span>{tail}</span>
                </span>
                <span class="row-copy">
                    <CopyButton text=text target=id_element name=copy_name />
                </span>
            </td>
            <td class="wide-only targets-cell" title=targets.clone()>
                {targets.clone()}
            </td>
            {secrets}
            <td class="wide-only last-used">
                <Ago at=row.last_used now=now />
            </td>
            <td class="wide-only status-cell">
                <EnabledBadge enabled=row.enabled />
            </td>
        </Row>
    }
    .into_any()
}
