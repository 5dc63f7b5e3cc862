//! The choice of roles, in two tabs.

use domain::field::Field;
use domain::role::{Role, RoleId, RoleType};
use leptos::prelude::*;

use super::error_notice::LoadError;
use super::field::{Messages, box_id, message};
use super::tabs::{Tab, Tabs};
use crate::functions::error::CallError;
use crate::functions::roles::offered::offered_roles;

/// The chosen roles, and those that can be chosen.
#[derive(Clone, Copy)]
pub struct RoleChoice {
    pub chosen: RwSignal<Vec<RoleId>>,
    offered: Resource<Result<Vec<Role>, CallError>>,
    /// Asks for them again.
    again: RwSignal<u32>,
    /// Which of the tabs is open.
    tab: RwSignal<usize>,
}

impl RoleChoice {
    /// A choice that begins with these.
    pub fn new(chosen: Vec<RoleId>) -> Self {
        let again = RwSignal::new(0);
        let chosen = RwSignal::new(chosen);
        let offered = Resource::new(move || again.get(), |_| offered_roles());
        // A role that somebody removed meanwhile isn't offered, so nobody could take it out.
        Effect::new(move || {
            if let Some(Ok(roles)) = offered.get() {
                chosen.update(|chosen| chosen.retain(|id| roles.iter().any(|role| role.id == *id)));
            }
        });
        Self {
            chosen,
            offered,
            again,
            tab: RwSignal::new(0),
        }
    }

    fn choose(self, id: RoleId, chosen: bool) {
        self.chosen.update(|roles| {
            roles.retain(|role| *role != id);
            if chosen {
                roles.push(id);
                roles.sort_unstable();
            }
        });
    }
}

/// The names of roles, in their order.
pub fn role_names(roles: &[Role]) -> String {
    let names: Vec<&str> = roles.iter().map(|role| role.name.as_str()).collect();
    names.join(", ")
}

const TABS: [Tab; 2] = [
    Tab {
        id: "tenant-roles-tab",
        name: "Tenant Roles",
        panel: "tenant-roles",
    },
    Tab {
        id: "community-roles-tab",
        name: "Community Roles",
        panel: "community-roles",
    },
];

/// The two kinds of roles. The hidden panel stays in the form.
#[component]
pub fn RoleTabs(
    choice: RoleChoice,
    messages: Messages,
    /// What stands under the roles of the tenant.
    #[prop(optional)]
    hint: Option<&'static str>,
    /// Whether they are for a client, which had better not administer the tenant.
    for_client: bool,
) -> impl IntoView {
    let open = choice.tab;
    let wrong = message(messages, Field::Roles);
    view! {
        <div
            class="roles"
            id=box_id(Field::Roles)
            tabindex="-1"
            role="group"
            aria-label="Roles"
            aria-describedby=move || wrong.get().map(|_| "field-roles-message")
        >
            <Tabs
                label="Whose roles"
                tabs=&TABS
                open=move || open.get()
                turn=Callback::new(move |tab| open.set(tab))
            />
            <div
                role="tabpanel"
                id="tenant-roles"
                aria-labelledby="tenant-roles-tab"
                hidden=move || open.get() != 0
            >
                <TenantRoles choice=choice for_client=for_client />
                {hint.map(|hint| view! { <p class="hint">{hint}</p> })}
            </div>
            <div
                role="tabpanel"
                id="community-roles"
                aria-labelledby="community-roles-tab"
                tabindex="0"
                hidden=move || open.get() != 1
            >
                <p class="muted">"Roles appear here once the tenant has joined a community."</p>
            </div>
            {move || wrong.get().map(|text| view! { <p class="message" id="field-roles-message">{text}</p> })}
        </div>
    }
    .into_any()
}

#[component]
fn TenantRoles(choice: RoleChoice, for_client: bool) -> impl IntoView {
    view! {
        <Transition fallback=|| view! { <p class="loading">"Loading…"</p> }>
            {move || {
                choice
                    .offered
                    .get()
                    .map(|answer| match answer {
                        Ok(roles) => {
                            view! {
                                <ul class="checks">
                                    {roles
                                        .into_iter()
                                        .map(|role| {
                                            view! { <RoleCheck role=role choice=choice for_client=for_client /> }
                                        })
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
                                    retry=Callback::new(move |()| choice.again.update(|count| *count += 1))
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
fn RoleCheck(role: Role, choice: RoleChoice, for_client: bool) -> impl IntoView {
    let id = role.id;
    let locked = role.role_type == Some(RoleType::TenantMember);
    let checked = move || locked || choice.chosen.with(|roles| roles.contains(&id));
    let remark = match role.role_type {
        Some(RoleType::TenantMember) => Some(("always assigned", "hint")),
        Some(RoleType::TenantAdministrator) if for_client => Some(("not advised for a client", "hint warn")),
        Some(_) => None,
        None => Some(("custom", "hint")),
    };
    let box_id = format!("role-{id}");
    let remark_id = format!("role-{id}-remark");
    let described_by = remark.is_some().then(|| remark_id.clone());
    view! {
        <li>
            <input
                type="checkbox"
                id=box_id.clone()
                checked=locked
                prop:checked=checked
                disabled=locked
                aria-describedby=described_by
                on:change=move |event| choice.choose(id, event_target_checked(&event))
            />
            <label for=box_id>{role.name}</label>
            {remark.map(|(text, class)| view! { <span class=class id=remark_id>{text}</span> })}
        </li>
    }
}
