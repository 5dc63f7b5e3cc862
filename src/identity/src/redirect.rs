//! The way back to the application (RFC 6749, section 3.1.2): where it may lead, and what it carries.

use secrecy::{ExposeSecret, SecretString};
use url::form_urlencoded;

use crate::issuer::Issuer;
use crate::response_type::ResponseMode;

/// Whether a client that registered these may be answered at the requested address: they are compared byte for byte, but
/// for the port of an address on this very machine (RFC 8252, section 7.3).
pub fn is_registered(registered: &[String], requested: &str) -> bool {
    let any_port = without_loopback_port(requested);
    registered
        .iter()
        .any(|uri| uri == requested || (any_port.is_some() && without_loopback_port(uri) == any_port))
}

/// Host and path of an address on a loopback IP, without its port; `None` for any other address.
fn without_loopback_port(uri: &str) -> Option<(&'static str, &str)> {
    let (host, rest) = ["http://127.0.0.1", "http://[::1]"]
        .into_iter()
        .find_map(|host| uri.strip_prefix(host).map(|rest| (host, rest)))?;
    let rest = match rest.strip_prefix(':') {
        Some(rest) => {
            let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            let (port, rest) = rest.split_at(end);
            port.parse::<u16>().ok().filter(|port| *port != 0)?;
            rest
        }
        None => rest,
    };
    // Anything else would be a longer host, or a name before another one.
    (rest.is_empty() || rest.starts_with(['/', '?'])).then_some((host, rest))
}

/// Where and how a request is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnAddress {
    /// The redirect URI, which its client registered.
    pub redirect_uri: String,
    /// How the answer travels.
    pub mode: ResponseMode,
    /// What the client wants back as it is.
    pub state: Option<String>,
}

impl ReturnAddress {
    /// An answer that goes there. It says who answers (RFC 9207).
    pub fn answer(self, issuer: &Issuer, mut parameters: Vec<(&'static str, SecretString)>) -> Answer {
        if let Some(state) = self.state {
            parameters.push(("state", state.into()));
        }
        parameters.push(("iss", issuer.as_str().into()));
        Answer {
            redirect_uri: self.redirect_uri,
            mode: self.mode,
            parameters,
        }
    }
}

/// What the browser carries back to the application. `Debug` shows no value.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Where to.
    pub redirect_uri: String,
    /// How.
    pub mode: ResponseMode,
    /// What.
    pub parameters: Vec<(&'static str, SecretString)>,
}

impl Answer {
    /// The address that carries the answer in its query or fragment; `None` for one that is posted.
    pub fn location(&self) -> Option<String> {
        let separator = match self.mode {
            ResponseMode::FormPost => return None,
            ResponseMode::Fragment => "#",
            ResponseMode::Query if !self.redirect_uri.contains('?') => "?",
            ResponseMode::Query if self.redirect_uri.ends_with(['?', '&']) => "",
            ResponseMode::Query => "&",
        };
        let pairs = self
            .parameters
            .iter()
            .map(|(name, value)| (name, value.expose_secret()));
        let parameters = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(pairs)
            .finish();
        Some(format!("{}{separator}{parameters}", self.redirect_uri))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;
    use url::Url;

    #[rstest]
    #[case("https://app.example.com/cb", "https://app.example.com/cb", true)]
    #[case("https://app.example.com/cb", "https://app.example.com/cb/", false)]
    #[case("https://app.example.com/cb", "https://app.example.com/CB", false)]
    #[case("https://app.example.com/cb", "https://APP.example.com/cb", false)]
    #[case("https://app.example.com/cb", "https://app.example.com:443/cb", false)]
    #[case("https://app.example.com/cb", "https://app.example.com/cb?x=1", false)]
    #[case("https://app.example.com/cb", "https://app.example.com/cb#x", false)]
    #[case("https://app.example.com/cb", "https://app.example.com.evil.example/cb", false)]
    #[case("http://localhost/cb", "http://localhost:8080/cb", false)]
    #[case("http://127.0.0.2/cb", "http://127.0.0.2:8080/cb", false)]
    #[case("http://127.0.0.1/cb", "http://127.0.0.1:8080/cb", true)]
    #[case("http://127.0.0.1:1/cb?x", "http://127.0.0.1/cb?x", true)]
    #[case("http://[::1]:1/cb", "http://[::1]:65535/cb", true)]
    #[case("http://127.0.0.1", "http://127.0.0.1:9", true)]
    #[case("http://127.0.0.1/cb", "http://[::1]/cb", false)]
    #[case("http://127.0.0.1/cb", "https://127.0.0.1:8080/cb", false)]
    #[case("http://127.0.0.1/cb", "http://127.0.0.1:0/cb", false)]
    #[case("http://127.0.0.1/cb", "http://127.0.0.1:65536/cb", false)]
    #[case("http://127.0.0.1/cb", "http://127.0.0.1:/cb", false)]
    #[case("http://127.0.0.1/cb", "http://127.0.0.1:80@evil.example/cb", false)]
    #[case("http://127.0.0.1/cb", "http://127.0.0.1.evil.example/cb", false)]
    #[case("http://127.0.0.1/cb", "http://127.0.0.1:8080/cb/..", false)]
    fn only_the_port_of_this_machine_may_differ(#[case] registered: &str, #[case] requested: &str, #[case] same: bool) {
        assert_eq!(is_registered(&[registered.to_owned()], requested), same);
    }

    fn answer(redirect_uri: &str, mode: ResponseMode, state: &str) -> Answer {
        let back = ReturnAddress {
            redirect_uri: redirect_uri.to_owned(),
            mode,
            state: Some(state.to_owned()),
        };
        let issuer = Issuer::new("https://id.example.com").unwrap();
        back.answer(&issuer, vec![("code", "c".into())])
    }

    #[rstest]
    #[case("https://a.example/cb", ResponseMode::Query, "https://a.example/cb?code=c")]
    #[case("https://a.example/cb?", ResponseMode::Query, "https://a.example/cb?code=c")]
    #[case("https://a.example/cb?x=1", ResponseMode::Query, "https://a.example/cb?x=1&code=c")]
    #[case(
        "https://a.example/cb?x=1",
        ResponseMode::Fragment,
        "https://a.example/cb?x=1#code=c"
    )]
    #[case("com.example.app:/cb", ResponseMode::Query, "com.example.app:/cb?code=c")]
    fn the_answer_stands_where_it_was_asked(#[case] uri: &str, #[case] mode: ResponseMode, #[case] start: &str) {
        let location = answer(uri, mode, "a b&c").location().unwrap();
        let expected = format!("{start}&state=a+b%26c&iss=https%3A%2F%2Fid.example.com%2Fidentity");
        assert_eq!(location, expected);
    }

    #[test]
    fn what_is_posted_has_no_address() {
        let posted = answer("https://a.example/cb", ResponseMode::FormPost, "s");
        assert_eq!(posted.location(), None);
        assert!(!format!("{posted:?}").contains("\"c\""));
    }

    proptest! {
        #[test]
        fn no_state_changes_where_it_goes(state: String) {
            for mode in [ResponseMode::Query, ResponseMode::Fragment] {
                let location = answer("https://a.example/cb", mode, &state).location().unwrap();
                prop_assert!(location.is_ascii() && !location.contains(['\r', '\n']));
                let url = Url::parse(&location).unwrap();
                prop_assert_eq!(url.host_str(), Some("a.example"));
                let carried = url.query().or(url.fragment()).unwrap_or_default().to_owned();
                let back = form_urlencoded::parse(carried.as_bytes()).find(|(name, _)| name == "state");
                prop_assert_eq!(back.unwrap().1, state.as_str());
            }
        }

        #[test]
        fn nothing_but_what_is_registered_passes(requested in "http://(127\\.0\\.0\\.1|\\[::1\\])[:0-9@./?a]{0,12}") {
            if is_registered(&["http://127.0.0.1/a".to_owned()], &requested) {
                let url = Url::parse(&requested).unwrap();
                prop_assert_eq!((url.host_str(), url.path(), url.query()), (Some("127.0.0.1"), "/a", None));
                prop_assert!(url.username().is_empty());
            }
        }
    }
}
