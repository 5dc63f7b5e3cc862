//! The web origins whose pages may call the server.

use crate::field::{Field, FieldError};
use crate::redirect_uri::refuse;
use crate::web_address;

/// An origin as browsers send it (RFC 6454, section 6.2): scheme and host in lower case, the port unless it is the
/// scheme's own, nothing after it. That is the text that an `Origin` header is compared with.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CorsOrigin(String);

impl CorsOrigin {
    /// Reads what a person typed; one `/` at the end is dropped.
    pub fn parse(text: &str) -> Result<Self, FieldError> {
        let text = text.trim();
        read(text)
            .map(Self)
            .map_err(|reason| refuse(Field::CorsOrigins, text, &reason))
    }

    /// The origin as it is compared.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn read(text: &str) -> Result<String, String> {
    let uri = web_address::parse(text)?;
    let scheme = uri.scheme().as_str().to_ascii_lowercase();
    let authority = match (scheme.as_str(), uri.authority()) {
        ("http" | "https", Some(authority)) => authority,
        ("http" | "https", None) => return Err(web_address::NO_HOST.to_owned()),
        _ => {
            return Err(format!(
                "The scheme {} is not allowed. Use https, or http on this machine.",
                web_address::quoted(&scheme)
            ));
        }
    };
    web_address::check_user_and_port(&authority)?;
    web_address::check_host(&authority)?;
    web_address::check_scheme(&scheme, &authority)?;
    if !matches!(uri.path().as_str(), "" | "/") || uri.has_query() || uri.has_fragment() {
        return Err("An origin is scheme, host and port alone. Remove what follows them.".to_owned());
    }
    let default = if scheme == "https" { 443 } else { 80 };
    let port = match authority.port_to_u16() {
        Ok(Some(port)) if port != default => format!(":{port}"),
        _ => String::new(),
    };
    Ok(format!("{scheme}://{}{port}", web_address::canonical_host(&authority)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web_address::testing::ipv6_hosts;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("https://app.example.com", "https://app.example.com")]
    #[case(" HTTPS://App.Example.COM/ ", "https://app.example.com")]
    #[case("https://app.example.com:443", "https://app.example.com")]
    #[case("https://app.example.com:0443/", "https://app.example.com")]
    #[case("https://app.example.com:8443", "https://app.example.com:8443")]
    #[case("http://localhost:80", "http://localhost")]
    #[case("http://localhost:443", "http://localhost:443")]
    #[case("http://127.0.0.1:3000", "http://127.0.0.1:3000")]
    #[case("http://[0:0::1]:3000", "http://[::1]:3000")]
    #[case("https://[2001:DB8:0:0:0:0:0:7]", "https://[2001:db8::7]")]
    fn is_kept_as_browsers_send_it(#[case] text: &str, #[case] origin: &str) {
        assert_eq!(CorsOrigin::parse(text).map(|origin| origin.0), Ok(origin.to_owned()));
    }

    #[rstest]
    #[case("", "Enter a URL first.")]
    #[case("null", "has no scheme")]
    #[case("app.example.com", "has no scheme")]
    #[case("*", "wildcard")]
    #[case("https://*.example.com", "wildcard")]
    #[case("https://app.example.com//", "alone")]
    #[case("https://app.example.com/a", "alone")]
    #[case("https://app.example.com?", "alone")]
    #[case("https://app.example.com#", "alone")]
    #[case("https://user@app.example.com", "user name before @")]
    #[case("http://app.example.com", "http is for this machine alone")]
    #[case("https:app.example.com", "names no host")]
    #[case("com.example.app://cb", "“com.example.app” is not allowed")]
    #[case("file://", "“file” is not allowed")]
    #[case("https://app.example.com:65536", "1 to 65535")]
    #[case("https://пример.example", "xn-- form")]
    #[case("https://[::ffff:127.0.0.1]", "Write 127.0.0.1.")]
    #[case("https://[::ffff:7f00:1]", "Write 127.0.0.1.")]
    #[case("https://app.example.com\\@evil.example", "backslash")]
    #[case("https:\\\\app.example.com", "backslash")]
    fn is_refused_with_its_rule(#[case] text: &str, #[case] rule: &str) {
        let error = CorsOrigin::parse(text).unwrap_err();
        assert_eq!(error.field, Field::CorsOrigins);
        assert!(error.message.contains(rule), "{error}");
    }

    proptest! {
        #[test]
        fn is_what_a_browser_would_send(
            scheme in "(https|HTTPS|http)",
            host in prop_oneof![
                "[a-zA-Z][a-zA-Z0-9_]{0,8}(\\.[a-zA-Z][a-zA-Z0-9]{0,8}){0,2}",
                ipv6_hosts(),
                any::<std::net::Ipv4Addr>().prop_map(|address| address.to_string()),
                Just("localhost".to_owned()),
            ],
            port in prop::option::of(any::<u16>()),
        ) {
            let port = port.map_or_else(String::new, |port| format!(":{port}"));
            let text = format!("{scheme}://{host}{port}");
            if let Ok(origin) = CorsOrigin::parse(&text) {
                let browser = url::Url::parse(&text).unwrap().origin().ascii_serialization();
                prop_assert_eq!(origin.as_str(), browser);
                prop_assert_eq!(CorsOrigin::parse(origin.as_str()), Ok(origin));
            }
        }

        #[test]
        fn never_panics(text in any::<String>()) {
            let _ = CorsOrigin::parse(&text);
        }
    }
}
