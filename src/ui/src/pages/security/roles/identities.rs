//! The pane that gives a role to people and clients, and takes it from them.

mod choice;
mod filters;
mod list;

use std::collections::HashMap;

use domain::identity_list::{Identity, IdentityKind};
use domain::number::grouped;
use domain::role::{RoleId, RoleType};
use domain::view::RoleDetails;
use leptos::prelude::*;

use super::details::summary;
use super::state::RolesState;
use crate::address::Pane;
use crate::components::details_pane::NoForm;
use crate::components::editing::Edited;
use crate::components::form_pane::{FormPane, FormState};
use crate::functions::error::CallError;
use crate::functions::roles::change_identities::change_identities;
use crate::selection::FormOfSelected;
use choice::{Choice, Wishes, changes};
use filters::{Filter, KindTabs};
use list::Identities;

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
                        view! {
                            <NoForm
                                title="Manage Identities"
                                why="Everybody in the tenant has Tenant Member."
                                instead="It can’t be given or taken. Choose another role."
                            />
                        }
                            .into_any()
                    } else {
                        view! { <Manage details=details /> }.into_any()
                    }
                }
            />
        </section>
    }
}

#[component]
fn Manage(details: RoleDetails) -> impl IntoView {
    let state = RolesState::get();
    let id = details.role.id;
    let choice = Choice::new();
    let form = FormState::new(move || choice.wanted.with(|wanted| !wanted.is_empty()));
    let save = move |()| {
        let wanted = choice.wanted.get_untracked();
        let changes = changes(&wanted);
        if let Err(error) = changes.check() {
            form.fail(error.to_string());
            return;
        }
        form.store_or(
            change_identities(id, changes),
            move |(), stands| state.stored(stands, id),
            move |error| match error {
                CallError::Gone(gone) => {
                    form.fail(removed_meanwhile(&gone, &wanted));
                    choice.forget(&gone);
                    state.refresh();
                }
                CallError::NotFound => {
                    form.fail(RoleDetails::GONE.to_owned());
                    state.refresh();
                }
                error => form.refused(error),
            },
        );
    };
    let role_type = details.role.role_type;
    let remark = move || {
        let advised_against =
            role_type == Some(RoleType::TenantAdministrator) && choice.kind.get() == IdentityKind::Clients;
        advised_against.then(|| view! { <p class="hint warn">"Not advised for a client."</p> })
    };
    view! {
        <FormPane
            title="Manage Identities"
            state=form
            submit="Save"
            on_submit=Callback::new(save)
            cancel=move || state.place.target(Pane::Details(id.0))
            below_title=view! { <p class="muted">{details.role.name}</p> }.into_any()
            note=view! { <Pending choice=choice /> }.into_any()
        >
            <KindTabs choice=choice />
            {remark}
            <Filter choice=choice />
            <Identities id=id role_type=role_type choice=choice />
        </FormPane>
    }
    .into_any()
}

/// Names those who aren't there any more, as the list named them.
fn removed_meanwhile(gone: &[Identity], wanted: &Wishes) -> String {
    let wishes = gone.iter().filter_map(|identity| wanted.get(identity));
    let mut names: Vec<String> = wishes.map(|wish| wish.name.clone()).collect();
    names.sort_unstable();
    names.truncate(5);
    format!(
        "Removed by somebody meanwhile: {}. They are out of your changes, and nothing is stored yet. Select Save to store the \
         others.",
        summary(gone.len() as u64, &names)
    )
}

/// How many changes wait for **Save**.
#[component]
fn Pending(choice: Choice) -> impl IntoView {
    let text = move || match choice.wanted.with(HashMap::len) {
        0 => None,
        1 => Some("1 change is not saved yet.".to_owned()),
        count => Some(format!("{} changes are not saved yet.", grouped(count as u64))),
    };
    view! {
        <div role="status" class="pane-note">
            {move || text().map(|text| view! { <p class="muted">{text}</p> })}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use domain::user::UserId;
    use uuid::Uuid;

    use super::choice::Wish;
    use super::*;

    #[test]
    fn names_a_few_of_those_who_are_gone_and_counts_the_rest() {
        let gone: Vec<Identity> = (0..7).map(|id| Identity::User(UserId(Uuid::from_u128(id)))).collect();
        let wish = |name: &str| Wish {
            name: name.to_owned(),
            holds: true,
        };
        let names = ["Gil", "Flo", "Eva", "Di", "Cy", "Bo", "Ana"];
        let wanted: Wishes = gone.iter().copied().zip(names.map(wish)).collect();
        let text = removed_meanwhile(&gone, &wanted);
        assert!(
            text.starts_with("Removed by somebody meanwhile: Ana, Bo, Cy, Di, Eva and 2 more. "),
            "{text}"
        );
    }
}
