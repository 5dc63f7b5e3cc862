//! The page behind the setup link, which makes the first administrator.

use domain::field::Field;
use leptos::prelude::*;

use super::{Look, Problems, document, failure, labelled_box};

/// What the page shows.
#[derive(Clone, Copy, Debug, Default)]
pub struct SetupPage<'a> {
    /// The token of the link.
    pub token: &'a str,
    /// What was typed as Name before.
    pub name: &'a str,
    /// What was typed as E-mail before.
    pub email: &'a str,
    /// What is wrong with it.
    pub problems: Problems<'a>,
}

/// The page as text.
pub fn setup(look: &Look, page: SetupPage<'_>) -> String {
    let first = page.problems.errors.first().map_or(Field::Name, |error| error.field);
    let body = view! {
        <p>"This makes the first Tenant Administrator, who can add clients and people."</p>
        {failure(page.problems)}
        <form method="post" action="/setup" novalidate>
            <input type="hidden" name="token" value=page.token.to_owned() />
            {labelled_box(Field::Name, "name", "text", "name", page.name, page.problems, first == Field::Name)}
            {labelled_box(Field::Email, "email", "email", "username", page.email, page.problems, first == Field::Email)}
            {labelled_box(Field::Password, "password", "password", "new-password", "", page.problems, first == Field::Password)}
            <p class="hint">"A password has 12 to 128 characters."</p>
            <button type="submit" id="submit" class="button primary wide">
                "Create Administrator"
            </button>
        </form>
    };
    document(look, "Set Up", body)
}
