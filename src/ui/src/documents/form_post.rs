//! The form that carries an answer to an application (OAuth 2.0 Form Post Response Mode, section 2).

use leptos::prelude::*;

use super::{Look, document};

/// What the form carries, and where. It has no `Debug`: it holds codes and tokens.
#[derive(Clone, Copy)]
pub struct FormPost<'a> {
    /// The redirect URI.
    pub action: &'a str,
    /// The parameters of the answer.
    pub fields: &'a [(&'a str, &'a str)],
    /// What lets the one script run that sends it.
    pub nonce: &'a str,
}

/// The page as text. Without scripts the person sends it. Nothing in the form is called submit, which would hide its method.
pub fn form_post(look: &Look, form: FormPost<'_>) -> String {
    let fields = form.fields.iter().map(|(name, value)| {
        view! { <input type="hidden" name=(*name).to_owned() value=(*value).to_owned() /> }
    });
    let body = view! {
        <p>"You go back to the application. If nothing happens, select Continue."</p>
        <form method="post" action=form.action.to_owned()>
            {fields.collect_view()}
            <button type="submit" class="button primary wide">
                "Continue"
            </button>
        </form>
        <script nonce=form.nonce.to_owned()>"document.forms[0].submit()"</script>
    };
    document(look, "Back to the Application", body)
}
