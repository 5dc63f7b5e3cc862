//! The list of those that can have a role.

use domain::number::grouped;
use domain::paging::Paging;
use domain::role::{RoleId, RoleType};
use domain::view::{IdentityRow, Page};
use leptos::prelude::*;

use super::choice::{Choice, PER_PAGE};
use crate::components::error_notice::LoadError;
use crate::functions::roles::identities::role_identities;
use crate::session::Session;

/// One page of the list.
#[component]
pub fn Identities(id: RoleId, role_type: Option<RoleType>, choice: Choice) -> impl IntoView {
    let listed = Resource::new(
        move || (choice.query(), choice.reload.get()),
        move |(query, _)| role_identities(id, query),
    );
    view! {
        <div role="tabpanel" id="identities" class="identities" aria-label="Identities">
            <Transition fallback=|| view! { <p class="loading">"Loading…"</p> }>
                {move || {
                    listed
                        .get()
                        .map(|answer| match answer {
                            Ok(page) => {
                                view! { <Rows page=page role_type=role_type choice=choice /> }.into_any()
                            }
                            Err(error) => {
                                view! {
                                    <LoadError
                                        what="The list of identities"
                                        reason=error.message()
                                        again="Load Identities Again"
                                        focus="pane-title"
                                        retry=Callback::new(move |()| choice.list_again())
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
fn Rows(page: Page<IdentityRow>, role_type: Option<RoleType>, choice: Choice) -> impl IntoView {
    let (number, pages) = (page.number(PER_PAGE), page.count(PER_PAGE));
    let around = page.neighbours(PER_PAGE);
    // A button that leads nowhere keeps the focus, which would be lost on the last page else.
    let turn = move |name: &'static str, to: Option<Paging>| {
        let missing = to.is_none();
        view! {
            <button
                type="button"
                class="button"
                aria-disabled=missing.then_some("true")
                on:click=move |_| {
                    if let Some(to) = to.clone() {
                        choice.paging.set(to);
                    }
                }
            >
                {name}
            </button>
        }
    };
    let pager = (pages > 1).then(|| {
        view! {
            <div class="buttons">
                {turn("Previous", around.previous)}
                <span class="muted" aria-live="polite">
                    {format!("Page {} of {}", grouped(number.into()), grouped(pages.into()))}
                </span>
                {turn("Next", around.next)}
            </div>
        }
    });
    let list = if page.rows.is_empty() {
        view! { <p class="muted">"Nobody matches."</p> }.into_any()
    } else {
        let rows = page
            .rows
            .into_iter()
            .map(|row| view! { <Check row=row role_type=role_type choice=choice /> });
        view! { <ul class="checks">{rows.collect_view()}</ul> }.into_any()
    };
    view! {
        {list}
        {pager}
    }
    .into_any()
}

#[component]
fn Check(row: IdentityRow, role_type: Option<RoleType>, choice: Choice) -> impl IntoView {
    let id = row.identity.id();
    let own = Session::get()
        .viewer
        .with_value(|viewer| viewer.as_ref().is_some_and(|viewer| viewer.id.0 == id));
    // Nobody takes the right to administer from themselves.
    let locked = own && role_type == Some(RoleType::TenantAdministrator);
    let identity = row.identity;
    let held = row.holds;
    let checked = move || {
        choice
            .wanted
            .with(|wanted| wanted.get(&identity).map_or(held, |wish| wish.holds))
    };
    let box_id = format!("identity-{id}");
    let detail_id = format!("identity-{id}-detail");
    let detail = if locked {
        format!("{} · you", row.detail)
    } else {
        row.detail.clone()
    };
    view! {
        <li>
            <input
                type="checkbox"
                id=box_id.clone()
                prop:checked=checked
                disabled=locked
                aria-describedby=detail_id.clone()
                on:change={
                    let row = row.clone();
                    move |event| choice.want(&row, event_target_checked(&event))
                }
            />
            <label for=box_id>{row.name.clone()}</label>
            <span class="hint" id=detail_id>
                {detail}
            </span>
        </li>
    }
    .into_any()
}
