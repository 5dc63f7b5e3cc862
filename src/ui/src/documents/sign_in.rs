//! The sign-in page.

use domain::field::Field;
use leptos::prelude::*;

use super::{LabelledBox, Look, Problems, document, failure, labelled_box};

/// What the page shows.
#[derive(Clone, Copy, Debug, Default)]
pub struct SignInPage<'a> {
    /// What was typed as E-mail before.
    pub email: &'a str,
    /// Where to go afterwards.
    pub return_to: &'a str,
    /// Why the last try failed.
    pub failure: Option<&'a str>,
}

/// The page as text.
pub fn sign_in(look: &Look, page: SignInPage<'_>) -> String {
    let problems = Problems {
        failure: page.failure,
        ..Problems::default()
    };
    let failed = page.failure.is_some();
    let boxes = [
        LabelledBox {
            field: Field::Email,
            id: "email",
            kind: "email",
            autocomplete: "username",
            value: page.email,
            hint: None,
            first: !failed,
        },
        LabelledBox {
            field: Field::Password,
            id: "password",
            kind: "password",
            autocomplete: "current-password",
            value: "",
            hint: None,
            first: failed,
        },
    ];
    let body = view! {
        {failure(problems)}
        <form method="post" action="/sign-in" novalidate>
            <input type="hidden" name="return_to" value=page.return_to.to_owned() />
            {boxes.map(|labelled| labelled_box(labelled, problems)).collect_view()}
            <button type="submit" id="submit" class="button primary wide">
                "Sign In"
            </button>
        </form>
    };
    document(look, "Sign In", body)
}
