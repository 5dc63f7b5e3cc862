//! What a person is asked before a client or secret goes, or a client stops or begins to connect.

use domain::secret::SecretId;
use domain::view::ClientDetails;
use leptos::prelude::*;

use super::state::{ClientsState, Question};
use crate::browser::dom::focus;
use crate::components::confirm::Confirm;
use crate::components::notice::Warning;
use crate::functions::clients::remove::remove_client;
use crate::functions::clients::set_enabled::set_client_enabled;
use crate::functions::secrets::remove::remove_secret;
use crate::place::ADD_SECRET_ID;

/// The open question.
#[component]
pub fn Questions() -> impl IntoView {
    let state = ClientsState::get();
    move || {
        state.question.get().map(|question| match question {
            Question::RemoveClient(client) => view! { <RemoveClient client=client /> }.into_any(),
            Question::SetEnabled(client, enabled) => view! { <SetEnabled client=client enabled=enabled /> }.into_any(),
            Question::RemoveSecret(client, secret) => view! { <RemoveSecret client=client secret=secret /> }.into_any(),
        })
    }
}

/// Closes the question.
fn close(state: ClientsState) -> Callback<()> {
    Callback::new(move |()| state.question.set(None))
}

#[component]
fn RemoveClient(client: ClientDetails) -> impl IntoView {
    let state = ClientsState::get();
    let (id, name) = (client.id, client.name.clone());
    let done = move |()| {
        state.question.set(None);
        state.listing.removed(id.0);
    };
    let consequence = if client.kind.signs_people_in() {
        "Nobody can sign in with it any more, and it gets no token, from its next request on."
    } else {
        "Whatever connects with it gets no token any more, from its next request on."
    };
    let secrets = match client.secrets.len() {
        0 => None,
        1 => Some("Its secret goes with it. ".to_owned()),
        count => Some(format!("Its {count} secrets go with it. ")),
    };
    let last_used = client.last_used.map(|_| "It was in use. ");
    view! {
        <Confirm
            title=format!("Remove “{name}”?")
            verb="Remove"
            danger=true
            act=move || remove_client(id)
            gone="Somebody removed this client already."
            done=Callback::new(done)
            cancel=close(state)
        >
            <p>{consequence}</p>
            <p>{last_used} {secrets.clone()} "This can’t be undone, and its Client Id is never given again."</p>
        </Confirm>
    }
}

#[component]
fn SetEnabled(client: ClientDetails, enabled: bool) -> impl IntoView {
    let state = ClientsState::get();
    let (id, name) = (client.id, client.name);
    let done = move |()| {
        state.question.set(None);
        state.refresh();
    };
    let (title, verb, text) = if enabled {
        (
            format!("Enable “{name}”?"),
            "Enable",
            "It can connect again with the secrets that it has, from its next request on.",
        )
    } else {
        (
            format!("Disable “{name}”?"),
            "Disable",
            "It gets no token any more, from its next request on. Nothing of it is lost; it can be enabled again.",
        )
    };
    view! {
        <Confirm
            title=title
            verb=verb
            act=move || set_client_enabled(id, enabled)
            gone="Somebody removed this client meanwhile."
            done=Callback::new(done)
            cancel=close(state)
        >
            <p>{text}</p>
        </Confirm>
    }
}

#[component]
fn RemoveSecret(client: ClientDetails, secret: SecretId) -> impl IntoView {
    let state = ClientsState::get();
    let id = client.id;
    let description = client
        .secrets
        .iter()
        .find(|row| row.id == secret)
        .map(|row| row.description.clone())
        .filter(|description| !description.is_empty());
    let title = match description {
        Some(description) => format!("Remove the secret “{description}”?"),
        None => format!("Remove the secret with the id {secret}?"),
    };
    let usable = client.secrets.iter().filter(|row| !row.expiry.is_over(client.now));
    let last = usable.map(|row| row.id).eq([secret]);
    let done = move |()| {
        state.question.set(None);
        state.secret.set(None);
        state.refresh();
        focus(ADD_SECRET_ID);
    };
    let name = StoredValue::new(client.name);
    view! {
        <Confirm
            title=title
            verb="Remove"
            danger=true
            act=move || remove_secret(id, secret)
            gone="Somebody removed this secret or its client already."
            done=Callback::new(done)
            cancel=close(state)
        >
            <p>"Whatever connects with it is refused, from its next request on. This can’t be undone."</p>
            <Show when=move || last>
                <Warning text=format!(
                    "This is the last secret of “{}” that can be used. Without it the client can’t connect.",
                    name.get_value(),
                ) />
            </Show>
        </Confirm>
    }
}
