//! The pane that gives a role to people and clients, and takes it from them.

use std::collections::HashMap;
use std::time::Duration;

use domain::identity_list::{Identity, IdentityChanges, IdentityKind, IdentityQuery};
use domain::paging::Paging;
use domain::role::{RoleId, RoleType};
use domain::view::{IdentityRow, Page, RoleDetails};
use leptos::leptos_dom::helpers::debounce;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::state::RolesState;
use crate::address::Pane;
use crate::browser::dom;
use crate::components::details_pane::DetailsHead;
use crate::components::error_notice::LoadError;
use crate::components::form_pane::{FormPane, FormState};
use crate::functions::error::CallError;
use crate::functions::roles::change_identities::change_identities;
use crate::functions::roles::identities::role_identities;
use crate::selection::FormOfSelected;
use crate::session::Session;

/// How many are listed at once.
const PER_PAGE: u32 = 25;
/// Where the list begins.
const FIRST: Paging = Paging::first(PER_PAGE);

/// How long typing pauses before the list follows.
const TYPING_PAUSE: Duration = Duration::from_millis(250);

const TABS: [(IdentityKind, &str, &str); 2] = [
    (IdentityKind::Users, "users-tab", "Users"),
    (IdentityKind::Clients, "clients-tab", "Client-Credentials Clients"),
];

/// **Manage Identities**.
#[component]
pub fn ManageIdentities(id: RoleId) -> impl IntoView {
    let selection = RolesState::get().selection;
    view! {
        <section class="pane" aria-labelledby="pane-title">
            <FormOfSelected
                selection=selection
                id=id.0
                view=|details| {
                    if details.role.role_type == Some(RoleType::TenantMember) {
                        view! { <Everybody /> }.into_any()
                    } else {
                        view! { <Manage details=details /> }.into_any()
                    }
                }
            />
        </section>
    }
}

#[component]
fn Everybody() -> impl IntoView {
    view! {
        <DetailsHead title="Manage Identities".to_owned() commands=() />
        <div class="empty" role="alert">
            <p class="strong">"Everybody in the tenant has Tenant Member."</p>
            <p>"It can’t be given or taken. Choose another role."</p>
        </div>
    }
}

/// What is listed, and what shall change.
#[derive(Clone, Copy)]
struct Choice {
    kind: RwSignal<IdentityKind>,
    filter: RwSignal<String>,
    holders_only: RwSignal<bool>,
    paging: RwSignal<Paging>,
    /// Whoever shall have the role, or not, other than now.
    wanted: RwSignal<HashMap<Identity, bool>>,
}

impl Choice {
    fn new() -> Self {
        Self {
            kind: RwSignal::new(IdentityKind::Users),
            filter: RwSignal::new(String::new()),
            holders_only: RwSignal::new(false),
            paging: RwSignal::new(FIRST),
            wanted: RwSignal::new(HashMap::new()),
        }
    }

    fn query(self) -> IdentityQuery {
        IdentityQuery {
            kind: self.kind.get(),
            filter: self.filter.get(),
            holders_only: self.holders_only.get(),
            paging: self.paging.get(),
        }
    }

    fn show(self, kind: IdentityKind) {
        self.kind.set(kind);
        self.paging.set(FIRST);
    }

    fn want(self, row: &IdentityRow, holds: bool) {
        self.wanted.update(|wanted| {
            if holds == row.holds {
                wanted.remove(&row.identity);
            } else {
                wanted.insert(row.identity, holds);
            }
        });
    }

    fn changes(self) -> IdentityChanges {
        let wanted = self.wanted.get_untracked();
        let (give, take): (Vec<_>, Vec<_>) = wanted.into_iter().partition(|(_, holds)| *holds);
        let identities = |some: Vec<(Identity, bool)>| some.into_iter().map(|(identity, _)| identity).collect();
        IdentityChanges {
            give: identities(give),
            take: identities(take),
        }
    }
}

#[component]
fn Manage(details: RoleDetails) -> impl IntoView {
    let state = RolesState::get();
    let id = details.role.id;
    let choice = Choice::new();
    let form = FormState::new(move || choice.wanted.with(|wanted| !wanted.is_empty()));
    let target = move || state.place.target(Pane::Details(id.0));
    let save = move |()| {
        let changes = choice.changes();
        if !form.begin() {
            return;
        }
        spawn_local(async move {
            let answer = change_identities(id, changes).await;
            let stands = form.end();
            match answer {
                Ok(()) => {
                    state.refresh();
                    if stands {
                        state.place.leaving.done(untrack(target).href(), true);
                    }
                }
                Err(_) if !stands => {}
                Err(CallError::NotFound) => form.failure.set(Some(GONE.to_owned())),
                Err(error) => form.refused(error),
            }
        });
    };
    let role_type = details.role.role_type;
    view! {
        <FormPane
            title="Manage Identities"
            state=form
            submit="Save"
            on_submit=Callback::new(save)
            cancel=target
            below_title=view! { <p class="muted">{details.role.name}</p> }.into_any()
            note=view! { <Pending choice=choice /> }.into_any()
        >
            <Tabs choice=choice />
            <Filter choice=choice />
            <Identities id=id role_type=role_type choice=choice />
        </FormPane>
    }
    .into_any()
}

const GONE: &str = "Somebody removed the role, or one of those that you chose, meanwhile. Nothing was changed. Select Cancel, \
                    and choose again.";

/// How many changes wait for **Save**.
#[component]
fn Pending(choice: Choice) -> impl IntoView {
    let text = move || match choice.wanted.with(HashMap::len) {
        0 => None,
        1 => Some("1 change is not saved yet.".to_owned()),
        count => Some(format!("{count} changes are not saved yet.")),
    };
    view! {
        <div role="status" class="pane-note">
            {move || text().map(|text| view! { <p class="muted">{text}</p> })}
        </div>
    }
}

#[component]
fn Tabs(choice: Choice) -> impl IntoView {
    // Arrows go from tab to tab, as ARIA asks of tabs.
    let turn = move |event: leptos::ev::KeyboardEvent| {
        if matches!(event.key().as_str(), "ArrowLeft" | "ArrowRight") {
            event.prevent_default();
            let shown = choice.kind.get_untracked();
            if let Some((kind, id, _)) = TABS.into_iter().find(|(kind, ..)| *kind != shown) {
                choice.show(kind);
                dom::focus(id);
            }
        }
    };
    view! {
        <div class="tabs" role="tablist" aria-label="Who can have the role">
            {TABS
                .map(|(kind, id, name)| {
                    view! {
                        <button
                            type="button"
                            role="tab"
                            id=id
                            aria-controls="identities"
                            aria-selected=move || (choice.kind.get() == kind).to_string()
                            tabindex=move || if choice.kind.get() == kind { "0" } else { "-1" }
                            on:click=move |_| choice.show(kind)
                            on:keydown=turn
                        >
                            {name}
                        </button>
                    }
                })
                .collect_view()}
        </div>
    }
}

#[component]
fn Filter(choice: Choice) -> impl IntoView {
    let mut follow = debounce(TYPING_PAUSE, move |text: String| {
        choice.filter.set(text);
        choice.paging.set(FIRST);
    });
    view! {
        <div class="field">
            <label for="filter-identities">"Filter Identities"</label>
            <input
                id="filter-identities"
                type="search"
                placeholder="Name, e-mail or id"
                autocomplete="off"
                on:input=move |event| follow(event_target_value(&event).trim().to_owned())
            />
        </div>
        <div class="check">
            <input
                type="checkbox"
                id="holders-only"
                prop:checked=choice.holders_only
                on:change=move |event| {
                    choice.holders_only.set(event_target_checked(&event));
                    choice.paging.set(FIRST);
                }
            />
            <label for="holders-only">"Only who has it now"</label>
        </div>
    }
}

/// The list.
#[component]
fn Identities(id: RoleId, role_type: Option<RoleType>, choice: Choice) -> impl IntoView {
    let again = RwSignal::new(0_u32);
    let listed = Resource::new(
        move || (choice.query(), again.get()),
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
                                        retry=Callback::new(move |()| again.update(|count| *count += 1))
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
    let turn = move |name: &'static str, to: Option<Paging>| {
        view! {
            <button
                type="button"
                class="button"
                disabled=to.is_none()
                on:click=move |_| choice.paging.set(to.clone().unwrap_or(FIRST))
            >
                {name}
            </button>
        }
    };
    let pager = (pages > 1).then(|| {
        view! {
            <div class="buttons">
                {turn("Previous", around.previous)}
                <span class="muted">{format!("Page {number} of {pages}")}</span>
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
            .with(|wanted| wanted.get(&identity).copied().unwrap_or(held))
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
