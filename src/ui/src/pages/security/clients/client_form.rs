//! The first step of adding a client: what it is.

use domain::field::Field;
use domain::role::{Role, RoleType};
use leptos::prelude::*;

use super::add::{Draft, Step, Steps};
use super::state::PageState;
use crate::address::{CLIENTS_PATH, Pane};
use crate::browser::dom;
use crate::components::command_form::CommandForm;
use crate::components::error_notice::LoadError;
use crate::components::field::{TextField, box_id, message};
use crate::components::notice::Failure;
use crate::session::Session;

/// **Add Client**.
#[component]
pub fn ClientForm() -> impl IntoView {
    let draft = Draft::get();
    let hydrated = Session::get().hydrated;
    view! {
        <header class="pane-head">
            <h2 id="pane-title" tabindex="-1">
                "Add Client"
            </h2>
            <Steps at=Step::Client />
        </header>
        <form
            id="client-form"
            class="pane-body"
            novalidate
            on:submit=move |event| {
                event.prevent_default();
                draft.next();
            }
        >
            <p class="notice warning without-scripts">"Adding a client needs scripts. Switch them on for this page."</p>
            <Failure text=draft.failure />
            <fieldset disabled=move || !hydrated.get()>
                <TextField field=Field::Name value=draft.name messages=draft.messages required=true />
                <TextField
                    field=Field::TokenLifetime
                    value=draft.token_lifetime
                    messages=draft.messages
                    hint="seconds, 60 to 3600"
                    inputmode="numeric"
                />
                <RoleTabs />
            </fieldset>
        </form>
        <footer class="pane-foot">
            <span class="space"></span>
            <Cancel />
            <button type="submit" form="client-form" class="button primary" disabled=move || !hydrated.get()>
                "Next"
            </button>
        </footer>
    }
}

/// **Cancel**: back to the list.
#[component]
pub fn Cancel() -> impl IntoView {
    let state = PageState::get();
    let draft = Draft::get();
    let closed = move || state.address.get().with_pane(Pane::Closed);
    view! {
        <CommandForm
            path=CLIENTS_PATH
            pairs=Signal::derive(move || closed().pairs())
            class="button"
            disabled=draft.saving
            go=Callback::new(move |()| {
                state.changed.set(false);
                state.jump(untrack(closed).href(), false);
            })
        >
            "Cancel"
        </CommandForm>
    }
}

const TABS: [(&str, &str); 2] = [("tenant", "Tenant Roles"), ("community", "Community Roles")];

/// The two kinds of roles. The hidden panel stays in the form.
#[component]
fn RoleTabs() -> impl IntoView {
    let draft = Draft::get();
    let chosen = draft.tab;
    let wrong = message(draft.messages, Field::Roles);
    // Arrows go from tab to tab, as ARIA asks of tabs.
    let turn = move |event: leptos::ev::KeyboardEvent| {
        if matches!(event.key().as_str(), "ArrowLeft" | "ArrowRight") {
            event.prevent_default();
            chosen.update(|index| *index = 1 - *index);
            dom::focus(format!("{}-roles-tab", TABS[chosen.get_untracked()].0));
        }
    };
    let tab = move |index: usize| {
        let (key, name) = TABS[index];
        view! {
            <button
                type="button"
                role="tab"
                id=format!("{key}-roles-tab")
                aria-controls=format!("{key}-roles")
                aria-selected=move || (chosen.get() == index).to_string()
                tabindex=move || if chosen.get() == index { "0" } else { "-1" }
                on:click=move |_| chosen.set(index)
                on:keydown=turn
            >
                {name}
            </button>
        }
    };
    view! {
        <div
            class="roles"
            id=box_id(Field::Roles)
            tabindex="-1"
            role="group"
            aria-label="Roles"
            aria-describedby=move || wrong.get().map(|_| "field-roles-message")
        >
            <div class="tabs" role="tablist">
                {tab(0)}
                {tab(1)}
            </div>
            <div
                role="tabpanel"
                id="tenant-roles"
                aria-labelledby="tenant-roles-tab"
                hidden=move || chosen.get() != 0
            >
                <TenantRoles />
                <p class="hint">"Roles can be modified after the client is created."</p>
            </div>
            <div
                role="tabpanel"
                id="community-roles"
                aria-labelledby="community-roles-tab"
                tabindex="0"
                hidden=move || chosen.get() != 1
            >
                <p class="muted">"Roles appear here once the tenant has joined a community."</p>
            </div>
            {move || wrong.get().map(|text| view! { <p class="message" id="field-roles-message">{text}</p> })}
        </div>
    }
    .into_any()
}

#[component]
fn TenantRoles() -> impl IntoView {
    let draft = Draft::get();
    view! {
        <Transition fallback=|| view! { <p class="loading">"Loading…"</p> }>
            {move || {
                draft
                    .offered
                    .get()
                    .map(|answer| match answer {
                        Ok(roles) => {
                            view! {
                                <ul class="checks">
                                    {roles
                                        .into_iter()
                                        .map(|role| view! { <RoleCheck role=role /> })
                                        .collect_view()}
                                </ul>
                            }
                                .into_any()
                        }
                        Err(error) => {
                            view! {
                                <LoadError
                                    what="The list of roles"
                                    reason=error.message()
                                    again="Load Roles Again"
                                    focus="pane-title"
                                    retry=Callback::new(move |()| draft.again.update(|count| *count += 1))
                                />
                            }
                                .into_any()
                        }
                    })
            }}
        </Transition>
    }
}

#[component]
fn RoleCheck(role: Role) -> impl IntoView {
    let draft = Draft::get();
    let id = role.id;
    let locked = role.role_type == Some(RoleType::TenantMember);
    let checked = move || locked || draft.roles.with(|roles| roles.contains(&id));
    let remark = match role.role_type {
        Some(RoleType::TenantMember) => Some(("always assigned", "hint")),
        Some(RoleType::TenantAdministrator) => Some(("not advised for a client", "hint warn")),
        Some(_) => None,
        None => Some(("custom", "hint")),
    };
    let box_id = format!("role-{id}");
    let remark_id = format!("role-{id}-remark");
    let described_by = remark.is_some().then(|| remark_id.clone());
    let choose = move |event| {
        let chosen = event_target_checked(&event);
        draft.roles.update(|roles| {
            roles.retain(|role| *role != id);
            if chosen {
                roles.push(id);
                roles.sort_unstable();
            }
        });
    };
    view! {
        <li>
            <input
                type="checkbox"
                id=box_id.clone()
                checked=locked
                prop:checked=checked
                disabled=locked
                aria-describedby=described_by
                on:change=choose
            />
            <label for=box_id>{role.name}</label>
            {remark.map(|(text, class)| view! { <span class=class id=remark_id>{text}</span> })}
        </li>
    }
}
