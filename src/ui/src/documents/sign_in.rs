//! The sign-in page, of the portal and of applications.

use domain::field::Field;
use leptos::prelude::*;

use super::{LabelledBox, Look, Problems, document, failure, labelled_box};

/// What the page shows.
#[derive(Clone, Copy, Debug, Default)]
pub struct SignInPage<'a> {
    /// The application that asks for the sign-in, if it isn't the portal.
    pub application: Option<&'a str>,
    /// What was typed as E-mail before.
    pub email: &'a str,
    /// Where to go in the portal afterwards.
    pub return_to: &'a str,
    /// What resumes the request of the application.
    pub resume: &'a str,
    /// Why the last try failed.
    pub failure: Option<&'a str>,
}

/// The page as text.
pub fn sign_in(look: &Look, page: SignInPage<'_>) -> String {
    let problems = Problems {
        failure: page.failure,
        ..Problems::default()
    };
    // With the address in place the password is what is missing.
    let knows_email = page.failure.is_some() || !page.email.is_empty();
    let boxes = [
        LabelledBox {
            field: Field::Email,
            id: "email",
            kind: "email",
            autocomplete: "username",
            value: page.email,
            hint: None,
            first: !knows_email,
        },
        LabelledBox {
            field: Field::Password,
            id: "password",
            kind: "password",
            autocomplete: "current-password",
            value: "",
            hint: None,
            first: knows_email,
        },
    ];
    let application = page.application.map(|name| {
        view! {
            <p>"You go on to " <strong>{name.to_owned()}</strong> " afterwards."</p>
        }
    });
    let body = view! {
        {application}
        {failure(problems)}
        <form method="post" action="/sign-in" novalidate>
            <input type="hidden" name="return_to" value=page.return_to.to_owned() />
            <input type="hidden" name="resume" value=page.resume.to_owned() />
            {boxes.map(|labelled| labelled_box(labelled, problems)).collect_view()}
            <button type="submit" id="submit" class="button primary wide">
                "Sign In"
            </button>
        </form>
    };
    document(look, "Sign In", body)
}
