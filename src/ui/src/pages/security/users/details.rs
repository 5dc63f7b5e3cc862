//! The pane of the selected person.

use domain::user::UserId;
use domain::view::{UserDetails, UserStatus};
use leptos::prelude::*;

use super::commands::Commands;
use super::list::StatusBadge;
use super::state::{Question, UsersState};
use crate::components::commands::{Spot, WindowCommand};
use crate::components::details_pane::{DetailsBody, DetailsHead};
use crate::components::fact::{CopyFact, Fact, StatusFact};
use crate::components::role_checks::role_names;
use crate::components::time::{Ago, Time};
use crate::selection::WithSelected;
use crate::session::Session;

/// The region **Details**.
#[component]
pub fn Details(id: UserId) -> impl IntoView {
    let selection = UsersState::get().selection;
    view! {
        <section class="pane" aria-label="Details">
            <WithSelected selection=selection id=id.0 view=|user| view! { <User user=user /> }.into_any() />
        </section>
    }
}

#[component]
fn User(user: UserDetails) -> impl IntoView {
    let (name, email) = (user.name.clone(), user.email.clone());
    let (created, last_sign_in, now) = (user.created, user.last_sign_in, user.now);
    let roles = role_names(&user.roles);
    view! {
        <DetailsHead title=name.clone() commands=view! { <Commands spot=Spot::PaneTitle /> } />
        <DetailsBody>
            <dl class="facts">
                <CopyFact name="User Id" key="id" value=user.id.to_string() />
                <Fact name="Name">{name}</Fact>
                <Fact name="E-mail">{email}</Fact>
                <Status user=user.clone() />
                <Fact name="Created">
                    <Time at=created />
                </Fact>
                <Fact name="Last Sign-in">
                    <Ago at=last_sign_in now=now />
                </Fact>
            </dl>
            <section aria-labelledby="roles-title" class="section">
                <h3 id="roles-title">"Roles"</h3>
                <p>{roles}</p>
            </section>
            <Password user=user />
        </DetailsBody>
    }
}

/// Whether they may sign in, with the switch.
#[component]
fn Status(user: UserDetails) -> impl IntoView {
    let state = UsersState::get();
    let status = user.status;
    let enabled = status != UserStatus::Disabled;
    let turn = (Session::may_change() && !state.is_oneself(user.id.0)).then(|| {
        let ask = move |()| state.question.set(Some(Question::SetEnabled(user.clone(), !enabled)));
        Callback::new(ask)
    });
    view! {
        <StatusFact enabled=enabled turn=turn>
            <StatusBadge status=status />
        </StatusFact>
    }
}

/// How they sign in, and the way to another password.
#[component]
fn Password(user: UserDetails) -> impl IntoView {
    let state = UsersState::get();
    let invited = user.status == UserStatus::Invited;
    let disabled = user.status == UserStatus::Disabled;
    let text = match user.link_expires {
        Some(at) => {
            view! { <p>"A link to choose a password is waiting. It opens once, until " <Time at=at /></p> }.into_any()
        }
        None if invited => {
            view! { <p>"There is no password, and no link to choose one. Make a new link."</p> }.into_any()
        }
        None => view! { <p>"They sign in with a password of their own."</p> }.into_any(),
    };
    let own = state.is_oneself(user.id.0);
    let name = if invited {
        "New Invitation Link"
    } else {
        "Reset Password"
    };
    let command = Session::may_change().then(|| {
        let reason = move || {
            if own {
                Some("You can’t reset your own password here")
            } else if disabled {
                Some("Enable the user first")
            } else {
                None
            }
        };
        let user = StoredValue::new(user);
        let open = move |()| state.question.set(Some(Question::Reset(user.get_value())));
        view! {
            <WindowCommand
                name=name
                id="reset-password"
                reason=reason
                reason_id="no-reset"
                open=Callback::new(open)
            />
        }
    });
    view! {
        <section aria-labelledby="password-title" class="section">
            <div class="section-head">
                <h3 id="password-title">"Password"</h3>
                {command}
            </div>
            {text}
        </section>
    }
    .into_any()
}
