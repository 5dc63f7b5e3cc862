//! The panes that add and change a role.

use domain::field::{Checked, Field};
use domain::role::RoleId;
use domain::role_form::RoleForm;
use domain::view::RoleDetails;
use leptos::prelude::*;

use super::state::RolesState;
use crate::address::Pane;
use crate::components::details_pane::NoForm;
use crate::components::editing::{Edited, Editing};
use crate::components::field::TextField;
use crate::components::form_pane::{FormPane, FormState};
use crate::functions::roles::add::add_role;
use crate::functions::roles::details::role_details;
use crate::functions::roles::edit::edit_role;
use crate::selection::FormOfSelected;

/// What a person has typed of a role.
#[derive(Clone, Copy)]
struct Draft {
    name: RwSignal<String>,
    description: RwSignal<String>,
    untouched: StoredValue<RoleForm>,
}

impl Draft {
    fn new(form: RoleForm) -> Self {
        Self {
            name: RwSignal::new(form.name.clone()),
            description: RwSignal::new(form.description.clone()),
            untouched: StoredValue::new(form),
        }
    }

    fn form(self) -> RoleForm {
        RoleForm {
            name: self.name.get(),
            description: self.description.get(),
        }
    }

    /// Reads all of it.
    fn check(self) -> Checked<RoleForm> {
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
        <TextField
            field=Field::Name
            value=draft.name
            messages=state.messages
            required=true
            hint="as your APIs know it, such as MyData.Role"
        />
        <TextField field=Field::Description value=draft.description messages=state.messages hint="optional" />
    }
}

/// **Add Role**.
#[component]
pub fn AddRole() -> impl IntoView {
    let state = RolesState::get();
    let draft = Draft::new(RoleForm::default());
    let form = FormState::new(move || draft.is_changed());
    let add = move |()| match draft.check() {
        Ok(role) => form.store(add_role(role), move |id: RoleId, stands| {
            state.listing.stored(stands, Pane::Details(id.0));
        }),
        Err(errors) => form.show(errors),
    };
    view! {
        <section class="pane" aria-labelledby="pane-title">
            <FormPane
                title="Add Role"
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

/// **Edit Role**.
#[component]
pub fn EditRole(id: RoleId) -> impl IntoView {
    let selection = RolesState::get().selection;
    view! {
        <section class="pane" aria-labelledby="pane-title">
            <FormOfSelected
                selection=selection
                id=id.0
                view=|details| {
                    if details.role.role_type.is_some() {
                        view! {
                            <NoForm
                                title="Edit Role"
                                why="A built-in role can’t be changed."
                                instead="Add a role of your own, and give that."
                            />
                        }
                            .into_any()
                    } else {
                        view! { <EditForm details=details /> }.into_any()
                    }
                }
            />
        </section>
    }
}

#[component]
fn EditForm(details: RoleDetails) -> impl IntoView {
    let state = RolesState::get();
    let id = details.role.id;
    let draft = Draft::new(RoleForm {
        name: details.role.name.clone(),
        description: details.description.clone(),
    });
    let form = FormState::new(move || draft.is_changed());
    let editing = Editing::new(form, details, move || state.refresh());
    let save = move |()| match draft.check() {
        Ok(role) => editing.save(
            move |version| edit_role(id, version, role),
            move || role_details(id),
            move |stands| state.stored(stands, id),
        ),
        Err(errors) => form.show(errors),
    };
    view! {
        <FormPane
            title="Edit Role"
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

impl Edited for RoleDetails {
    const GONE: &'static str = "Somebody removed this role meanwhile, so there is nothing to change. Select Cancel.";

    fn version(&self) -> i64 {
        self.version
    }

    fn fields(&self) -> Vec<(&'static str, String)> {
        vec![
            ("Name", self.role.name.clone()),
            ("Description", self.description.clone()),
        ]
    }
}
