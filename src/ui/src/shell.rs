//! The HTML document around the pages that come alive in the browser.

use axum_extra::extract::CookieJar;
use http::HeaderValue;
use http::header::CONTENT_SECURITY_POLICY;
use http::request::Parts;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use leptos_meta::MetaTags;

use crate::App;
use crate::documents::stylesheet;
use crate::preferences::Preferences;

/// The document. It sets the content security policy of its answer, whose nonce it also gives to its scripts.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let preferences = use_context::<Parts>()
        .map(|parts| preferences(&parts))
        .unwrap_or_default();
    set_content_security_policy();
    view! {
        <!DOCTYPE html>
        <html lang="en" data-theme=preferences.theme.value()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="stylesheet" href=stylesheet(&options.site_pkg_dir) />
                <HydrationScripts options=options />
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

/// The choices that the request's cookies hold.
pub(crate) fn preferences(parts: &Parts) -> Preferences {
    let cookies = CookieJar::from_headers(&parts.headers);
    Preferences::read(|name| cookies.get(name).map(|cookie| cookie.value().to_owned()))
}

fn set_content_security_policy() {
    let (Some(nonce), Some(response)) = (use_nonce(), use_context::<ResponseOptions>()) else {
        return;
    };
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.insert_header(CONTENT_SECURITY_POLICY, policy);
    }
}
