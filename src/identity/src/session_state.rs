//! By what an application sees in the browser that somebody signed in or out (OpenID Connect Session Management, section 3).

use aws_lc_rs::digest;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::client::ClientId;
use url::Url;

/// The value that stands in an answer: a hash of the client, the origin of its page, and the state of the browser, and the
/// salt of it. The page of the check-session endpoint computes the same. `None` for an address that is no page's.
pub fn session_state(client: ClientId, redirect_uri: &str, browser_state: &str, salt: &str) -> Option<String> {
    let origin = Url::parse(redirect_uri).ok()?.origin();
    if !origin.is_tuple() {
        return None;
    }
    let origin = origin.ascii_serialization();
    let text = format!("{client} {origin} {browser_state} {salt}");
    let hash = URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, text.as_bytes()));
    Some(format!("{hash}.{salt}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn differs_with_client_origin_and_browser() {
        let state = |client, uri, browser| session_state(ClientId(Uuid::from_u128(client)), uri, browser, "salt");
        let one = state(1, "https://app.example.com/callback?x", "b").unwrap();
        assert_eq!(one.len(), 43 + 1 + 4);
        assert_eq!(state(1, "https://app.example.com:443/other", "b"), Some(one.clone()));
        let others = [
            state(2, "https://app.example.com/callback", "b"),
            state(1, "https://app.example.com:8443/callback", "b"),
            state(1, "https://app.example.com/callback", "c"),
        ];
        assert!(others.iter().flatten().all(|other| *other != one));
        assert_eq!(others.iter().flatten().count(), 3);
        assert_eq!(state(1, "com.example.app:/callback", "b"), None);
    }
}
