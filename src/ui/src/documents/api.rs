//! The reference of the REST API: it is read without scripts, and tried with one.

use leptos::prelude::*;

use super::{Look, page};

/// All that the page says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reference {
    /// What the API is called.
    pub title: String,
    /// What holds for all of it, with code between backticks.
    pub paragraphs: Vec<String>,
    /// The operations by what they are about.
    pub groups: Vec<Group>,
}

/// Operations about the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What they are about.
    pub name: String,
    /// The operations.
    pub operations: Vec<Operation>,
}

/// What can be asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// Its name in the description, and its place in the page.
    pub id: String,
    /// The method, in upper case.
    pub method: String,
    /// The path, with its parameters in braces.
    pub path: String,
    /// What it does.
    pub summary: String,
    /// What else is to be known of it.
    pub description: Option<String>,
    /// Its parameters but the tenant, which is one for all.
    pub parameters: Vec<Parameter>,
    /// A body to begin with, if it takes one.
    pub body: Option<String>,
    /// Its answers.
    pub answers: Vec<Answer>,
}

/// A parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// Where it stands: `path`, `query` or `header`.
    pub place: String,
    /// What it is, such as `uuid`.
    pub kind: String,
    /// Whether it may stand there several times.
    pub several: bool,
    /// What it is for; may be empty.
    pub description: String,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Its status.
    pub status: String,
    /// When it is given.
    pub description: String,
    /// One to look at.
    pub example: Option<String>,
}

/// The page as text; `script` is the address of what sends the requests.
pub fn api(look: &Look, reference: Reference, script: &'static str) -> String {
    let title = reference.title;
    let content = view! {
        <main>
            <h1>{title.clone()}</h1>
            <div class="prose">
                {reference.paragraphs.iter().map(|text| view! { <p>{prose(text)}</p> }).collect_view()}
                <p>
                    "For programs the same is in "<a href="/api/openapi.json">"OpenAPI"</a>
                    ". Each "<code>"GET"</code>" can be a "<code>"HEAD"</code>" too."
                </p>
            </div>
            <form class="credentials" autocomplete="off">
                <div class="field">
                    <label for="token">"Access token"</label>
                    <input id="token" type="password" autocomplete="off" aria-describedby="token-hint" />
                    <p class="hint" id="token-hint">"It is kept nowhere, and gone when this page is."</p>
                </div>
                <div class="field">
                    <label for="tenant">"Tenant id"</label>
                    <input id="tenant" type="text" autocomplete="off" spellcheck="false" />
                </div>
            </form>
            {reference.groups.into_iter().map(group).collect_view()}
        </main>
        <script src=script></script>
    };
    page(look, &title, "reference", content)
}

fn group(group: Group) -> impl IntoView {
    view! {
        <section>
            <h2>{group.name}</h2>
            {group.operations.into_iter().map(operation).collect_view()}
        </section>
    }
}

fn operation(operation: Operation) -> impl IntoView {
    let Operation {
        id,
        method,
        path,
        summary,
        description,
        parameters,
        body,
        answers,
    } = operation;
    let fields = parameters
        .into_iter()
        .map(|parameter| field(&id, parameter))
        .collect_view();
    let body_id = format!("{id}-body");
    let body = body.map(|example| {
        view! {
            <div class="field">
                <label for=body_id.clone()>"Body"</label>
                <textarea id=body_id.clone() rows="8" spellcheck="false" data-place="body">{example}</textarea>
            </div>
        }
    });
    view! {
        <details class="operation" id=id>
            <summary>
                <span class="badge">{method.clone()}</span>
                " "
                <code>{path.clone()}</code>
                " "
                <span class="muted">{summary}</span>
            </summary>
            {description.map(|text| view! { <p class="about">{prose(&text)}</p> })}
            <form class="try" data-method=method data-path=path autocomplete="off">
                {fields}
                {body}
                <div class="buttons">
                    <button type="submit" class="button primary">"Send"</button>
                </div>
                <p role="status"></p>
                <pre tabindex="0" hidden></pre>
            </form>
            <h3>"Answers"</h3>
            <dl class="answers">{answers.into_iter().map(answer).collect_view()}</dl>
        </details>
    }
}

fn field(operation: &str, parameter: Parameter) -> impl IntoView + use<> {
    let Parameter {
        name,
        place,
        kind,
        several,
        description,
    } = parameter;
    let id = format!("{operation}-{name}");
    let hint_id = format!("{id}-hint");
    let required = place == "path";
    let several_hint = if several {
        " Here, write spaces between several."
    } else {
        ""
    };
    let hint = format!("{place}, {kind}. {description}{several_hint}");
    view! {
        <div class="field">
            <label for=id.clone()>{name.clone()}</label>
            <input
                id=id
                name=name
                type="text"
                autocomplete="off"
                spellcheck="false"
                required=required
                data-place=place
                data-several=several.then_some("")
                aria-describedby=hint_id.clone()
            />
            <p class="hint" id=hint_id>{hint}</p>
        </div>
    }
}

fn answer(answer: Answer) -> impl IntoView {
    view! {
        <dt>{answer.status}</dt>
        <dd>
            <p>{answer.description}</p>
            {answer.example.map(|example| view! { <pre tabindex="0">{example}</pre> })}
        </dd>
    }
}

/// Text with code between backticks.
fn prose(text: &str) -> impl IntoView + use<> {
    let parts = text.split('`').enumerate().map(|(number, part)| {
        let part = part.to_owned();
        if number % 2 == 1 {
            view! { <code>{part}</code> }.into_any()
        } else {
            part.into_any()
        }
    });
    parts.collect_view()
}
