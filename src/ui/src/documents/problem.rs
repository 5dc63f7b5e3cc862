//! A page that says what is wrong and what to do next.

use leptos::prelude::*;

use super::{Look, document};

/// The page as text.
pub fn problem(look: &Look, title: &str, sentence: &str) -> String {
    let body = view! {
        <p>{sentence.to_owned()}</p>
        <p>
            <a href="/">"Go to the portal"</a>
        </p>
    };
    document(look, title, body)
}
