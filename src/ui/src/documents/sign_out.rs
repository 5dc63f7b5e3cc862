//! The page that asks whether to sign out, when an application wishes it.

use leptos::prelude::*;

use super::{Look, document};

/// The page as text; `end_session` is the wish, which goes on after the answer.
pub fn sign_out(look: &Look, end_session: &str) -> String {
    let body = view! {
        <p>"This signs you out of the portal and of the applications that you signed in to with it."</p>
        <form method="post" action="/sign-out">
            <input type="hidden" name="end_session" value=end_session.to_owned() />
            <button type="submit" id="submit" class="button primary wide">
                "Sign Out"
            </button>
        </form>
        <p>
            <a href="/">"Stay signed in"</a>
        </p>
    };
    document(look, "Sign Out", body)
}
