//! The question before a role is removed.

use domain::view::{Holders, RoleDetails};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::details::summary;
use super::state::RolesState;
use crate::components::confirm::{CANCEL_ID, Confirm};
use crate::components::error_notice::LoadError;
use crate::components::notice::Warning;
use crate::functions::error::CallError;
use crate::functions::roles::details::role_details;
use crate::functions::roles::remove::remove_role;

const GONE: &str = "Somebody removed this role already.";

/// **Remove Role**: says who has it.
#[component]
pub fn RemoveQuestion() -> impl IntoView {
    let state = RolesState::get();
    move || {
        state
            .removing
            .get()
            .map(|details| view! { <Question details=details /> })
    }
}

/// Who has the role may have changed since its details were loaded, so that is asked again. What the person then confirms
/// goes along: somebody who gets the role meanwhile doesn't lose it unasked.
#[component]
fn Question(details: RoleDetails) -> impl IntoView {
    let state = RolesState::get();
    let id = details.role.id;
    let now = RwSignal::new(None::<Result<Holders, CallError>>);
    let look = move || async move {
        let answer = role_details(id).await;
        // The window may be closed by then.
        let _ = now.try_set(Some(answer.map(|role| role.holders)));
    };
    spawn_local(look());
    let act = move || async move {
        let confirmed = now.get_untracked().and_then(Result::ok).unwrap_or_default();
        match remove_role(id, confirmed).await {
            Err(CallError::Conflict) => {
                look().await;
                Err(CallError::Refused(
                    "Who has this role has changed meanwhile, so nothing was removed. See who loses it now.".to_owned(),
                ))
            }
            answer => answer,
        }
    };
    let done = move |()| {
        state.removing.set(None);
        state.listing.removed(id.0);
    };
    let cancel = move |()| {
        if matches!(now.get_untracked(), Some(Err(CallError::NotFound))) {
            done(());
        } else {
            state.removing.set(None);
        }
    };
    let before = StoredValue::new(details.holders);
    view! {
        <Confirm
            title=format!("Remove “{}”?", details.role.name)
            verb="Remove"
            danger=true
            gone=GONE
            waiting=Signal::derive(move || now.with(|now| !matches!(now, Some(Ok(_)))))
            act=act
            done=Callback::new(done)
            cancel=Callback::new(cancel)
        >
            <div class="holders" aria-live="polite">
                {move || match now.get() {
                    None => {
                        view! {
                            <p class="muted">"Loading…"</p>
                            // What was known before keeps the room.
                            <div class="room">
                                <InUse holders=before.get_value() />
                            </div>
                        }
                            .into_any()
                    }
                    Some(Ok(holders)) => view! { <InUse holders=holders /> }.into_any(),
                    Some(Err(CallError::NotFound)) => view! { <p>{GONE}</p> }.into_any(),
                    Some(Err(error)) => {
                        view! {
                            <LoadError
                                what="The list of those who have it"
                                reason=error.message()
                                again="Load Holders Again"
                                focus=CANCEL_ID
                                retry=Callback::new(move |()| spawn_local(look()))
                            />
                        }
                            .into_any()
                    }
                }}
            </div>
        </Confirm>
    }
}

/// By whom it is used, and what that means.
#[component]
fn InUse(holders: Holders) -> impl IntoView {
    let users = (holders.user_count > 0).then(|| {
        view! { <li>{format!("Users: {}", summary(holders.user_count, &holders.users))}</li> }
    });
    let clients = (holders.client_count > 0).then(|| {
        view! { <li>{format!("Clients: {}", summary(holders.client_count, &holders.clients))}</li> }
    });
    let text = if users.is_some() || clients.is_some() {
        view! {
            <Warning text="This role is in use. Whoever has it loses it, from their next request on.".to_owned() />
            <ul>{users} {clients}</ul>
        }
        .into_any()
    } else {
        view! { <p>"Nobody has this role."</p> }.into_any()
    };
    view! {
        <div class="prose">
            {text}
            <p>"This can’t be undone."</p>
        </div>
    }
}
