//! What only programs set of a client.

use serde::{Deserialize, Serialize};

use crate::client::ClientKind;
use crate::field::{Checked, Field, FieldError, both, one};
use crate::redirect_uri::refuse;
use crate::text::bounded;
use crate::web_address;

/// The most tags of a client.
pub const MAX_TAGS: usize = 20;

/// What the page doesn't show. `None` stays as it is, and is the default when the client is added.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ClientExtras {
    /// Whether it may connect.
    pub enabled: Option<bool>,
    /// The words by which programs find it.
    pub tags: Option<Vec<String>>,
    /// The address of its home page; empty for none.
    pub client_uri: Option<String>,
    /// The address of its picture; empty for none.
    pub logo_uri: Option<String>,
    /// Whether a hybrid client may get access tokens through the browser.
    pub allow_access_tokens_via_browser: Option<bool>,
    /// Whether the roles are named in full. Tenant Member must be among them then; otherwise the server adds it.
    pub names_all_roles: bool,
}

/// The same, read. What the kind of the client doesn't have stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExtraSettings {
    /// Whether it may connect.
    pub enabled: Option<bool>,
    /// Its tags, in order, each once.
    pub tags: Option<Vec<Tag>>,
    /// The address of its home page.
    pub client_uri: Option<PageUri>,
    /// The address of its picture.
    pub logo_uri: Option<PageUri>,
    /// Whether it may get access tokens through the browser.
    pub allow_access_tokens_via_browser: Option<bool>,
    /// Whether Tenant Member must be among the roles.
    pub names_all_roles: bool,
}

impl ClientExtras {
    /// Reads what a client of this kind has.
    pub fn check(&self, kind: ClientKind) -> Checked<ExtraSettings> {
        let tags = self.tags.as_deref().map(check_tags).transpose();
        let uri = |field, text: Option<&str>| match text {
            Some(text) if kind.signs_people_in() => one(PageUri::parse(field, text)).map(Some),
            _ => Ok(None),
        };
        let uris = both(
            uri(Field::ClientUri, self.client_uri.as_deref()),
            uri(Field::LogoUri, self.logo_uri.as_deref()),
        );
        let (tags, (client_uri, logo_uri)) = both(tags, uris)?;
        let via_browser = self.allow_access_tokens_via_browser;
        Ok(ExtraSettings {
            enabled: self.enabled,
            tags,
            client_uri,
            logo_uri,
            allow_access_tokens_via_browser: via_browser.filter(|_| kind.has_tokens_via_browser()),
            names_all_roles: self.names_all_roles,
        })
    }
}

fn check_tags(texts: &[String]) -> Checked<Vec<Tag>> {
    if texts.len() > MAX_TAGS {
        let message = format!("A client has at most {MAX_TAGS} tags. This has {}.", texts.len());
        return Err(vec![FieldError::new(Field::Tags, message)]);
    }
    let mut tags = Vec::new();
    for text in texts {
        tags.push(one(Tag::parse(text))?);
    }
    tags.sort_unstable();
    tags.dedup();
    Ok(tags)
}

/// A word by which programs find clients: 1 to 128 characters after trimming. Upper and lower case differ.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tag(String);

impl Tag {
    /// Reads what a program sent.
    pub fn parse(text: &str) -> Result<Self, FieldError> {
        bounded(Field::Tags, text, 1).map(Self)
    }

    /// The tag as it is kept.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The address of a page or picture on the web (RFC 7591, section 2: `client_uri`, `logo_uri`), or none. It is kept as it was
/// sent. Nobody is sent there with anything, so that plain `http` will do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageUri(String);

impl PageUri {
    /// Reads what a program sent for the field.
    pub fn parse(field: Field, text: &str) -> Result<Self, FieldError> {
        let text = text.trim();
        if !text.is_empty() {
            check_page(text).map_err(|reason| refuse(field, text, &reason))?;
        }
        Ok(Self(text.to_owned()))
    }

    /// The address; empty when there is none.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn check_page(text: &str) -> Result<(), String> {
    let uri = web_address::parse(text)?;
    let scheme = uri.scheme().as_str();
    if !["https", "http"].iter().any(|web| scheme.eq_ignore_ascii_case(web)) {
        let scheme = web_address::quoted(scheme);
        return Err(format!("The scheme {scheme} is not allowed. Use https or http."));
    }
    let authority = uri.authority().ok_or(web_address::NO_HOST)?;
    web_address::check_user_and_port(&authority)?;
    web_address::check_host(&authority)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn full() -> ClientExtras {
        ClientExtras {
            enabled: Some(false),
            tags: Some(vec![" b ".to_owned(), "B".to_owned(), "b".to_owned(), "a".to_owned()]),
            client_uri: Some(" HTTP://app.example.com/home#top ".to_owned()),
            logo_uri: Some(String::new()),
            allow_access_tokens_via_browser: Some(true),
            names_all_roles: true,
        }
    }

    fn refused(extras: &ClientExtras) -> FieldError {
        let mut errors = extras.check(ClientKind::Hybrid).unwrap_err();
        assert_eq!(errors.len(), 1, "{errors:?}");
        errors.remove(0)
    }

    #[rstest]
    #[case(ClientKind::ClientCredentials, None, None)]
    #[case(ClientKind::AuthorizationCode, Some("HTTP://app.example.com/home#top"), None)]
    #[case(ClientKind::Hybrid, Some("HTTP://app.example.com/home#top"), Some(true))]
    fn each_kind_keeps_what_it_has(
        #[case] kind: ClientKind,
        #[case] client_uri: Option<&str>,
        #[case] via_browser: Option<bool>,
    ) {
        let extras = full().check(kind).unwrap();
        assert_eq!(extras.enabled, Some(false));
        let tags: Vec<&str> = extras.tags.iter().flatten().map(Tag::as_str).collect();
        assert_eq!(tags, ["B", "a", "b"]);
        assert_eq!(extras.client_uri.as_ref().map(PageUri::as_str), client_uri);
        assert_eq!(extras.logo_uri.as_ref().map(PageUri::as_str), client_uri.map(|_| ""));
        assert_eq!(extras.allow_access_tokens_via_browser, via_browser);
        assert!(extras.names_all_roles);
    }

    #[test]
    fn what_is_left_out_stays() {
        for kind in ClientKind::ALL {
            assert_eq!(ClientExtras::default().check(kind).unwrap(), ExtraSettings::default());
        }
    }

    #[test]
    fn tags_are_bounded() {
        let with = |tags: Vec<String>| ClientExtras {
            tags: Some(tags),
            ..full()
        };
        let many = |count: usize| (0..count).map(|n| format!("tag {n}")).collect::<Vec<_>>();
        assert!(with(many(20)).check(ClientKind::Hybrid).is_ok());
        let error = refused(&with(many(21)));
        assert_eq!(
            (error.field, error.message.as_str()),
            (Field::Tags, "A client has at most 20 tags. This has 21.")
        );
        assert!(with(vec!["é".repeat(128)]).check(ClientKind::Hybrid).is_ok());
        let error = refused(&with(vec!["x".repeat(129)]));
        assert_eq!(error.message, "Tag is 1 to 128 characters. This has 129.");
        assert_eq!(refused(&with(vec![" ".to_owned()])).field, Field::Tags);
        assert_eq!(refused(&with(vec!["a\u{0}b".to_owned()])).field, Field::Tags);
    }

    #[rstest]
    #[case("javascript:alert(1)")]
    #[case("data:text/html,x")]
    #[case("com.example.app:/home")]
    #[case("app.example.com")]
    #[case("https:///home")]
    #[case("https://ada@app.example.com")]
    #[case("https://app.example.com/a b")]
    fn an_address_is_one_of_the_web(#[case] text: &str) {
        let logo = ClientExtras {
            logo_uri: Some(text.to_owned()),
            ..full()
        };
        let error = refused(&logo);
        assert_eq!(error.field, Field::LogoUri);
        assert!(error.message.starts_with("Logo URI: "), "{error}");
    }
}
