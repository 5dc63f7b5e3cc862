//! The panes that add and change a person.

use domain::field::{Checked, Field};
use domain::role::RoleId;
use domain::user::UserId;
use domain::user_form::UserForm;
use domain::view::UserDetails;
use leptos::prelude::*;

use super::state::{Shown, UsersState};
use crate::address::Pane;
use crate::components::editing::{Edited, Editing};
use crate::components::field::TextField;
use crate::components::form_pane::{FormPane, FormState};
use crate::components::role_checks::{RoleChoice, RoleTabs, role_names};
use crate::functions::users::details::user_details;
use crate::functions::users::edit::edit_user;
use crate::functions::users::invite::invite_user;
use crate::selection::FormOfSelected;

/// What a person has typed of another.
#[derive(Clone, Copy)]
struct Draft {
    name: RwSignal<String>,
    email: RwSignal<String>,
    roles: RoleChoice,
    untouched: StoredValue<UserForm>,
}

impl Draft {
    fn new(form: UserForm) -> Self {
        Self {
            name: RwSignal::new(form.name.clone()),
            email: RwSignal::new(form.email.clone()),
            roles: RoleChoice::new(form.roles.clone()),
            untouched: StoredValue::new(form),
        }
    }

    fn form(self) -> UserForm {
        UserForm {
            name: self.name.get(),
            email: self.email.get(),
            roles: self.roles.chosen.get(),
            extras: None,
        }
    }

    /// Reads all of it.
    fn check(self) -> Checked<UserForm> {
        let form = untrack(|| self.form());
        form.check()?;
        Ok(form)
    }

    fn is_changed(self) -> bool {
        self.untouched.with_value(|untouched| self.form() != *untouched)
    }
}

#[component]
fn Fields(draft: Draft, state: FormState) -> impl IntoView {
    view! {
        <TextField field=Field::Name value=draft.name messages=state.messages required=true />
        <TextField
            field=Field::Email
            value=draft.email
            messages=state.messages
            required=true
            kind="email"
            hint="with which they sign in"
        />
        <RoleTabs choice=draft.roles messages=state.messages for_client=false />
    }
}

/// **Add User**.
#[component]
pub fn AddUser() -> impl IntoView {
    let state = UsersState::get();
    let draft = Draft::new(UserForm::default());
    let form = FormState::new(move || draft.is_changed());
    let add = move |()| match draft.check() {
        Ok(user) => form.store(state.place.leaving.hold(invite_user(user)), move |link, stands| {
            state.shown.set(Some(Shown::Invitation(link)));
            state.listing.stored(stands, Pane::Closed);
        }),
        Err(errors) => form.show(errors),
    };
    view! {
        <section class="pane" aria-labelledby="pane-title">
            <FormPane
                title="Add User"
                state=form
                submit="Add"
                on_submit=Callback::new(add)
                cancel=move || state.place.target(Pane::Closed)
            >
                <Fields draft=draft state=form />
            </FormPane>
        </section>
    }
}

/// **Edit User**.
#[component]
pub fn EditUser(id: UserId) -> impl IntoView {
    let selection = UsersState::get().selection;
    view! {
        <section class="pane" aria-labelledby="pane-title">
            <FormOfSelected selection=selection id=id.0 view=|user| view! { <EditForm user=user /> }.into_any() />
        </section>
    }
}

fn role_ids(user: &UserDetails) -> Vec<RoleId> {
    let mut ids: Vec<RoleId> = user.roles.iter().map(|role| role.id).collect();
    ids.sort_unstable();
    ids
}

#[component]
fn EditForm(user: UserDetails) -> impl IntoView {
    let state = UsersState::get();
    let id = user.id;
    let draft = Draft::new(UserForm {
        name: user.name.clone(),
        email: user.email.clone(),
        roles: role_ids(&user),
        extras: None,
    });
    let form = FormState::new(move || draft.is_changed());
    let editing = Editing::new(form, user, move || state.refresh());
    let save = move |()| match draft.check() {
        Ok(user) => editing.save(
            move |version| edit_user(id, version, user),
            move || user_details(id),
            move |stands| state.stored(stands, id),
        ),
        Err(errors) => form.show(errors),
    };
    view! {
        <FormPane
            title="Edit User"
            state=form
            submit="Save"
            on_submit=Callback::new(save)
            cancel=move || state.place.target(Pane::Details(id.0))
        >
            <Fields draft=draft state=form />
        </FormPane>
    }
    .into_any()
}

impl Edited for UserDetails {
    const GONE: &'static str = "Somebody removed this user meanwhile, so there is nothing to change. Select Cancel.";

    fn version(&self) -> i64 {
        self.version
    }

    fn fields(&self) -> Vec<(&'static str, String)> {
        vec![
            ("Name", self.name.clone()),
            ("E-mail", self.email.clone()),
            ("Roles", role_names(&self.roles)),
            ("Status", self.status.label().to_owned()),
        ]
    }
}
