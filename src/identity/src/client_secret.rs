//! Secrets that authenticate a client (RFC 6749, section 2.3.1).

use std::fmt;

use aws_lc_rs::digest;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret, SecretString};
use subtle::ConstantTimeEq;

/// What every secret begins with, so that programs that search code for secrets find it.
pub const PREFIX: &str = "cls_";

/// The text of a new secret. It is shown once and kept only as its [`SecretHash`].
#[derive(Clone, Debug)]
pub struct ClientSecret(SecretString);

impl ClientSecret {
    /// The secret that these 256 random bits make: [`PREFIX`] and 43 characters that no URL, form or shell changes.
    pub fn from_random(random: [u8; 32]) -> Self {
        Self(format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(random)).into())
    }

    /// The text.
    pub fn text(&self) -> &SecretString {
        &self.0
    }

    /// What is stored of it.
    pub fn hash(&self) -> SecretHash {
        SecretHash::of(&self.0)
    }
}

/// SHA-256 of a secret's text. A secret has 256 random bits and can't be guessed: a slow hash would only exhaust the
/// server. There is no `==`: compare with [`matches`](Self::matches).
#[derive(Clone, Copy)]
pub struct SecretHash([u8; 32]);

impl SecretHash {
    /// A hash of no secret, to compare with for a client that doesn't exist.
    pub const OF_NONE: Self = Self([0; 32]);

    /// The hash of a text.
    pub fn of(text: &SecretString) -> Self {
        let digest = digest::digest(&digest::SHA256, text.expose_secret().as_bytes());
        let mut hash = [0; 32];
        hash.copy_from_slice(digest.as_ref());
        Self(hash)
    }

    /// The hash that was stored; `None` unless it has 32 bytes.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// What to store.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Whether both are of the same text, in a time that doesn't depend on where they differ.
    pub fn matches(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl fmt::Debug for SecretHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretHash(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn hashes_with_sha_256() {
        let hash = SecretHash::of(&"abc".into());
        assert_eq!(hash.as_bytes()[..4], [0xba, 0x78, 0x16, 0xbf]);
        assert!(hash.matches(&SecretHash::from_bytes(hash.as_bytes()).unwrap()));
        assert!(SecretHash::from_bytes(&[0; 31]).is_none());
    }

    #[test]
    fn debug_hides_it() {
        let secret = ClientSecret::from_random([7; 32]);
        let text = secret.text().expose_secret();
        assert!(!format!("{secret:?}{:?}", secret.hash()).contains(&text[PREFIX.len()..]));
    }

    proptest! {
        #[test]
        fn is_plain_text_that_differs_with_its_bits(a: [u8; 32], b: [u8; 32]) {
            let (a_secret, b_secret) = (ClientSecret::from_random(a), ClientSecret::from_random(b));
            let text = a_secret.text().expose_secret();
            prop_assert_eq!(text.len(), 47);
            prop_assert!(text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'));
            prop_assert_eq!(a_secret.hash().matches(&b_secret.hash()), a == b);
            prop_assert!(!a_secret.hash().matches(&SecretHash::OF_NONE));
        }
    }
}
