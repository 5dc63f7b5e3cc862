//! The sign-in page.

use domain::field::Field;
use leptos::prelude::*;

use super::{Look, Problems, document, failure, labelled_box};

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
    let body = view! {
        {failure(problems)}
        <form method="post" action="/sign-in" novalidate>
            <input type="hidden" name="return_to" value=page.return_to.to_owned() />
            {labelled_box(Field::Email, "email", "email", "username", page.email, problems, !failed)}
            {labelled_box(Field::Password, "password", "password", "current-password", "", problems, failed)}
            <button type="submit" id="submit" class="button primary wide">
                "Sign In"
            </button>
        </form>
    };
    document(look, "Sign In", body)
}
