//! The table of clients.

use chrono::{DateTime, SecondsFormat, Utc};
use domain::client::ClientId;
use domain::list::Sort;
use domain::view::{ClientPage, ClientRow};
use leptos::prelude::*;
use lucide_leptos::{ArrowDown, ArrowUp};
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent};

use super::empty::Empty;
use super::selecting;
use super::state::PageState;
use super::status::{EnabledBadge, SoonestExpiry};
use crate::address::Pane;
use crate::browser::dom::show;
use crate::components::copy::CopyButton;
use crate::components::error_notice::LoadError;
use crate::components::icon::Icon;
use crate::components::time::{distance, utc_text};

/// The id of the link that selects a client.
pub fn link_id(id: ClientId) -> String {
    format!("client-{id}")
}

/// The list. While another is on its way the old rows stay, under a thin bar.
#[component]
pub fn List() -> impl IntoView {
    let state = PageState::get();
    view! {
        <div class="list">
            <div class="progress" class:busy=move || state.loading.get() aria-hidden="true"></div>
            <Transition set_pending=state.loading>
                {move || {
                    state
                        .list
                        .get()
                        .map(|answer| match answer {
                            Ok(listed) if listed.page.rows.is_empty() => {
                                view! { <Empty query=listed.query /> }.into_any()
                            }
                            Ok(listed) => view! { <Table page=listed.page /> }.into_any(),
                            Err(error) => {
                                view! {
                                    <LoadError
                                        what="The list of clients"
                                        reason=error.message()
                                        again="Try Again"
                                        focus="filter"
                                        retry=Callback::new(move |()| state.refresh())
                                    />
                                }
                                    .into_any()
                            }
                        })
                }}
            </Transition>
        </div>
    }
}

#[component]
fn Table(page: ClientPage) -> impl IntoView {
    let now = page.now;
    view! {
        <table class="clients">
            <thead>
                <tr>
                    <NameHeading />
                    <th scope="col" class="wide-only">
                        "Client Id"
                    </th>
                    <th scope="col" class="wide-only">
                        "Roles"
                    </th>
                    <th scope="col">"Secrets"</th>
                    <th scope="col" class="wide-only last-used">
                        "Last Used"
                    </th>
                    <th scope="col" class="wide-only">
                        "Status"
                    </th>
                </tr>
            </thead>
            <tbody>{page.rows.into_iter().map(|row| view! { <Row row=row now=now /> }).collect_view()}</tbody>
        </table>
    }
    .into_any()
}

/// The heading that turns the order round.
#[component]
fn NameHeading() -> impl IntoView {
    let state = PageState::get();
    let sort = move || state.query.get().sort;
    let href = move || {
        let turned = state.address.get().with_query(|query| {
            query.sort = query.sort.reversed();
            query.page = 1;
        });
        turned.without_form().href()
    };
    view! {
        <th
            scope="col"
            aria-sort=move || match sort() {
                Sort::NameAscending => "ascending",
                Sort::NameDescending => "descending",
            }
        >
            <a href=href data-noscroll="">
                "Name"
                {move || match sort() {
                    Sort::NameAscending => {
                        view! {
                            <Icon>
                                <ArrowUp size=14 />
                            </Icon>
                        }
                            .into_any()
                    }
                    Sort::NameDescending => {
                        view! {
                            <Icon>
                                <ArrowDown size=14 />
                            </Icon>
                        }
                            .into_any()
                    }
                }}
            </a>
        </th>
    }
}

#[component]
fn Row(row: ClientRow, now: DateTime<Utc>) -> impl IntoView {
    let state = PageState::get();
    let id = row.id;
    let selected = Memo::new(move |_| state.pane.get() == Pane::Client(id));
    Effect::new(move || {
        if selected.get() {
            show(&link_id(id));
        }
    });
    let text = id.to_string();
    let id_element = format!("id-{id}");
    // The end of the id never gives way: two ids that begin alike stay apart.
    let (head, tail) = text.split_at(text.len() - 4);
    let (head, tail) = (head.to_owned(), tail.to_owned());
    view! {
        <tr class:selected=move || selected.get() on:click=move |event| follow_row(state, &event, id)>
            <td>
                <a
                    id=link_id(id)
                    class="row-link"
                    href=move || selecting(&state.address.get(), id)
                    aria-current=move || selected.get().then_some("true")
                    title=row.name.clone()
                    data-noscroll=""
                >
                    {row.name.clone()}
                </a>
                <span class="narrow-only">
                    <span class="id" id=format!("narrow-{id_element}")>
                        {text.clone()}
                    </span>
                    <span class="row-copy">
                        <CopyButton
                            text=text.clone()
                            target=format!("narrow-{id_element}")
                            name=format!("Copy Client Id of {}", row.name)
                        />
                    </span>
                </span>
            </td>
            <td class="wide-only id-cell">
                <span class="id" id=id_element.clone()>
                    <span class="head">{head}</span>
                    <span>{tail}</span>
                </span>
                <span class="row-copy">
                    <CopyButton text=text target=id_element name=format!("Copy Client Id of {}", row.name) />
                </span>
            </td>
            <td class="wide-only roles-cell" title=row.roles.join(", ")>
                {row.roles.join(", ")}
            </td>
            <td class="secrets-cell">
                <span class="count">{row.secrets}</span>
                {row.soonest_expiry.map(|expiry| view! { <SoonestExpiry expiry=expiry now=now /> })}
            </td>
            <td class="wide-only last-used">
                <LastUsed at=row.last_used now=now />
            </td>
            <td class="wide-only">
                <EnabledBadge enabled=row.enabled />
            </td>
        </tr>
    }
    .into_any()
}

/// A click anywhere in a row follows its link, unless it was meant for a control or selected some text.
fn follow_row(state: PageState, event: &MouseEvent, id: ClientId) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let control = target.and_then(|target| target.closest("a, button").ok().flatten());
    let selection = window().get_selection().ok().flatten();
    if control.is_none() && selection.is_none_or(|text| text.is_collapsed()) {
        state.go(selecting(&state.address.get_untracked(), id));
    }
}

/// When something was last used, seen from the server's `now`.
#[component]
pub fn LastUsed(at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> impl IntoView {
    match at {
        None => view! { <span>"Never"</span> }.into_any(),
        Some(at) => view! {
            <time datetime=at.to_rfc3339_opts(SecondsFormat::Secs, true) title=utc_text(at)>
                {format!("{} ago", distance(now, at))}
            </time>
        }
        .into_any(),
    }
}
