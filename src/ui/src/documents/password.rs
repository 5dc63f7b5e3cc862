//! The page behind a one-time link, with which a person chooses a password.

use leptos::prelude::*;

use super::{Look, Problems, document, failure, labelled_box, new_password_box};

/// What the page shows.
#[derive(Clone, Copy, Debug, Default)]
pub struct PasswordPage<'a> {
    /// The token of the link.
    pub token: &'a str,
    /// Whose link it is.
    pub name: &'a str,
    /// The e-mail address with which they sign in.
    pub email: &'a str,
    /// What is wrong with the last try.
    pub problems: Problems<'a>,
}

/// The page as text.
pub fn password(look: &Look, page: PasswordPage<'_>) -> String {
    let body = view! {
        <p>
            {format!("{}, choose the password with which you sign in as ", page.name)} <strong>{page.email.to_owned()}</strong>
            ". This link works once."
        </p>
        {failure(page.problems)}
        <form method="post" action="/password" novalidate>
            <input type="hidden" name="token" value=page.token.to_owned() />
            // Password managers keep the address with the password.
            <input type="hidden" autocomplete="username" value=page.email.to_owned() />
            {labelled_box(new_password_box(true), page.problems)}
            <button type="submit" id="submit" class="button primary wide">
                "Set Password"
            </button>
        </form>
    };
    document(look, "Choose a Password", body)
}
