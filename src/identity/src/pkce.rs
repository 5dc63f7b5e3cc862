//! Proof Key for Code Exchange (RFC 7636): whoever redeems a code shows that they asked for it. Only S256 works; `plain`
//! would show the proof to whoever sees the request.

use aws_lc_rs::digest;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret, SecretString};
use subtle::ConstantTimeEq;

/// The methods that work, as discovery lists them.
pub const METHODS: [&str; 1] = ["S256"];

/// What the authorization request said: the SHA-256 of the verifier (section 4.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeChallenge([u8; 32]);

impl CodeChallenge {
    /// Reads the parameter: base64url of 32 bytes, without padding.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        Self::from_bytes(&bytes)
    }

    /// What was stored; `None` unless it has 32 bytes.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// What to store.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Whether this verifier made the challenge (section 4.6). A verifier has 43 to 128 unreserved characters (section 4.1).
    pub fn is_met_by(&self, verifier: &SecretString) -> bool {
        let verifier = verifier.expose_secret();
        let unreserved = |b: u8| b.is_ascii_alphanumeric() || b"-._~".contains(&b);
        let well_formed = (43..=128).contains(&verifier.len()) && verifier.bytes().all(unreserved);
        let hash = digest::digest(&digest::SHA256, verifier.as_bytes());
        well_formed && bool::from(self.0.ct_eq(hash.as_ref()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    /// The pair of RFC 7636, appendix B.
    const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    #[test]
    fn the_verifier_of_the_rfc_meets_its_challenge() {
        let challenge = CodeChallenge::parse(CHALLENGE).unwrap();
        assert!(challenge.is_met_by(&VERIFIER.into()));
        let stored = CodeChallenge::from_bytes(challenge.as_bytes());
        assert_eq!(stored, Some(challenge));
    }

    #[rstest]
    #[case("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXK")]
    #[case("")]
    #[case(CHALLENGE)]
    fn another_verifier_does_not(#[case] verifier: &str) {
        let challenge = CodeChallenge::parse(CHALLENGE).unwrap();
        assert!(!challenge.is_met_by(&verifier.into()));
    }

    #[rstest]
    #[case("")]
    #[case("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM=")]
    #[case("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-c")]
    #[case("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM")]
    fn what_is_no_hash_is_no_challenge(#[case] text: &str) {
        assert_eq!(CodeChallenge::parse(text), None);
    }

    #[rstest]
    #[case(42, false)]
    #[case(43, true)]
    #[case(128, true)]
    #[case(129, false)]
    fn a_verifier_has_43_to_128_characters(#[case] length: usize, #[case] met: bool) {
        let verifier = "a".repeat(length);
        let hash = digest::digest(&digest::SHA256, verifier.as_bytes());
        let challenge = CodeChallenge::from_bytes(hash.as_ref()).unwrap();
        assert_eq!(challenge.is_met_by(&verifier.into()), met);
    }

    proptest! {
        #[test]
        fn never_panics(text: String) {
            let _ = CodeChallenge::parse(&text);
            prop_assert!(!CodeChallenge([7; 32]).is_met_by(&text.into()));
        }
    }
}
