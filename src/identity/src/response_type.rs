//! What an authorization request asks back, and how (OAuth 2.0 Multiple Response Type Encoding Practices; OAuth 2.0 Form
//! Post Response Mode).

/// What comes back from the authorization endpoint. A code always does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ResponseType {
    /// An ID token beside it.
    pub id_token: bool,
    /// An access token beside it.
    pub token: bool,
}

impl ResponseType {
    /// Those that work, as discovery lists them.
    pub const NAMES: [&'static str; 4] = ["code", "code id_token", "code token", "code id_token token"];

    /// Reads the parameter: words in any order, each once.
    pub fn parse(text: &str) -> Option<Self> {
        let (mut code, mut response_type) = (false, Self::default());
        for word in text.split(' ') {
            let asked = match word {
                "code" => &mut code,
                "id_token" => &mut response_type.id_token,
                "token" => &mut response_type.token,
                _ => return None,
            };
            if std::mem::replace(asked, true) {
                return None;
            }
        }
        code.then_some(response_type)
    }

    /// Whether tokens pass through the browser (OpenID Connect Core, section 3.3).
    pub const fn is_hybrid(self) -> bool {
        self.id_token || self.token
    }
}

/// How the answer travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResponseMode {
    /// In the query of the redirect URI.
    Query,
    /// In its fragment.
    Fragment,
    /// In a form that the browser posts to it.
    FormPost,
}

impl ResponseMode {
    /// Those that work, as discovery lists them.
    pub const NAMES: [&'static str; 3] = ["query", "fragment", "form_post"];

    /// The mode with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "query" => Some(Self::Query),
            "fragment" => Some(Self::Fragment),
            "form_post" => Some(Self::FormPost),
            _ => None,
        }
    }

    /// The mode of an answer, errors too, to these parameters. Only what asks for a code alone is ever answered in the
    /// query, which ends up in logs.
    pub fn of(response_type: Option<&str>, response_mode: Option<&str>) -> Self {
        let hybrid = response_type.is_some_and(|text| text.split(' ').any(|word| word != "code"));
        match response_mode.and_then(Self::from_name) {
            Some(Self::Query) | None if hybrid => Self::Fragment,
            asked => asked.unwrap_or(Self::Query),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("code", Some((false, false)))]
    #[case("code id_token", Some((true, false)))]
    #[case("token code", Some((false, true)))]
    #[case("id_token token code", Some((true, true)))]
    #[case("", None)]
    #[case("token", None)]
    #[case("id_token token", None)]
    #[case("code code", None)]
    #[case("code  token", None)]
    #[case("none", None)]
    #[case("CODE", None)]
    fn a_code_always_comes_back(#[case] text: &str, #[case] expected: Option<(bool, bool)>) {
        let expected = expected.map(|(id_token, token)| ResponseType { id_token, token });
        assert_eq!(ResponseType::parse(text), expected);
    }

    #[test]
    fn what_is_listed_works() {
        assert!(
            ResponseType::NAMES
                .into_iter()
                .all(|name| ResponseType::parse(name).is_some())
        );
        assert!(
            ResponseMode::NAMES
                .into_iter()
                .all(|name| ResponseMode::from_name(name).is_some())
        );
    }

    #[rstest]
    #[case(Some("code"), None, ResponseMode::Query)]
    #[case(Some("code"), Some("form_post"), ResponseMode::FormPost)]
    #[case(Some("code"), Some("fragment"), ResponseMode::Fragment)]
    #[case(Some("code"), Some("carrier_pigeon"), ResponseMode::Query)]
    #[case(None, None, ResponseMode::Query)]
    #[case(Some("code id_token"), None, ResponseMode::Fragment)]
    #[case(Some("code id_token"), Some("query"), ResponseMode::Fragment)]
    #[case(Some("code id_token"), Some("form_post"), ResponseMode::FormPost)]
    #[case(Some("token"), Some("query"), ResponseMode::Fragment)]
    fn tokens_never_travel_in_a_query(
        #[case] response_type: Option<&str>,
        #[case] response_mode: Option<&str>,
        #[case] expected: ResponseMode,
    ) {
        assert_eq!(ResponseMode::of(response_type, response_mode), expected);
    }
}
