//! The addresses to which people are sent back after signing in or out.

use fluent_uri::Uri;
use fluent_uri::component::Authority;

use crate::field::{Field, FieldError};
use crate::web_address::{self, quoted};

/// A redirect URI (RFC 6749, section 3.1.2) or post-logout redirect URI (OpenID Connect RP-Initiated Logout, section 3). It
/// is kept byte for byte as it was entered, because that is how it is compared: parsing only says whether it is allowed.
///
/// Allowed are `https`, `http` on this machine, and a private-use scheme with a dot (RFC 8252, section 7).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RedirectUri(String);

impl RedirectUri {
    /// Reads what a person typed into the list `field`.
    pub fn parse(field: Field, text: &str) -> Result<Self, FieldError> {
        let text = text.trim();
        check(text).map_err(|reason| refuse(field, text, &reason))?;
        Ok(Self(text.to_owned()))
    }

    /// The address as entered.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An error at a list of URLs: which field, which entry, why.
pub(crate) fn refuse(field: Field, text: &str, reason: &str) -> FieldError {
    let label = field.label();
    if text.is_empty() {
        FieldError::new(field, format!("{label}: {reason}"))
    } else {
        FieldError::new(field, format!("{label}: {} can't be used. {reason}", quoted(text)))
    }
}

fn check(text: &str) -> Result<(), String> {
    let uri = web_address::parse(text)?;
    if uri.has_fragment() {
        return Err("It holds a fragment (#). Remove that part.".to_owned());
    }
    let scheme = uri.scheme().as_str().to_ascii_lowercase();
    if matches!(scheme.as_str(), "https" | "http") {
        check_web_address(&scheme, &uri)?;
    } else {
        check_private_use(&scheme, &uri)?;
    }
    if uri.path().as_str().split('/').any(is_dot_segment) {
        return Err("Its path holds . or .. as a part, which browsers take out. Enter the path they go to.".to_owned());
    }
    Ok(())
}

fn check_web_address(scheme: &str, uri: &Uri<&str>) -> Result<(), String> {
    let authority = uri.authority().ok_or(web_address::NO_HOST)?;
    web_address::check_user_and_port(&authority)?;
    check_host(&authority)?;
    web_address::check_scheme(scheme, &authority)?;
    if uri.query().is_some_and(|query| query.as_str().contains('\'')) {
        return Err("Its query holds ', which browsers write as %27. Write it so.".to_owned());
    }
    Ok(())
}

/// Checks a URL that opens an app. What stands in place of a host is named as the app likes.
fn check_private_use(scheme: &str, uri: &Uri<&str>) -> Result<(), String> {
    if !scheme.contains('.') {
        return Err(format!(
            "The scheme {} is not allowed. Use https, http on this machine, or a scheme of an app with a dot, such as \
             com.example.app:/callback.",
            quoted(scheme)
        ));
    }
    if scheme.split('.').any(str::is_empty) {
        return Err(format!("The scheme {} has a dot too many. Remove it.", quoted(scheme)));
    }
    let authority = uri.authority().unwrap_or(Authority::EMPTY);
    web_address::check_user_and_port(&authority)?;
    if authority.host().starts_with('[') {
        check_host(&authority)?;
    }
    // Without the slash a host and port such as example.com:8443 would be a scheme.
    if authority.host().is_empty() && (authority.has_port() || !uri.path().as_str().starts_with('/')) {
        return Err(
            "Begin with https://, or for an app with its scheme, a colon and a slash, such as com.example.app:/callback."
                .to_owned(),
        );
    }
    Ok(())
}

/// Checks that the host is right, and written as browsers write it but for its case.
fn check_host(authority: &Authority<'_>) -> Result<(), String> {
    web_address::check_host(authority)?;
    let canonical = web_address::canonical_host(authority);
    if authority.host().eq_ignore_ascii_case(&canonical) {
        Ok(())
    } else {
        Err(format!("Browsers write its host as {canonical}. Write it so."))
    }
}

/// Whether a browser takes this part of a path away, written in any way (WHATWG URL, single- and double-dot segments).
fn is_dot_segment(segment: &str) -> bool {
    let plain = segment.to_ascii_lowercase().replace("%2e", ".");
    matches!(plain.as_str(), "." | "..")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web_address::MAX_URL;
    use crate::web_address::testing::ipv6_hosts;
    use fluent_uri::pct_enc::EStr;
    use proptest::prelude::*;
    use rstest::rstest;

    fn parse(text: &str) -> Result<RedirectUri, FieldError> {
        RedirectUri::parse(Field::RedirectUrls, text)
    }

    #[rstest]
    #[case("https://app.example.com/callback")]
    #[case("https://app.example.com")]
    #[case("https://app.example.com:8443/cb?tenant=a%20b&x=/..")]
    #[case("HTTPS://App.Example.com/Callback")]
    #[case("https://192.0.2.7/cb")]
    #[case("https://[2001:db8::7]:8443/cb")]
    #[case("https://xn--mnchen-3ya.example/cb")]
    #[case("https://under_score.example/cb/")]
    #[case("http://localhost:3000/cb")]
    #[case("http://LOCALHOST/cb")]
    #[case("http://127.0.0.1/cb")]
    #[case("http://127.255.0.9:1/cb")]
    #[case("http://[::1]:65535/cb")]
    #[case("HtTp://LocalHost:3000/cb")]
    #[case("https://[2001:DB8::7]/cb")]
    // Looks like “apple” in Cyrillic where it is decoded; here it is read as it is compared.
    #[case("https://xn--80ak6aa92e.example/cb")]
    // Broken: no browser goes there, and only the tables of IDNA could tell.
    #[case("https://xn--a/cb")]
    #[case("https://example.com/%2f..%2fb")]
    #[case("https://example.com/%5c")]
    #[case("https://example.com/it's?x=%27")]
    #[case("com.example.app:/cb")]
    #[case("com.example.app:/cb?x='y'")]
    #[case("com.example.app:///cb")]
    #[case("com.example.app://cb/path")]
    #[case("com.example.app://callback.2/")]
    #[case("com.example.app://123")]
    #[case("com.example.app://[::1]:8080/cb")]
    #[case("Com.Example.App:/cb?x=1")]
    #[case("https://example.com/a/.../b")]
    fn is_kept_as_entered(#[case] text: &str) {
        assert_eq!(parse(&format!(" {text}\n")).map(|uri| uri.0), Ok(text.to_owned()));
    }

    #[rstest]
    #[case("", "Enter a URL first.")]
    #[case("app.example.com/cb", "has no scheme")]
    #[case("/cb", "has no scheme")]
    #[case("//example.com/cb", "has no scheme")]
    #[case("example.com:8443/cb", "Begin with https://")]
    #[case("com.example.app:cb", "Begin with https://")]
    #[case("com.example.app://", "Begin with https://")]
    #[case("com.example.app://?x=1", "Begin with https://")]
    #[case("com.example.app://:80/cb", "Begin with https://")]
    #[case("https.://app.example.com/cb", "has a dot too many")]
    #[case("https.:/cb", "has a dot too many")]
    #[case("a..b:/x", "has a dot too many")]
    #[case("localhost:3000/cb", "“localhost” is not allowed")]
    #[case("https:/example.com/cb", "names no host")]
    #[case("https:example.com", "names no host")]
    #[case("https:///cb", "names no host")]
    #[case("https://:443/cb", "names no host")]
    #[case("http://example.com/cb", "http is for this machine alone")]
    #[case("HTTP://example.com/cb", "http is for this machine alone")]
    #[case("hTTp://example.com/cb", "http is for this machine alone")]
    #[case("http://localhost.example.com/cb", "http is for this machine alone")]
    #[case("http://127.0.0.1.evil.example/cb", "http is for this machine alone")]
    #[case("http://128.0.0.1/cb", "http is for this machine alone")]
    #[case("http://[::2]/cb", "http is for this machine alone")]
    #[case("http://0.0.0.0/cb", "http is for this machine alone")]
    #[case("http://127.1/cb", "ends in a number")]
    #[case("http://0x7f.0.0.1/cb", "ends in a number")]
    #[case("http://2130706433/cb", "ends in a number")]
    #[case("https://example.0x1f/cb", "ends in a number")]
    #[case("https://0127.0.0.1/cb", "ends in a number")]
    #[case("https://256.0.0.1/cb", "ends in a number")]
    #[case("http://localhost./cb", "is not the name or address of a host")]
    #[case("https://example..com/cb", "is not the name or address of a host")]
    #[case("https://example.com./cb", "is not the name or address of a host")]
    #[case("https://evil%2ecom/cb", "is not the name or address of a host")]
    #[case("https://good.example!evil.example/cb", "is not the name or address of a host")]
    #[case("https://[::ffff:127.0.0.1]/cb", "Write 127.0.0.1.")]
    #[case("com.example.app://[::ffff:7f00:1]/cb", "Write 127.0.0.1.")]
    #[case("https://[2001:db8:0:0:0:0:0:7]/cb", "as [2001:db8::7]")]
    #[case("https://[2001:db8::0:7]/cb", "as [2001:db8::7]")]
    #[case("http://[0:0:0:0:0:0:0:1]/cb", "as [::1]")]
    #[case("https://[::127.0.0.1]/cb", "as [::7f00:1]")]
    #[case("com.example.app://[0::1]/cb", "as [::1]")]
    #[case("https://[fe80::1%25eth0]/cb", "is not a URL")]
    #[case("https://[v1.a]/cb", "is not the name or address of a host")]
    #[case("https://[::1/cb", "is not a URL")]
    #[case("https://exam[ple.com/cb", "is not a URL")]
    #[case("https://example.com/%zz", "is not a URL")]
    #[case("https://example.com/<script>", "is not a URL")]
    #[case("https://user@example.com/cb", "user name before @")]
    #[case("https://user:password@example.com/cb", "user name before @")]
    #[case("https://example.com@evil.example/cb", "user name before @")]
    #[case("https://@example.com/cb", "user name before @")]
    #[case("http://localhost@evil.example/cb", "user name before @")]
    #[case("com.example.app://user@cb", "user name before @")]
    #[case("https://example.com:0/cb", "1 to 65535")]
    #[case("https://example.com:65536/cb", "1 to 65535")]
    #[case("https://example.com:99999999999/cb", "1 to 65535")]
    #[case("https://example.com:/cb", "1 to 65535")]
    #[case("com.example.app://cb:65536/", "1 to 65535")]
    #[case("https://example.com:-1/cb", "is not a URL")]
    #[case("https://example.com:80a/cb", "is not a URL")]
    #[case("https://example.com/cb#", "fragment")]
    #[case("https://example.com/cb#top", "fragment")]
    #[case("com.example.app:/cb#top", "fragment")]
    #[case("https://*.example.com/cb", "wildcard")]
    #[case("https://example.com/*", "wildcard")]
    #[case("https://example.com\\@evil.example/cb", "backslash")]
    #[case("https:\\\\example.com/cb", "backslash")]
    #[case("com.example.app:\\\\cb", "backslash")]
    #[case("https://example.com/cb?x='y'", "write as %27")]
    #[case("https://example.com/a/../b", "browsers take out")]
    #[case("https://example.com/a/./b", "browsers take out")]
    #[case("https://example.com/a/%2e%2E/b", "browsers take out")]
    #[case("https://example.com/.%2e", "browsers take out")]
    #[case("https://example.com/a b", "holds a space")]
    #[case("https://example.com/a\u{a0}b", "holds a space")]
    #[case("https://exаmple.com/cb", "the host in its xn-- form")]
    #[case("https://example。com/cb", "the host in its xn-- form")]
    #[case("https://example.com/é", "other characters with %")]
    #[case("https://example.com/\u{202e}cb", "can't be seen (U+202E)")]
    #[case("https://example.com/\u{0}cb", "can't be seen (U+0000)")]
    #[case("https://example.com/a\tb", "can't be seen (U+0009)")]
    #[case("https://exam\tple.com/cb", "can't be seen (U+0009)")]
    #[case("https://exam\u{ad}ple.com/cb", "can't be seen (U+00AD)")]
    #[case("https://exam\u{200d}ple.com/cb", "can't be seen (U+200D)")]
    #[case("javascript:alert(1)", "“javascript” is not allowed")]
    #[case("JaVaScRiPt:alert(1)", "“javascript” is not allowed")]
    #[case("data:text/html,hi", "“data” is not allowed")]
    #[case("file:///etc/passwd", "“file” is not allowed")]
    #[case("ftp://example.com/cb", "“ftp” is not allowed")]
    #[case("myapp://cb", "“myapp” is not allowed")]
    #[case("blob:https://example.com/cb", "“blob” is not allowed")]
    fn is_refused_with_its_rule(#[case] text: &str, #[case] rule: &str) {
        let error = parse(text).unwrap_err();
        assert_eq!(error.field, Field::RedirectUrls);
        assert!(error.message.starts_with("Allowed Redirect URL(s): "), "{error}");
        assert!(error.message.contains(rule), "{error}");
        assert!(!error.message.contains(['\u{202e}', '\0']), "{error}");
    }

    #[test]
    fn is_bounded() {
        let longest = format!("https://example.com/{}", "a".repeat(MAX_URL - 20));
        assert!(parse(&longest).is_ok());
        let error = parse(&format!("{longest}a")).unwrap_err();
        assert!(
            error
                .message
                .ends_with("A URL is at most 2,000 characters. This has 2,001."),
            "{error}"
        );
        assert!(error.message.len() < 250);
    }

    /// Anything that looks like a URL, right or wrong.
    fn near_urls() -> impl Strategy<Value = String> {
        let parts = [
            "https:",
            "http:",
            "HTTPS:",
            "https.",
            "com.example:",
            "//",
            "/",
            "\\",
            "localhost",
            "127.0.0.1",
            "[::1]",
            "example.com",
            "0x7f",
            ".",
            "..",
            "%2e",
            "@",
            ":",
            "8080",
            "65536",
            "#",
            "?",
            "*",
            "a",
            "é",
            "\u{202e}",
            "%",
            "'",
            "xn--mnchen-3ya",
        ];
        let part = prop_oneof![
            9 => prop::sample::select(parts.to_vec()).prop_map(str::to_owned),
            1 => ipv6_hosts(),
        ];
        prop::collection::vec(part, 0..8).prop_map(|parts| parts.concat())
    }

    /// The same, mostly far enough to be read.
    fn nearer_urls() -> impl Strategy<Value = String> {
        prop_oneof![
            near_urls(),
            near_urls().prop_map(|rest| format!("https://{rest}")),
            near_urls().prop_map(|rest| format!("https://example.com/?{rest}")),
            near_urls().prop_map(|rest| format!("com.example.app:{rest}")),
            ipv6_hosts().prop_map(|host| format!("https://{host}/cb")),
        ]
    }

    proptest! {
        #[test]
        fn what_is_accepted_is_what_browsers_read(text in nearer_urls()) {
            if let Ok(uri) = parse(&text) {
                let read = match url::Url::parse(uri.as_str()) {
                    Ok(read) => read,
                    // A broken xn-- label is no host anywhere; it isn't decoded here.
                    Err(error) => {
                        prop_assert_eq!(error, url::ParseError::IdnaError);
                        prop_assert!(uri.as_str().contains("xn--"));
                        return Ok(());
                    }
                };
                let strict = fluent_uri::Uri::parse(uri.as_str()).unwrap();
                prop_assert_eq!(read.scheme(), strict.scheme().as_str().to_ascii_lowercase());
                prop_assert_eq!((read.username(), read.password(), read.fragment()), ("", None, None));
                if let Some(authority) = strict.authority() {
                    prop_assert_eq!(read.host_str().unwrap_or_default().to_ascii_lowercase(), authority.host().to_ascii_lowercase());
                    let port = authority.port_to_u16().unwrap();
                    prop_assert_eq!(port.or(read.port_or_known_default()), read.port_or_known_default());
                }
                let path = if read.path() == "/" { read.path().trim_end_matches('/') } else { read.path() };
                let strict_path = strict.path().as_str();
                prop_assert_eq!(path, if strict_path == "/" { "" } else { strict_path });
                prop_assert_eq!(read.query(), strict.query().map(EStr::as_str));
                let labels: Vec<&str> = read.scheme().split('.').collect();
                prop_assert!(matches!(read.scheme(), "https" | "http") || labels.len() > 1);
                prop_assert!(!labels.contains(&""));
            }
        }

        #[test]
        fn never_panics(text in any::<String>()) {
            let _ = parse(&text);
        }
    }
}
