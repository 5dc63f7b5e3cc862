//! What a person is asked before somebody goes, may no longer sign in, or loses their password.

use domain::view::{UserDetails, UserStatus};
use leptos::prelude::*;

use super::state::{Question, Shown, UsersState};
use crate::components::confirm::Confirm;
use crate::functions::users::remove::remove_user;
use crate::functions::users::reset::reset_user;
use crate::functions::users::set_enabled::set_user_enabled;

const GONE: &str = "Somebody removed this user already.";

/// The open question.
#[component]
pub fn Questions() -> impl IntoView {
    let state = UsersState::get();
    move || {
        state.question.get().map(|question| match question {
            Question::Remove(user) => view! { <Remove user=user /> }.into_any(),
            Question::SetEnabled(user, enabled) => view! { <SetEnabled user=user enabled=enabled /> }.into_any(),
            Question::Reset(user) => view! { <Reset user=user /> }.into_any(),
        })
    }
}

/// Closes the question.
fn close(state: UsersState) -> Callback<()> {
    Callback::new(move |()| state.question.set(None))
}

#[component]
fn Remove(user: UserDetails) -> impl IntoView {
    let state = UsersState::get();
    let id = user.id;
    let done = move |()| {
        state.question.set(None);
        state.listing.removed(id.0);
    };
    view! {
        <Confirm
            title=format!("Remove “{}”?", user.name)
            verb="Remove"
            danger=true
            gone=GONE
            act=move || remove_user(id)
            done=Callback::new(done)
            cancel=close(state)
        >
            <p>{format!("{} can’t sign in any more, and is signed out at once.", user.email)}</p>
            <p>"What they did stays in the log. This can’t be undone."</p>
        </Confirm>
    }
}

#[component]
fn SetEnabled(user: UserDetails, enabled: bool) -> impl IntoView {
    let state = UsersState::get();
    let id = user.id;
    let done = move |()| {
        state.question.set(None);
        state.refresh();
    };
    let (title, verb, text) = if enabled {
        let title = format!("Enable “{}”?", user.name);
        (title, "Enable", "They can sign in again.")
    } else {
        let title = format!("Disable “{}”?", user.name);
        (
            title,
            "Disable",
            "They can’t sign in any more, and are signed out at once. They can be enabled again.",
        )
    };
    view! {
        <Confirm
            title=title
            verb=verb
            gone=GONE
            act=move || set_user_enabled(id, enabled)
            done=Callback::new(done)
            cancel=close(state)
        >
            <p>{text}</p>
        </Confirm>
    }
}

#[component]
fn Reset(user: UserDetails) -> impl IntoView {
    let state = UsersState::get();
    let id = user.id;
    let invited = user.status == UserStatus::Invited;
    let act = move || async move {
        let link = reset_user(id).await?;
        state.shown.set(Some(if invited {
            Shown::Invitation(link)
        } else {
            Shown::Reset(link)
        }));
        Ok(())
    };
    let done = move |()| {
        state.question.set(None);
        state.refresh();
    };
    let (title, verb, text) = if invited {
        let title = format!("Make a new invitation link for “{}”?", user.name);
        (
            title,
            "Make Link",
            "The link that they have, if any, doesn’t open any more.",
        )
    } else {
        let title = format!("Reset the password of “{}”?", user.name);
        let text = "Their password stops working, and they are signed out at once. You get a link with which they choose \
                    another one.";
        (title, "Reset", text)
    };
    view! {
        <Confirm
            title=title
            verb=verb
            gone=GONE
            act=act
            done=Callback::new(done)
            cancel=close(state)
        >
            <p>{text}</p>
        </Confirm>
    }
}
