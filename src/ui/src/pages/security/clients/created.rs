//! The window that shows the id and secret of a new client, once.

use domain::view::CreatedClient;
use leptos::prelude::*;
use leptos::task::spawn_local;
use lucide_leptos::CircleCheck;

use super::selecting;
use super::state::PageState;
use crate::browser::dom::focus_now;
use crate::browser::download::save;
use crate::browser::token_test::{self, Answer};
use crate::components::copy::CopyButton;
use crate::components::dialog::Dialog;
use crate::components::icon::Icon;
use crate::components::notice::Warning;
use crate::session::Session;

/// **Client Successfully Created**. **Close** is the only way out; the secret goes with the window.
#[component]
pub fn CreatedWindow() -> impl IntoView {
    let state = PageState::get();
    view! {
        {move || {
            state
                .created
                .get()
                .map(|client| {
                    view! {
                        <Dialog label="created-title" focus="copy-client-id">
                            <Created client=client />
                        </Dialog>
                    }
                })
        }}
    }
}

#[component]
fn Created(client: CreatedClient) -> impl IntoView {
    let state = PageState::get();
    let CreatedClient { id, name, secret } = client;
    let files = StoredValue::new(Files {
        client_id: id.to_string(),
        client_secret: secret.0.clone(),
        token_endpoint: Session::get().token_endpoint.get_value(),
    });
    let close = move |_| {
        let href = selecting(&state.address.get_untracked(), id);
        state.created.set(None);
        // Whoever began another client while this one was being stored is asked first.
        if state.changed.get_untracked() {
            state.go(href);
        } else {
            state.jump(href, true);
        }
    };
    view! {
        <header class="window-head">
            <span class="ok-text">
                <Icon>
                    <CircleCheck size=24 />
                </Icon>
            </span>
            <h2 id="created-title">"Client Successfully Created"</h2>
        </header>
        <p class="muted">{name}</p>
        <ShownValue label="Client Id" key="client-id" value=id.to_string() />
        <ShownValue label="Client Secret" key="client-secret" value=secret.0 />
        <Warning text="Store both now. Once this window is closed, the secret can’t be shown again.".to_owned() />
        <Tools files=files />
        <div class="buttons end">
            <button type="button" class="button primary" on:click=close>
                "Close"
            </button>
        </div>
    }
}

/// A read-only box with **Copy** at its right.
#[component]
fn ShownValue(label: &'static str, key: &'static str, value: String) -> impl IntoView {
    let box_id = format!("created-{key}");
    let label_id = format!("created-{key}-label");
    view! {
        <div class="field">
            <label for=box_id.clone() id=label_id.clone()>
                {label}
            </label>
            <div class="value-row">
                <input
                    type="text"
                    class="code"
                    id=box_id.clone()
                    readonly
                    autocomplete="off"
                    spellcheck="false"
                    prop:value=value.clone()
                />
                <CopyButton
                    text=value
                    target=box_id
                    name="Copy"
                    described_by=label_id
                    id=format!("copy-{key}")
                    labelled=true
                />
            </div>
        </div>
    }
}

/// What **Download** writes.
struct Files {
    client_id: String,
    client_secret: String,
    token_endpoint: String,
}

impl Files {
    fn env(&self) -> String {
        let Self {
            client_id,
            client_secret,
            token_endpoint,
        } = self;
        format!("CLIENT_ID={client_id}\nCLIENT_SECRET={client_secret}\nTOKEN_ENDPOINT={token_endpoint}\n")
    }

    fn json(&self) -> String {
        let value = serde_json::json!({
            "ClientId": self.client_id,
            "ClientSecret": self.client_secret,
            "TokenEndpoint": self.token_endpoint,
        });
        format!("{value:#}\n")
    }
}

/// **Download** and **Test**.
#[component]
fn Tools(files: StoredValue<Files>) -> impl IntoView {
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
        let (id, secret) = files.with_value(|files| (files.client_id.clone(), files.client_secret.clone()));
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
            <button
                type="button"
                class="button"
                aria-busy=move || testing.get().then_some("true")
                on:click=test
            >
                "Test"
            </button>
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
