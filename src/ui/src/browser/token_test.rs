//! Trying a client: asking the token endpoint as the client would.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use leptos::prelude::*;
use serde_json::Value;
use url::form_urlencoded;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Request, RequestInit, Response};

/// What the token endpoint answered, in readable form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Whether a token came.
    pub succeeded: bool,
    /// The answer, its token shortened.
    pub body: String,
    /// The claims of the token.
    pub claims: Option<String>,
}

/// Asks for a token with the client's id and secret in the body (`client_secret_post`).
pub async fn ask(client_id: &str, client_secret: &str) -> Option<Answer> {
    request(client_id, client_secret).await.ok()
}

async fn request(client_id: &str, client_secret: &str) -> Result<Answer, JsValue> {
    let form = form_urlencoded::Serializer::new(String::new())
        .append_pair("grant_type", "client_credentials")
        .append_pair("client_id", client_id)
        .append_pair("client_secret", client_secret)
        .finish();
    let options = RequestInit::new();
    options.set_method("POST");
    options.set_body(&JsValue::from_str(&form));
    let request = Request::new_with_str_and_init("/identity/connect/token", &options)?;
    request
        .headers()
        .set("Content-Type", "application/x-www-form-urlencoded")?;
    let response: Response = JsFuture::from(window().fetch_with_request(&request))
        .await?
        .unchecked_into();
    let text = JsFuture::from(response.text()?).await?.as_string().unwrap_or_default();
    Ok(read(response.ok(), &text))
}

/// Makes an answer readable.
fn read(succeeded: bool, text: &str) -> Answer {
    let Ok(mut body) = serde_json::from_str::<Value>(text) else {
        return Answer {
            succeeded: false,
            body: text.to_owned(),
            claims: None,
        };
    };
    let token = body["access_token"].as_str().map(str::to_owned);
    if let Some(token) = &token {
        let start: String = token.chars().take(12).collect();
        body["access_token"] = format!("{start}… ({} characters)", token.len()).into();
    }
    Answer {
        succeeded,
        body: pretty(&body),
        claims: token.as_deref().and_then(claims),
    }
}

/// The payload of a JSON Web Token (RFC 7519, section 3). It isn't verified: it is only shown.
fn claims(token: &str) -> Option<String> {
    let payload = URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()?;
    serde_json::from_slice(&payload)
        .ok()
        .map(|claims: Value| pretty(&claims))
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_the_claims_and_shortens_the_token() {
        let payload = URL_SAFE_NO_PAD.encode(r#"{"sub":"pump"}"#);
        let token = format!("header-part.{payload}.signature");
        let answer = read(true, &format!(r#"{{"access_token":"{token}","expires_in":60}}"#));
        assert!(answer.claims.is_some_and(|claims| claims.contains("\"pump\"")));
        assert!(answer.body.contains("header-part.…"));
        assert!(!answer.body.contains("signature"));
    }

    #[test]
    fn shows_an_answer_that_is_no_json() {
        assert_eq!(read(false, "Bad gateway").body, "Bad gateway");
    }
}
