//! Where to go after sign-in.

use url::Url;

/// The path and query of `wanted` if it stays in this portal; the portal's start otherwise.
pub fn within(public_url: &str, wanted: &str) -> String {
    let start = || "/".to_owned();
    let Ok(base) = Url::parse(public_url) else {
        return start();
    };
    match base.join(wanted) {
        Ok(url) if url.origin() == base.origin() => {
            let path = &url[url::Position::BeforePath..url::Position::AfterQuery];
            // Two slashes begin the address of another host. They may appear only now, when dots are resolved.
            if wanted.starts_with('/') && !path.starts_with("//") {
                path.to_owned()
            } else {
                start()
            }
        }
        _ => start(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("/security/clients?page=2", "/security/clients?page=2")]
    #[case("", "/")]
    #[case("https://evil.example/", "/")]
    #[case("//evil.example/a", "/")]
    #[case("/\\evil.example", "/")]
    #[case("/.//evil.example", "/")]
    #[case("/a/..//evil.example", "/")]
    #[case("/./\\evil.example", "/")]
    #[case("javascript:alert(1)", "/")]
    #[case("/a\nb", "/ab")]
    fn stays_in_the_portal(#[case] wanted: &str, #[case] expected: &str) {
        assert_eq!(within("https://id.example.com", wanted), expected);
    }
}
