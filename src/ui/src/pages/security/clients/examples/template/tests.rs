use chrono::DateTime;
use domain::client::{ClientId, ClientKind};
use domain::view::{SignInDetails, Stamp};
use rstest::rstest;

use super::*;
use crate::pages::security::clients::examples::languages::LANGUAGES;

fn client(kind: ClientKind) -> ClientDetails {
    let stamp = Stamp {
        by: "Ada".to_owned(),
        at: DateTime::UNIX_EPOCH,
    };
    let redirect_urls = if kind.signs_people_in() {
        vec!["https://app.example.com/it's?a=$b&c=1".to_owned()]
    } else {
        Vec::new()
    };
    ClientDetails {
        id: ClientId(uuid::Uuid::from_u128(1)),
        kind,
        name: "Pump".to_owned(),
        token_lifetime: 900.try_into().unwrap(),
        enabled: true,
        created: stamp.clone(),
        changed: stamp.clone(),
        last_used: None,
        secrets: Vec::new(),
        roles: Vec::new(),
        sign_in: SignInDetails {
            allow_refresh_token: kind == ClientKind::Hybrid,
            redirect_urls,
            ..SignInDetails::default()
        },
        version: 1,
        now: stamp.at,
    }
}

fn endpoints(scheme: &str) -> Endpoints {
    let issuer = format!("{scheme}://id.example.com/identity");
    Endpoints {
        token: format!("{issuer}/connect/token"),
        authorization: format!("{issuer}/connect/authorize"),
        userinfo: format!("{issuer}/connect/userinfo"),
        issuer,
        ..Endpoints::default()
    }
}

fn values(kind: ClientKind, scheme: &str) -> Values {
    Values::of(client(kind), &endpoints(scheme))
}

#[rstest]
fn every_example_is_filled_and_names_the_client(
    #[values(ClientKind::ClientCredentials, ClientKind::AuthorizationCode, ClientKind::Hybrid)] kind: ClientKind,
    #[values("http", "https")] scheme: &str,
) {
    let id = client(kind).id.to_string();
    for language in &LANGUAGES {
        let code = values(kind, scheme).fill(language.template(kind), language.written);
        assert!(code.contains(&id), "{}: {code}", language.name);
        assert!(!code.contains("{{"), "{}: {code}", language.name);
        assert!(
            !code.lines().any(|line| line.starts_with('?')),
            "{}: {code}",
            language.name
        );
        assert_eq!(code.contains(SECRET), kind.has_secrets(), "{}: {code}", language.name);
    }
}

#[test]
fn a_line_stands_where_its_conditions_hold() {
    let template = "a\n?http b\n?secret c\n?public d\n?http ?secret   e\n";
    let fill = |kind, scheme| values(kind, scheme).fill(template, str::to_owned);
    assert_eq!(fill(ClientKind::Hybrid, "http"), "a\nb\nc\n  e");
    assert_eq!(fill(ClientKind::Hybrid, "https"), "a\nc");
    assert_eq!(fill(ClientKind::AuthorizationCode, "http"), "a\nb\nd");
}

#[test]
fn what_is_no_condition_stays_and_is_found_in_the_examples() {
    let template = "?pubilc a\n?\n?public\n?http ?sercet b";
    let filled = values(ClientKind::Hybrid, "http").fill(template, str::to_owned);
    assert_eq!(filled, "?pubilc a\n?\n?public\n?sercet b");
}

#[test]
fn a_url_is_written_so_that_it_ends_no_literal() {
    let values = values(ClientKind::AuthorizationCode, "https");
    assert_eq!(
        values.fill("'{{redirect_uri}}' '{{redirect_path}}'", shell),
        r"'https://app.example.com/it'\''s?a=$b&c=1' '/it'\''s'"
    );
    assert_eq!(
        values.fill(r#""{{redirect_uri}}""#, literal),
        r#""https://app.example.com/it's?a=$b&c=1""#
    );
    assert_eq!(literal(r#"a\"b"#), r#"a\\\"b"#);
}

#[test]
fn the_address_of_the_sign_in_page_holds_all_of_the_request() {
    let filled = values(ClientKind::Hybrid, "https").fill("{{authorization_request}}", str::to_owned);
    let url = Url::parse(&filled).unwrap();
    let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    let value = |name: &str| {
        pairs
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    };
    assert_eq!(value("response_type"), Some("code"));
    assert_eq!(value("scope"), Some("openid profile email offline_access"));
    assert_eq!(value("redirect_uri"), Some("https://app.example.com/it's?a=$b&c=1"));
}
