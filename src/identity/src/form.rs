//! `application/x-www-form-urlencoded`, read strictly: the decoders of browsers' forms replace what isn't UTF-8, and take
//! one of two equal names without a word. RFC 6749 wants neither.

use std::collections::{BTreeMap, BTreeSet};

use secrecy::{ExposeSecret, SecretString};

use crate::error::TokenError;

/// The parameters of a request by name. Values may be secrets, and so may names in a body that was built wrongly: there
/// is no `Debug`.
pub struct Form(BTreeMap<String, SecretString>);

impl Form {
    /// Reads the body of a request to an endpoint that takes no parameter twice (RFC 6749, section 3.2 and appendix B).
    ///
    /// # Errors
    /// [`TokenError::InvalidRequest`] when the content type is another, something isn't UTF-8 or a name is repeated.
    pub fn read(content_type: Option<&str>, body: &[u8]) -> Result<Self, TokenError> {
        if !is_form(content_type) {
            return Err(TokenError::InvalidRequest(
                "The content type must be application/x-www-form-urlencoded.",
            ));
        }
        let (form, repeated) = Self::pairs(body).ok_or(TokenError::InvalidRequest("The body must be UTF-8."))?;
        if repeated.is_empty() {
            Ok(form)
        } else {
            Err(TokenError::InvalidRequest("A parameter is repeated."))
        }
    }

    /// Reads a body or query: the parameters that were sent once, and the names of those that were repeated. `None` when
    /// something isn't UTF-8.
    pub fn pairs(text: &[u8]) -> Option<(Self, BTreeSet<String>)> {
        let (mut parameters, mut repeated) = (BTreeMap::new(), BTreeSet::new());
        for pair in text.split(|b| *b == b'&').filter(|pair| !pair.is_empty()) {
            let end = pair.iter().position(|b| *b == b'=');
            let (name, value) = end.map_or((pair, &[][..]), |end| (&pair[..end], &pair[end + 1..]));
            let (name, value) = (decode(name)?, SecretString::from(decode(value)?));
            if parameters.insert(name.clone(), value).is_some() {
                repeated.insert(name);
            }
        }
        // A parameter without a value counts as left out (section 3.2); of a repeated one neither value counts.
        parameters.retain(|name, value| !value.expose_secret().is_empty() && !repeated.contains(name));
        Some((Self(parameters), repeated))
    }

    /// The value of a parameter that was sent with one.
    pub fn get(&self, name: &str) -> Option<&SecretString> {
        self.0.get(name)
    }

    /// The same as text, for what is no secret.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.get(name).map(ExposeSecret::expose_secret)
    }
}

/// Whether the content type is the one of forms.
pub fn is_form(content_type: Option<&str>) -> bool {
    let essence = content_type.unwrap_or_default().split(';').next().unwrap_or_default();
    essence.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

/// Decodes one name or value: `+` is a space, `%` and two digits a byte, and a `%` without them itself. `None` when the
/// bytes aren't UTF-8.
pub fn decode(text: &[u8]) -> Option<String> {
    let digit = |at: usize| text.get(at).and_then(|b| char::from(*b).to_digit(16));
    let mut bytes = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        let escaped = (byte == b'%').then(|| digit(at + 1).zip(digit(at + 2))).flatten();
        if let Some(escaped) = escaped.and_then(|(high, low)| u8::try_from(high * 16 + low).ok()) {
            bytes.push(escaped);
            at += 3;
        } else {
            bytes.push(if byte == b'+' { b' ' } else { byte });
            at += 1;
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;
    use url::form_urlencoded;

    const FORM: Option<&str> = Some("application/x-www-form-urlencoded");

    fn get<'a>(form: &'a Form, name: &str) -> Option<&'a str> {
        form.text(name)
    }

    #[test]
    fn a_repeated_parameter_has_no_value() {
        let (form, repeated) = Form::pairs(b"a=1&b=2&a=3&c&c").unwrap();
        assert_eq!((get(&form, "a"), get(&form, "b")), (None, Some("2")));
        assert_eq!(repeated.into_iter().collect::<Vec<_>>(), ["a", "c"]);
        assert!(Form::pairs(b"a=%ff").is_none());
    }

    #[rstest]
    #[case("application/x-www-form-urlencoded")]
    #[case("Application/X-WWW-Form-URLencoded ; charset=utf-8")]
    fn takes_the_content_type(#[case] content_type: &str) {
        let form = Form::read(Some(content_type), b"a=1&b=&c&&d=x+%C3%A9%zz=").unwrap();
        assert_eq!(get(&form, "a"), Some("1"));
        assert_eq!(get(&form, "b"), None);
        assert_eq!(get(&form, "c"), None);
        assert_eq!(get(&form, "d"), Some("x é%zz="));
    }

    #[rstest]
    #[case(None, b"a=1")]
    #[case(Some("application/json"), b"a=1")]
    #[case(Some("application/x-www-form-urlencoded2"), b"a=1")]
    #[case(FORM, b"a=1&a=2")]
    #[case(FORM, b"a=&%61")]
    #[case(FORM, b"a=\xff")]
    #[case(FORM, b"a=%ff")]
    #[case(FORM, b"%c3=1")]
    fn refuses(#[case] content_type: Option<&str>, #[case] body: &[u8]) {
        let error = Form::read(content_type, body).err().unwrap();
        assert_eq!(error.code(), "invalid_request");
    }

    proptest! {
        #[test]
        fn never_panics(body in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = Form::read(FORM, &body);
        }

        #[test]
        fn reads_what_others_write(pairs in proptest::collection::btree_map(any::<String>(), any::<String>(), 0..8)) {
            let body: String = form_urlencoded::Serializer::new(String::new()).extend_pairs(&pairs).finish();
            let form = Form::read(FORM, body.as_bytes()).unwrap();
            for (name, value) in &pairs {
                prop_assert_eq!(get(&form, name), Some(value.as_str()).filter(|value| !value.is_empty()));
            }
        }

        #[test]
        fn decodes_as_browsers_do(text in "[a-f0-9%+é ]{0,20}") {
            let theirs: String = form_urlencoded::parse(format!("={text}").as_bytes()).map(|(_, value)| value).collect();
            if let Some(ours) = decode(text.as_bytes()) {
                prop_assert_eq!(ours, theirs);
            } else {
                prop_assert!(theirs.contains(char::REPLACEMENT_CHARACTER));
            }
        }

        #[test]
        fn a_repeated_name_is_refused(
            mut pairs in proptest::collection::vec((any::<String>(), any::<String>()), 1..8),
            value: String,
            at: proptest::sample::Index,
        ) {
            let name = at.get(&pairs).0.clone();
            pairs.insert(at.index(pairs.len() + 1), (name, value));
            let body: String = form_urlencoded::Serializer::new(String::new()).extend_pairs(&pairs).finish();
            prop_assert!(Form::read(FORM, body.as_bytes()).is_err());
        }
    }
}
