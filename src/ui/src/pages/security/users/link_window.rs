//! The window that shows a one-time link, once.

use domain::view::PasswordLink;
use leptos::prelude::*;
use lucide_leptos::CircleCheck;

use super::state::{Shown, UsersState};
use crate::address::Pane;
use crate::components::dialog::Dialog;
use crate::components::icon::Icon;
use crate::components::notice::Warning;
use crate::components::shown_value::ShownValue;
use crate::components::time::Time;

/// **Invitation Successfully Created** or **Password Successfully Reset**. **Close** is the only way out; the link goes with the
/// window.
#[component]
pub fn LinkWindow() -> impl IntoView {
    let state = UsersState::get();
    move || {
        let (title, label, link) = match state.shown.get()? {
            Shown::Invitation(link) => ("Invitation Successfully Created", "Invitation Link", link),
            Shown::Reset(link) => ("Password Successfully Reset", "Password Link", link),
        };
        Some(view! {
            <Dialog label="link-title" focus="copy-link">
                <Content title=title label=label link=link />
            </Dialog>
        })
    }
}

#[component]
fn Content(title: &'static str, label: &'static str, link: PasswordLink) -> impl IntoView {
    let state = UsersState::get();
    let PasswordLink { id, name, url, expires } = link;
    let close = move |_| {
        let href = untrack(|| state.place.href(Pane::Details(id.0)));
        state.shown.set(None);
        // Whoever began another form while this was being stored is asked first.
        if state.place.leaving.changed.get_untracked() {
            state.place.leaving.go(href);
        } else {
            state.place.leaving.jump(href, true);
        }
    };
    view! {
        <header class="window-head">
            <span class="ok-text">
                <Icon>
                    <CircleCheck size=24 />
                </Icon>
            </span>
            <h2 id="link-title">{title}</h2>
        </header>
        <p>{format!("Send this link to {name} in a way you trust. With it they choose their password, and are signed in.")}</p>
        <ShownValue label=label key="link" value=url.0 />
        <p class="muted">"It opens once, until " <Time at=expires /></p>
        <Warning text="Copy it now. Once this window is closed, the link can’t be shown again.".to_owned() />
        <div class="buttons end">
            <button type="button" class="button primary" on:click=close>
                "Close"
            </button>
        </div>
    }
}
