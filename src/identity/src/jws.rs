//! Our own signatures, checked (RFC 7515, section 5.2).

use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde::de::DeserializeOwned;

use crate::jwk::JwkSet;

/// The claims of a token of media type `typ` that one of these keys signed. The algorithm is the key's own, whatever the
/// token says, so that neither `none` nor a secret made of a public key passes (RFC 8725, section 3.1). What the claims
/// say isn't looked at.
pub(crate) fn verify<C: DeserializeOwned>(token: &str, typ: &str, keys: &JwkSet) -> Option<C> {
    let header = decode_header(token).ok()?;
    if header.typ.as_deref() != Some(typ) {
        return None;
    }
    let keys: jsonwebtoken::jwk::JwkSet = serde_json::to_value(keys).and_then(serde_json::from_value).ok()?;
    let key = keys.find(header.kid.as_deref()?)?;
    let mut validation = Validation::new(Algorithm::try_from(key.common.key_algorithm?).ok()?);
    validation.validate_exp = false;
    validation.validate_aud = false;
    validation.required_spec_claims.clear();
    let token = decode(token, &DecodingKey::from_jwk(key).ok()?, &validation).ok()?;
    Some(token.claims)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signing_key::TEST_KEY;
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use jsonwebtoken::{EncodingKey, Header, encode};
    use proptest::prelude::*;
    use secrecy::ExposeSecret;
    use serde_json::{Value, json};

    fn keys() -> JwkSet {
        JwkSet {
            keys: vec![TEST_KEY.jwk().clone()],
        }
    }

    fn read(token: &str) -> Option<Value> {
        verify(token, "JWT", &keys())
    }

    #[test]
    fn only_our_signature_of_that_type_passes() {
        let claims = json!({"sub": "ana"});
        let token = TEST_KEY.sign("JWT", &claims).unwrap();
        let token = token.expose_secret();
        assert_eq!(read(token), Some(claims));
        assert_eq!(verify::<Value>(token, "at+jwt", &keys()), None);
        assert_eq!(verify::<Value>(token, "JWT", &JwkSet { keys: Vec::new() }), None);
        let (head, signature) = token.rsplit_once('.').unwrap();
        assert_eq!(read(head), None);
        assert_eq!(read(&format!("{head}.")), None);
        let first = if signature.starts_with('A') { 'B' } else { 'A' };
        assert_eq!(read(&format!("{head}.{first}{}", &signature[1..])), None);
    }

    #[test]
    fn the_token_does_not_choose_the_algorithm() {
        let claims = json!({"sub": "ana"});
        let part = |json: Value| URL_SAFE_NO_PAD.encode(json.to_string());
        let header = json!({"alg": "none", "typ": "JWT", "kid": TEST_KEY.kid()});
        let unsigned = format!("{}.{}.", part(header), part(claims.clone()));
        assert_eq!(read(&unsigned), None);

        // The public key taken for a shared secret.
        let mut header = Header::new(Algorithm::HS256);
        header.kid = Some(TEST_KEY.kid().to_owned());
        let public = serde_json::to_string(TEST_KEY.jwk()).unwrap();
        for secret in [public.as_bytes(), TEST_KEY.jwk().n.as_bytes()] {
            let forged = encode(&header, &claims, &EncodingKey::from_secret(secret)).unwrap();
            assert_eq!(read(&forged), None);
        }
    }

    proptest! {
        #[test]
        fn never_panics(token in "[A-Za-z0-9_.-]{0,80}|\\PC{0,40}") {
            prop_assert_eq!(read(&token), None);
        }
    }
}
