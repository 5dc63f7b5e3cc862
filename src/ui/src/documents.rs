//! Plain pages: sign-in and sign-out, setup, choosing a password, what is said when something is wrong, and the form that
//! carries an answer to an application. But for that last one they have no scripts. The reference of the API is one more: it
//! is read without scripts and tried with one of its own.

pub mod api;
pub mod form_post;
pub mod password;
pub mod problem;
pub mod setup;
pub mod sign_in;
pub mod sign_out;

use domain::field::{Field, FieldError};
use leptos::prelude::*;

use crate::preferences::Theme;

/// How a page looks.
#[derive(Clone, Debug)]
pub struct Look {
    /// The colours.
    pub theme: Theme,
    /// The folder of styles, such as `pkg/0123abcd`.
    pub package: String,
}

/// The address of the styles.
pub(crate) fn stylesheet(package: &str) -> String {
    format!("/{package}/clientele.css")
}

/// A plain page as text.
fn document(look: &Look, title: &str, body: impl IntoView + 'static) -> String {
    let content = view! {
        <main class="card">
            <p class="product">"Clientele"</p>
            <h1>{title.to_owned()}</h1>
            {body}
        </main>
    };
    page(look, title, "plain", content)
}

/// A whole page as text.
fn page(look: &Look, title: &str, class: &'static str, content: impl IntoView + 'static) -> String {
    let page = view! {
        <html lang="en" data-theme=look.theme.value()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <title>{format!("{title} · Clientele")}</title>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="stylesheet" href=stylesheet(&look.package) />
            </head>
            <body class=class>{content}</body>
        </html>
    };
    format!("<!DOCTYPE html>{}", page.to_html())
}

/// What is wrong with the last try of a plain form.
#[derive(Clone, Copy, Debug, Default)]
pub struct Problems<'a> {
    /// The wrong fields.
    pub errors: &'a [FieldError],
    /// Why it failed otherwise.
    pub failure: Option<&'a str>,
}

/// A labelled box of a plain form.
#[derive(Clone, Copy)]
struct LabelledBox<'a> {
    field: Field,
    id: &'static str,
    kind: &'static str,
    autocomplete: &'static str,
    value: &'a str,
    hint: Option<&'static str>,
    /// Whether it has the focus when the page opens.
    first: bool,
}

/// The box for a password that a person chooses.
const fn new_password_box(first: bool) -> LabelledBox<'static> {
    LabelledBox {
        field: Field::Password,
        id: "password",
        kind: "password",
        autocomplete: "new-password",
        value: "",
        hint: Some("A password has 12 to 128 characters."),
        first,
    }
}

/// The box with its hint and its message.
fn labelled_box(labelled: LabelledBox<'_>, problems: Problems<'_>) -> impl IntoView + use<> {
    let LabelledBox {
        field,
        id,
        kind,
        autocomplete,
        value,
        hint,
        first,
    } = labelled;
    let message = problems
        .errors
        .iter()
        .find(|error| error.field == field)
        .map(|error| error.message.clone());
    let message_id = format!("{id}-message");
    let hint_id = format!("{id}-hint");
    let described_by: Vec<String> = [
        hint.map(|_| hint_id.clone()),
        message.is_some().then(|| message_id.clone()),
        problems.failure.map(|_| FAILURE_ID.to_owned()),
    ]
    .into_iter()
    .flatten()
    .collect();
    view! {
        <div class="field">
            <label for=id>{field.label()}</label>
            <input
                id=id
                name=id
                type=kind
                autocomplete=autocomplete
                required
                autofocus=first
                value=value.to_owned()
                aria-invalid=message.is_some().then_some("true")
                aria-describedby=(!described_by.is_empty()).then(|| described_by.join(" "))
            />
            {hint.map(|text| view! { <p class="hint" id=hint_id>{text}</p> })}
            {message.map(|text| view! { <p class="message" id=message_id>{text}</p> })}
        </div>
    }
}

/// The id of the failure of a form.
const FAILURE_ID: &str = "failure";

/// A failure that belongs to no single field.
fn failure(problems: Problems<'_>) -> impl IntoView + use<> {
    problems.failure.map(|text| {
        view! {
            <div class="notice error" role="alert">
                <p id=FAILURE_ID>{text.to_owned()}</p>
            </div>
        }
    })
}
