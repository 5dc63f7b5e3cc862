//! **Code Examples**: how a client gets a token, ready to paste.

mod languages;
mod template;

use domain::view::ClientDetails;
use leptos::prelude::*;

use crate::components::copy::CopyButton;
use crate::session::Session;
use languages::{LANGUAGES, Language};
use template::Values;

/// An example in each language, of which one is open at a time. They open without scripts.
#[component]
pub fn CodeExamples(client: ClientDetails) -> impl IntoView {
    let kind = client.kind;
    let values = Session::get()
        .endpoints
        .with_value(|endpoints| Values::of(client, endpoints));
    let examples = LANGUAGES.iter().enumerate().map(|(index, language)| {
        let code = values.fill(language.template(kind), language.written);
        view! { <Example language=language code=code open=index == 0 /> }
    });
    let examples = examples.collect_view();
    let placeholder = kind.has_secrets().then(|| {
        view! {
            <p class="hint">
                "In place of " <code>{template::SECRET}</code>
                " put the client’s secret, which is shown once, when it is made."
            </p>
        }
    });
    view! {
        {placeholder}
        {examples}
    }
    .into_any()
}

#[component]
fn Example(language: &'static Language, code: String, open: bool) -> impl IntoView {
    let code_id = format!("example-{}", language.key);
    let label_id = format!("example-{}-label", language.key);
    view! {
        <details class="example" name="example" open=open>
            <summary id=label_id.clone()>{language.name}</summary>
            <div class="example-copy">
                <CopyButton text=code.clone() target=code_id.clone() name="Copy" described_by=label_id labelled=true />
            </div>
            <pre id=code_id tabindex="0">{code}</pre>
        </details>
    }
    .into_any()
}
