//! The window that shows the id and secret of a new client, or a new secret, once.

use std::fmt::Write;

use domain::view::Created;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::state::{ClientsState, Shown};
use crate::address::Pane;
use crate::browser::dom::focus_now;
use crate::browser::download::save;
use crate::browser::token_test::{self, Answer};
use crate::components::notice::Warning;
use crate::components::once_window::OnceWindow;
use crate::components::shown_value::ShownValue;
use crate::place::ADD_SECRET_ID;
use crate::session::Session;

/// **Client Successfully Created** or **Secret Successfully Created**.
#[component]
pub fn CreatedWindow() -> impl IntoView {
    let state = ClientsState::get();
    move || {
        let (title, created) = match state.shown.get()? {
            Shown::Client(created) => ("Client Successfully Created", created),
            Shown::Secret(created) => ("Secret Successfully Created", created),
        };
        let pane = Pane::Details(created.id.0);
        Some(view! {
            <OnceWindow title=title focus="copy-client-id" close=Callback::new(move |()| close(state, pane))>
                <Content created=created />
            </OnceWindow>
        })
    }
}

/// Shows the details of the client, whatever is listed.
fn close(state: ClientsState, details: Pane) {
    let place = state.place;
    state.shown.set(None);
    if place.pane.get_untracked() == details {
        // What opened the form with the new secret could not have the focus while the window stood before it.
        place.focus_in_pane.set(Some(ADD_SECRET_ID));
    } else {
        place.leaving.jump(untrack(|| place.href(details)), true);
    }
}

#[component]
fn Content(created: Created) -> impl IntoView {
    let Created {
        id, name, kind, secret, ..
    } = created;
    let files = StoredValue::new(Files {
        client_id: id.to_string(),
        client_secret: secret.as_ref().map(|secret| secret.0.clone()),
        token_endpoint: Session::get().endpoints.with_value(|endpoints| endpoints.token.clone()),
    });
    let secret = secret.map(|secret| {
        view! {
            <ShownValue label="Client Secret" key="client-secret" value=secret.0 />
            <Warning text="Store both now. Once this window is closed, the secret can’t be shown again.".to_owned() />
        }
    });
    let testable = !kind.signs_people_in();
    view! {
        <p class="muted">{name}</p>
        <ShownValue label="Client Id" key="client-id" value=id.to_string() />
        {secret}
        <Tools files=files testable=testable />
    }
}

/// What **Download** writes.
struct Files {
    client_id: String,
    client_secret: Option<String>,
    token_endpoint: String,
}

impl Files {
    fn env(&self) -> String {
        let mut file = format!("CLIENT_ID={}\n", self.client_id);
        if let Some(secret) = &self.client_secret {
            let _ = writeln!(file, "CLIENT_SECRET={secret}");
        }
        let _ = writeln!(file, "TOKEN_ENDPOINT={}", self.token_endpoint);
        file
    }

    fn json(&self) -> String {
        let mut value = serde_json::json!({ "ClientId": self.client_id });
        if let Some(secret) = &self.client_secret {
            value["ClientSecret"] = secret.as_str().into();
        }
        value["TokenEndpoint"] = self.token_endpoint.as_str().into();
        format!("{value:#}\n")
    }
}

/// **Download**, and **Test** for a client that gets tokens without a person.
#[component]
fn Tools(files: StoredValue<Files>, testable: bool) -> impl IntoView {
    let choosing = RwSignal::new(false);
    let failure = RwSignal::new(None::<&'static str>);
    let answer = RwSignal::new(None::<Answer>);
    let testing = RwSignal::new(false);
    let write = move |name: &'static str, media_type: &'static str, text: String| {
        choosing.set(false);
        focus_now("download");
        let saved = save(name, media_type, &text);
        failure.set(
            saved
                .is_err()
                .then_some("The browser didn't save the file. Copy both values instead."),
        );
    };
    let test = move |_| {
        if testing.get_untracked() {
            return;
        }
        failure.set(None);
        answer.set(None);
        testing.set(true);
        let (id, secret) =
            files.with_value(|files| (files.client_id.clone(), files.client_secret.clone().unwrap_or_default()));
        spawn_local(async move {
            let came = token_test::ask(&id, &secret).await;
            testing.set(false);
            if came.is_none() {
                failure.set(Some(
                    "The token endpoint doesn't answer. Check the connection and try again.",
                ));
            }
            answer.set(came);
        });
    };
    view! {
        <div class="buttons">
            <button
                type="button"
                class="button"
                id="download"
                aria-expanded=move || choosing.get().to_string()
                aria-controls="download-choices"
                on:click=move |_| choosing.update(|choosing| *choosing = !*choosing)
            >
                "Download"
            </button>
            <span id="download-choices" class="buttons" hidden=move || !choosing.get()>
                <button
                    type="button"
                    class="button"
                    on:click=move |_| write("client.env", "text/plain", files.with_value(Files::env))
                >
                    ".env"
                </button>
                <button
                    type="button"
                    class="button"
                    on:click=move |_| write("client.json", "application/json", files.with_value(Files::json))
                >
                    "JSON"
                </button>
            </span>
            {testable
                .then(|| {
                    view! {
                        <button
                            type="button"
                            class="button"
                            aria-busy=move || testing.get().then_some("true")
                            on:click=test
                        >
                            "Test"
                        </button>
                    }
                })}
        </div>
        <div role="status" class="test-answer">
            {move || failure.get().map(|text| view! { <p class="message">{text}</p> })}
            {move || answer.get().map(|answer| view! { <TestAnswer answer=answer /> })}
        </div>
    }
}

#[component]
fn TestAnswer(answer: Answer) -> impl IntoView {
    let headline = if answer.succeeded {
        "It works: the token endpoint gave a token."
    } else {
        "The token endpoint refused."
    };
    view! {
        <p class="strong">{headline}</p>
        <h3>"Answer"</h3>
        <pre tabindex="0">{answer.body}</pre>
        {answer
            .claims
            .map(|claims| {
                view! {
                    <h3>"Claims"</h3>
                    <pre tabindex="0">{claims}</pre>
                }
            })}
    }
}
