use std::sync::{Arc, LazyLock};

use aws_lc_rs::hmac;
use chrono::Duration;
use proptest::prelude::*;
use rstest::rstest;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use super::*;
use crate::access_token::tests::claims;
use crate::algorithm::Algorithm;
use crate::jwk::PublicKey;
use crate::key_ring::{KeyTimes, RingKey};
use crate::signing_key::{SigningKey, TEST_KEY, test_key};

static ID_TOKEN_KEY: LazyLock<Arc<SigningKey>> = LazyLock::new(|| test_key(Algorithm::EdDsa));

/// When the claims of the tests begin.
fn now() -> DateTime<Utc> {
    "2026-11-21T10:30:00Z".parse().unwrap()
}

/// Verifies with this key for access tokens and another one for ID tokens.
fn verify_with(key: &Arc<SigningKey>, times: KeyTimes, token: &str) -> Result<AccessTokenClaims, VerifyError> {
    let ring = KeyRing::new(vec![
        RingKey {
            key: key.clone(),
            purpose: KeyPurpose::AccessTokens,
            times,
        },
        RingKey {
            key: ID_TOKEN_KEY.clone(),
            purpose: KeyPurpose::IdTokens,
            times: KeyTimes::of_new_key(now(), true),
        },
    ]);
    let issuer = Issuer::new("https://id.example.com").unwrap();
    verify_access_token(token, &ring, &issuer, now())
}

/// Verifies with the key of all tests that need no other.
fn verify(token: &str) -> Result<AccessTokenClaims, VerifyError> {
    verify_with(&TEST_KEY, KeyTimes::of_new_key(now(), true), token)
}

/// A token of ours.
fn token() -> String {
    claims().sign(&TEST_KEY).unwrap().expose_secret().to_owned()
}

fn header() -> Value {
    json!({ "alg": "RS256", "typ": "at+jwt", "kid": TEST_KEY.kid() })
}

/// The claims of a token of ours with these changed.
fn changed(change: Value) -> Value {
    merged(serde_json::to_value(claims()).unwrap(), change)
}

fn merged(mut whole: Value, change: Value) -> Value {
    let Value::Object(change) = change else {
        panic!("not an object")
    };
    whole.as_object_mut().unwrap().extend(change);
    whole
}

/// A token of any header and claims, signed by anybody.
fn forge(header: &Value, claims: &Value, sign: impl FnOnce(&[u8]) -> Vec<u8>) -> String {
    let part = |json: &Value| URL_SAFE_NO_PAD.encode(json.to_string());
    let signed = format!("{}.{}", part(header), part(claims));
    let signature = URL_SAFE_NO_PAD.encode(sign(signed.as_bytes()));
    format!("{signed}.{signature}")
}

fn by(key: &SigningKey) -> impl FnOnce(&[u8]) -> Vec<u8> {
    move |message: &[u8]| key.signature(message).unwrap()
}

#[rstest]
#[case(Algorithm::Rs256)]
#[case(Algorithm::Es256)]
#[case(Algorithm::EdDsa)]
fn takes_what_was_signed_and_nothing_else(#[case] algorithm: Algorithm) {
    let key = test_key(algorithm);
    let times = KeyTimes::of_new_key(now(), true);
    let verify = |token: &str| verify_with(&key, times, token);
    let token = claims().sign(&key).unwrap();
    let token = token.expose_secret();
    assert_eq!(verify(token), Ok(claims()));

    let (signed, signature) = token.rsplit_once('.').unwrap();
    let (head, _) = signed.split_once('.').unwrap();
    let longer = URL_SAFE_NO_PAD.encode(changed(json!({ "exp": 9_999_999_999_i64 })).to_string());
    assert_eq!(
        verify(&format!("{head}.{longer}.{signature}")),
        Err(VerifyError::Signature)
    );
    assert_eq!(verify(&format!("{signed}.")), Err(VerifyError::Signature));
    let other = claims().sign(&test_key(Algorithm::Es256)).unwrap();
    let (_, others) = other.expose_secret().rsplit_once('.').unwrap();
    assert_eq!(verify(&format!("{signed}.{others}")), Err(VerifyError::Signature));
}

/// Each is signed by the right key, so that the header alone is at fault.
#[rstest]
#[case(json!({ "typ": "JWT" }), VerifyError::Type)]
#[case(json!({ "typ": "AT+JWT" }), VerifyError::Type)]
#[case(json!({ "typ": "application/at+jwt" }), VerifyError::Type)]
#[case(json!({ "typ": "" }), VerifyError::Type)]
#[case(json!({ "typ": null }), VerifyError::Malformed)]
#[case(json!({ "alg": "none" }), VerifyError::Algorithm)]
#[case(json!({ "alg": "nOnE" }), VerifyError::Algorithm)]
#[case(json!({ "alg": "" }), VerifyError::Algorithm)]
#[case(json!({ "alg": "HS256" }), VerifyError::Algorithm)]
#[case(json!({ "alg": "RS384" }), VerifyError::Algorithm)]
#[case(json!({ "alg": "PS256" }), VerifyError::Algorithm)]
#[case(json!({ "alg": "ES256" }), VerifyError::Algorithm)]
#[case(json!({ "alg": "EdDSA" }), VerifyError::Algorithm)]
#[case(json!({ "alg": null }), VerifyError::Malformed)]
#[case(json!({ "alg": ["RS256"] }), VerifyError::Malformed)]
#[case(json!({ "kid": "another" }), VerifyError::UnknownKey)]
#[case(json!({ "kid": "../key' OR 1=1" }), VerifyError::UnknownKey)]
#[case(json!({ "kid": "" }), VerifyError::UnknownKey)]
#[case(json!({ "kid": null }), VerifyError::Malformed)]
#[case(json!({ "crit": ["exp"] }), VerifyError::Malformed)]
#[case(json!({ "b64": false }), VerifyError::Malformed)]
#[case(json!({ "jku": "https://evil.example/jwks" }), VerifyError::Malformed)]
#[case(json!({ "jwk": { "kty": "oct", "k": "AAAA" } }), VerifyError::Malformed)]
#[case(json!({ "x5c": ["AAAA"] }), VerifyError::Malformed)]
fn refuses_another_header(#[case] change: Value, #[case] error: VerifyError) {
    let claims = changed(json!({}));
    assert!(verify(&forge(&header(), &claims, by(&TEST_KEY))).is_ok());
    let token = forge(&merged(header(), change), &claims, by(&TEST_KEY));
    assert_eq!(verify(&token), Err(error));
}

#[rstest]
#[case("alg")]
#[case("typ")]
#[case("kid")]
fn refuses_a_header_without_one_of_its_members(#[case] name: &str) {
    let mut header = header();
    header.as_object_mut().unwrap().remove(name);
    let token = forge(&header, &changed(json!({})), by(&TEST_KEY));
    assert_eq!(verify(&token), Err(VerifyError::Malformed));
}

#[test]
fn no_algorithm_is_no_signature() {
    let none = merged(header(), json!({ "alg": "none" }));
    let token = forge(&none, &changed(json!({})), |_| Vec::new());
    assert!(token.ends_with('.'));
    assert_eq!(verify(&token), Err(VerifyError::Algorithm));
    let without_third_part = token.strip_suffix('.').unwrap();
    assert_eq!(verify(without_third_part), Err(VerifyError::Malformed));
}

#[test]
fn the_public_key_is_no_secret_to_sign_with() {
    let PublicKey::Rsa { n, .. } = &TEST_KEY.jwk().key else {
        panic!("not RSA")
    };
    let jwk = serde_json::to_vec(TEST_KEY.jwk()).unwrap();
    let modulus = URL_SAFE_NO_PAD.decode(n).unwrap();
    for secret in [jwk.as_slice(), n.as_bytes(), &modulus] {
        let secret = hmac::Key::new(hmac::HMAC_SHA256, secret);
        let sign = |message: &[u8]| hmac::sign(&secret, message).as_ref().to_vec();
        let claims = changed(json!({}));
        let honest = forge(&merged(header(), json!({ "alg": "HS256" })), &claims, sign);
        assert_eq!(verify(&honest), Err(VerifyError::Algorithm));
        let pretending = forge(&header(), &claims, sign);
        assert_eq!(verify(&pretending), Err(VerifyError::Signature));
    }
}

#[test]
fn another_key_signs_nothing_of_ours() {
    let foreign = SigningKey::generate(Algorithm::Rs256).unwrap();
    let honest = claims().sign(&foreign).unwrap();
    assert_eq!(verify(honest.expose_secret()), Err(VerifyError::UnknownKey));
    let pretending = forge(&header(), &changed(json!({})), by(&foreign));
    assert_eq!(verify(&pretending), Err(VerifyError::Signature));
}

#[test]
fn an_id_token_is_no_bearer() {
    let id_token = json!({ "iss": "https://id.example.com/identity", "sub": "a", "aud": "b", "exp": 1, "iat": 1 });
    let signed = ID_TOKEN_KEY.sign("JWT", &id_token).unwrap();
    assert_eq!(verify(signed.expose_secret()), Err(VerifyError::Type));
    let dressed_up = claims().sign(&ID_TOKEN_KEY).unwrap();
    assert_eq!(verify(dressed_up.expose_secret()), Err(VerifyError::UnknownKey));
}

#[test]
fn each_claim_is_needed() {
    let Value::Object(all) = changed(json!({})) else {
        panic!("not an object")
    };
    for name in all.keys() {
        let mut claims = all.clone();
        claims.remove(name);
        let claims = Value::Object(claims);
        let token = forge(&header(), &claims, by(&TEST_KEY));
        assert_eq!(verify(&token), Err(VerifyError::Malformed), "{name}");
    }
}

#[rstest]
#[case(json!({ "iss": "https://evil.example/identity" }), VerifyError::Issuer)]
#[case(json!({ "iss": "https://id.example.com/identity/" }), VerifyError::Issuer)]
#[case(json!({ "iss": "https://id.example.com/Identity" }), VerifyError::Issuer)]
#[case(json!({ "iss": ["https://id.example.com/identity"] }), VerifyError::Malformed)]
#[case(json!({ "exp": "1795257900" }), VerifyError::Malformed)]
#[case(json!({ "exp": 1e300 }), VerifyError::Malformed)]
#[case(json!({ "exp": null }), VerifyError::Malformed)]
#[case(json!({ "sub": 7 }), VerifyError::Malformed)]
#[case(json!({ "client_id": "pump" }), VerifyError::Malformed)]
#[case(json!({ "exp": 1_795_257_000 }), VerifyError::Expired)]
#[case(json!({ "exp": i64::MIN }), VerifyError::Expired)]
#[case(json!({ "nbf": 1_795_257_061 }), VerifyError::NotYet)]
#[case(json!({ "nbf": i64::MAX }), VerifyError::NotYet)]
fn refuses_other_claims(#[case] change: Value, #[case] error: VerifyError) {
    let token = forge(&header(), &changed(change), by(&TEST_KEY));
    assert_eq!(verify(&token), Err(error));
}

#[rstest]
#[case(json!({ "exp": 1_795_257_001 }))]
#[case(json!({ "nbf": 1_795_257_060 }))]
fn holds_to_the_last_second_and_from_a_little_before_the_first(#[case] change: Value) {
    let token = forge(&header(), &changed(change), by(&TEST_KEY));
    assert!(verify(&token).is_ok());
}

#[test]
fn a_key_verifies_from_its_publication_until_its_last_token_has_ended() {
    let token = token();
    let made = now() - Duration::days(1);
    let retired = |ago: Duration| KeyTimes {
        retire_at: Some(now() - ago),
        ..KeyTimes::of_new_key(made, true)
    };
    let verify = |times| verify_with(&TEST_KEY, times, &token).map(|_| ());
    assert_eq!(verify(retired(Duration::minutes(60))), Ok(()));
    assert_eq!(verify(retired(Duration::minutes(70))), Err(VerifyError::UnknownKey));
    assert_eq!(verify(KeyTimes::of_new_key(now(), false)), Ok(()));
    let tomorrow = KeyTimes::of_new_key(now() + Duration::days(1), false);
    assert_eq!(verify(tomorrow), Err(VerifyError::UnknownKey));
}

#[rstest]
#[case("")]
#[case(".")]
#[case("..")]
#[case("...")]
#[case("Bearer")]
#[case("e30.e30.e30")]
#[case("bnVsbA.bnVsbA.")]
#[case("\u{0}.\u{0}.\u{0}")]
fn refuses_what_is_no_token(#[case] text: &str) {
    assert_eq!(verify(text), Err(VerifyError::Malformed));
}

#[test]
fn refuses_a_token_in_another_dress() {
    let token = token();
    for other in [
        format!("{token}="),
        format!(" {token}"),
        format!("{token}\n"),
        format!("{token}."),
    ] {
        assert!(verify(&other).is_err(), "{other:?}");
    }
}

#[test]
fn a_huge_text_is_not_looked_at() {
    assert_eq!(verify(&"a".repeat(MAX_LEN + 1)), Err(VerifyError::TooLong));
    assert_eq!(verify(&".".repeat(MAX_LEN)), Err(VerifyError::Malformed));
    let huge = changed(json!({ "roles": ["x".repeat(MAX_LEN)] }));
    assert_eq!(
        verify(&forge(&header(), &huge, by(&TEST_KEY))),
        Err(VerifyError::TooLong)
    );
}

proptest! {
    #[test]
    fn no_character_may_change(at: prop::sample::Index, other in "[A-Za-z0-9_.-]") {
        let token = token();
        let at = at.index(token.len());
        prop_assume!(token[at..=at] != *other);
        let changed = format!("{}{other}{}", &token[..at], &token[at + 1..]);
        prop_assert!(verify(&changed).is_err());
    }

    #[test]
    fn no_part_may_be_missing(at: prop::sample::Index) {
        let token = token();
        prop_assert!(verify(&token[..at.index(token.len())]).is_err());
    }

    #[test]
    fn never_panics(text: String, parts in proptest::collection::vec("[A-Za-z0-9_-]{0,60}", 3)) {
        prop_assert!(verify(&text).is_err());
        prop_assert!(verify(&parts.join(".")).is_err());
    }
}
