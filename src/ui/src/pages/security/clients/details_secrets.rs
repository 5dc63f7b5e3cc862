//! The secrets of a client, as far as they can be shown, and their commands.

use chrono::{DateTime, Utc};
use domain::client::ClientId;
use domain::secret::{MAX_SECRETS, SecretExpiry, SecretId};
use domain::view::{ClientDetails, SecretRow};
use leptos::prelude::*;

use super::state::{ClientsState, Question};
use super::status::SecretBadge;
use crate::address::{Address, CLIENTS, Form, Pane};
use crate::components::command_form::HiddenPairs;
use crate::components::commands::{OpenCommand, WindowCommand};
use crate::components::time::{Ago, Time};
use crate::place::{ADD_SECRET_ID, EDIT_SECRET_ID};
use crate::session::Session;

/// Why **Add Secret** can't be used. A reason is a fixed text, so the number in it is held to the limit here.
const FULL: &str = "A client has at most 10 secrets. Remove one first";
const _: () = assert!(MAX_SECRETS == 10);

/// The section **Secrets**.
#[component]
pub fn Secrets(client: ClientDetails) -> impl IntoView {
    let (id, now, held) = (client.id, client.now, client.secrets.len());
    let may_change = Session::may_change();
    let add = may_change.then(|| view! { <AddSecretCommand client=id held=held /> });
    let early = early_choice();
    let rows = client.secrets.iter().map(|secret| {
        let name = radio_name(secret, &client.secrets);
        let radio = may_change.then(|| view! { <Choose id=secret.id name=name early=early /> });
        view! { <Secret secret=secret.clone() now=now radio=radio.into_any() /> }
    });
    let rows = rows.collect_view();
    let table = if held == 0 {
        view! { <p class="muted">"None. Without a secret the client can’t connect."</p> }.into_any()
    } else {
        view! {
            <table class="secrets" class:choosable=may_change>
                <thead>
                    <tr>
                        {may_change.then(|| view! { <td></td> })}
                        <th scope="col">"Secret"</th>
                        <th scope="col">"Expiry"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    };
    let content = if may_change && held > 0 {
        view! { <SecretCommands client=client>{table}</SecretCommands> }.into_any()
    } else {
        table
    };
    view! {
        <section aria-labelledby="secrets-title" class="section">
            <div class="section-head">
                <h3 id="secrets-title">"Secrets"</h3>
                {add}
            </div>
            {content}
        </section>
    }
    .into_any()
}

#[component]
fn AddSecretCommand(client: ClientId, held: usize) -> impl IntoView {
    let state = ClientsState::get();
    let full = i64::try_from(held).is_ok_and(|held| held >= MAX_SECRETS);
    let reason = move || full.then_some(FULL);
    view! {
        <OpenCommand
            name="Add Secret"
            id=ADD_SECRET_ID
            target=move || state.place.target(Pane::Change(client.0, Form::AddSecret))
            reason=reason
            reason_id="secrets-full"
            go=Callback::new(move |href| state.place.leaving.go(href))
        />
    }
}

/// **Edit Secret** and **Remove Secret**, which act on the chosen one. Before there are scripts the radio buttons and
/// **Edit Secret** are a plain form.
#[component]
fn SecretCommands(client: ClientDetails, children: Children) -> impl IntoView {
    let state = ClientsState::get();
    let id = client.id;
    let reason = move || state.secret.get().is_none().then_some("Select a secret first");
    let edit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if let Some(secret) = state.secret.get_untracked() {
            let form = Pane::Change(id.0, Form::EditSecret(secret));
            state.place.leaving.go(untrack(|| state.place.href(form)));
        }
    };
    let client = StoredValue::new(client);
    let remove = move |()| {
        if let Some(secret) = state.secret.get_untracked() {
            state
                .question
                .set(Some(Question::RemoveSecret(client.get_value(), secret)));
        }
    };
    let pairs = move || {
        let address: Address<_> = state.place.address.get();
        address.with_pane(Pane::Details(id.0)).target().pairs
    };
    view! {
        <form method="get" action=CLIENTS.path on:submit=edit>
            <HiddenPairs pairs=pairs />
            {children()}
            <div class="buttons">
                <button
                    type="submit"
                    name="pane"
                    value="edit-secret"
                    class="button"
                    id=EDIT_SECRET_ID
                    aria-disabled=move || reason().map(|_| "true")
                    aria-describedby=move || reason().map(|_| "no-secret")
                >
                    "Edit Secret"
                </button>
                <WindowCommand
                    name="Remove Secret"
                    id="remove-secret"
                    danger=true
                    reason=reason
                    reason_id="no-secret"
                    open=Callback::new(remove)
                />
            </div>
        </form>
    }
    .into_any()
}

/// What is shown as the description of a secret.
fn described(secret: &SecretRow) -> &str {
    if secret.description.is_empty() {
        "No description"
    } else {
        &secret.description
    }
}

/// The name of the radio button of a secret: its description, and what tells it from others that are described alike.
fn radio_name(secret: &SecretRow, all: &[SecretRow]) -> String {
    let (id, description) = (secret.id, described(secret));
    let alike = all.iter().filter(|other| described(other) == description).count();
    if secret.description.is_empty() || alike > 1 {
        format!("{description}, id {id}")
    } else {
        description.to_owned()
    }
}

#[component]
fn Secret(
    secret: SecretRow,
    now: DateTime<Utc>,
    /// What chooses it for a command.
    radio: AnyView,
) -> impl IntoView {
    let id = secret.id;
    let description = described(&secret).to_owned();
    view! {
        <tr>
            {radio}
            <td>
                <p>{description}</p>
                <p class="muted">
                    {format!("id {id} · used ")} <span class="lower">
                        <Ago at=secret.last_used now=now />
                    </span>
                </p>
                <p class="muted whole">"Created " <Time at=secret.created /></p>
            </td>
            <td>
                <SecretBadge expiry=secret.expiry now=now />
                {match secret.expiry {
                    SecretExpiry::At(at) => {
                        view! {
                            <p class="muted">
                                <Time at=at />
                            </p>
                        }
                            .into_any()
                    }
                    SecretExpiry::Never => ().into_any(),
                }}
            </td>
        </tr>
    }
    .into_any()
}

/// The secret whose radio button was chosen before hydration.
fn early_choice() -> Option<SecretId> {
    if cfg!(not(feature = "hydrate")) || Session::get().hydrated.get_untracked() {
        return None;
    }
    let chosen = document().query_selector("input[name=secret]:checked").ok()??;
    Some(SecretId(chosen.get_attribute("value")?.parse().ok()?))
}

/// The radio button of a secret.
#[component]
fn Choose(id: SecretId, name: String, early: Option<SecretId>) -> impl IntoView {
    let state = ClientsState::get();
    if early == Some(id) {
        Effect::new(move || state.secret.set(early));
    }
    view! {
        <td>
            <input
                type="radio"
                name="secret"
                value=id.to_string()
                aria-label=name
                autocomplete="off"
                prop:checked=move || state.secret.get().or(early) == Some(id)
                on:change=move |_| state.secret.set(Some(id))
            />
        </td>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(id: i32, description: &str) -> SecretRow {
        SecretRow {
            id: SecretId(id),
            description: description.to_owned(),
            created: DateTime::UNIX_EPOCH,
            expiry: SecretExpiry::Never,
            last_used: None,
            version: 1,
        }
    }

    #[test]
    fn each_radio_button_has_a_name_of_its_own() {
        let all = [secret(1, "pump"), secret(2, ""), secret(3, "feed"), secret(4, "pump")];
        let names: Vec<String> = all.iter().map(|secret| radio_name(secret, &all)).collect();
        assert_eq!(names, ["pump, id 1", "No description, id 2", "feed", "pump, id 4"]);
    }
}
