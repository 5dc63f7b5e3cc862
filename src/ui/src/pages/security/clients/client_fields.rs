//! The fields of a client, in the order of its kind.

use domain::field::Field;
use leptos::prelude::*;

use super::draft::ClientDraft;
use crate::components::field::{Messages, TextField};
use crate::components::notice::Warning;
use crate::components::role_checks::RoleTabs;
use crate::components::url_list::UrlList;

/// The fields.
#[component]
pub fn ClientFields(draft: ClientDraft, messages: Messages) -> impl IntoView {
    let kind = draft.kind;
    let sign_in = kind
        .signs_people_in()
        .then(|| view! { <SignInFields draft=draft messages=messages /> });
    let roles = kind.has_roles().then(|| {
        view! {
            <RoleTabs
                choice=draft.roles
                messages=messages
                hint="Roles can be modified after the client is created."
                for_client=true
            />
        }
    });
    view! {
        <TextField
            field=Field::Name
            value=draft.name
            messages=messages
            required=true
            on_change=Callback::new(move |()| draft.look_for_namesakes())
        />
        {sign_in}
        <TextField
            field=Field::TokenLifetime
            value=draft.token_lifetime
            messages=messages
            hint="seconds, 60 to 3600"
            inputmode="numeric"
        />
        {roles}
    }
    .into_any()
}

#[component]
fn SignInFields(draft: ClientDraft, messages: Messages) -> impl IntoView {
    let origins = draft.kind.has_cors_origins().then(|| {
        view! {
            <UrlList
                list=draft.cors_origins
                messages=messages
                hint="Origins whose pages may call the server: scheme, host and port."
                placeholder="https://app.example.com"
            />
        }
    });
    view! {
        <div class="check">
            <input
                type="checkbox"
                id="allow-refresh-token"
                aria-describedby="allow-refresh-token-hint"
                prop:checked=draft.allow_refresh_token
                on:change=move |event| draft.allow_refresh_token.set(event_target_checked(&event))
            />
            <label for="allow-refresh-token">"Allow Refresh Token"</label>
            <p class="hint" id="allow-refresh-token-hint">
                "The application may stay signed in without asking the person again."
            </p>
        </div>
        <UrlList
            list=draft.redirect_urls
            messages=messages
            hint="Where people return after signing in. The application must name exactly one of these."
            placeholder="https://app.example.com/callback"
            required=true
        />
        <UrlList
            list=draft.logout_redirect_urls
            messages=messages
            hint="Where people may go after signing out."
            placeholder="https://app.example.com/signed-out"
        />
        {origins}
    }
    .into_any()
}

/// Says that another client has the name. Nothing above it moves for it.
#[component]
pub fn NameTaken(
    draft: ClientDraft,
    /// What to do about it.
    advice: &'static str,
) -> impl IntoView {
    view! {
        <div role="status" class="pane-note">
            <Show when=move || draft.name_taken.get()>
                <Warning text=Signal::derive(move || {
                    format!("Another client is already named “{}”. That is allowed; {advice}.", draft.name.get().trim())
                }) />
            </Show>
        </div>
    }
}
