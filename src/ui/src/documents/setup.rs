//! The page behind the setup link, which makes the first administrator.

use domain::field::Field;
use leptos::prelude::*;

use super::{LabelledBox, Look, Problems, document, failure, labelled_box, new_password_box};

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
    let boxes = [
        LabelledBox {
            field: Field::Name,
            id: "name",
            kind: "text",
            autocomplete: "name",
            value: page.name,
            hint: None,
            first: first == Field::Name,
        },
        LabelledBox {
            field: Field::Email,
            id: "email",
            kind: "email",
            autocomplete: "username",
            value: page.email,
            hint: None,
            first: first == Field::Email,
        },
        new_password_box(first == Field::Password),
    ];
    let body = view! {
        <p>"This makes the first Tenant Administrator, who can add clients and people."</p>
        {failure(page.problems)}
        <form method="post" action="/setup" novalidate>
            <input type="hidden" name="token" value=page.token.to_owned() />
            {boxes.map(|labelled| labelled_box(labelled, page.problems)).collect_view()}
            <button type="submit" id="submit" class="button primary wide">
                "Create Administrator"
            </button>
        </form>
    };
    document(look, "Set Up", body)
}
