//! The window that shows a one-time link, once.

use domain::view::PasswordLink;
use leptos::prelude::*;

use super::state::{Shown, UsersState};
use crate::address::Pane;
use crate::components::notice::Warning;
use crate::components::once_window::OnceWindow;
use crate::components::shown_value::ShownValue;
use crate::components::time::Time;

/// **Invitation Successfully Created** or **Password Successfully Reset**.
#[component]
pub fn LinkWindow() -> impl IntoView {
    let state = UsersState::get();
    move || {
        let (title, label, link) = match state.shown.get()? {
            Shown::Invitation(link) => ("Invitation Successfully Created", "Invitation Link", link),
            Shown::Reset(link) => ("Password Successfully Reset", "Password Link", link),
        };
        let details = Pane::Details(link.id.0);
        let close = move |()| {
            state.shown.set(None);
            state.place.leaving.jump(untrack(|| state.place.href(details)), true);
        };
        Some(view! {
            <OnceWindow title=title focus="copy-link" close=Callback::new(close)>
                <Content label=label link=link />
            </OnceWindow>
        })
    }
}

#[component]
fn Content(label: &'static str, link: PasswordLink) -> impl IntoView {
    let PasswordLink { name, url, expires, .. } = link;
    view! {
        <p>{format!("Send this link to {name} in a way you trust. With it they choose their password, and are signed in.")}</p>
        <ShownValue label=label key="link" value=url.0 />
        <p class="muted">"It opens once, until " <Time at=expires /></p>
        <Warning text="Copy it now. Once this window is closed, the link can’t be shown again.".to_owned() />
    }
}
