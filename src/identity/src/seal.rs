//! Private keys are sealed before they are stored, so that a copy of the database signs nothing.

use std::str::FromStr;

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use base64::Engine;
use secrecy::{ExposeSecret, SecretBox, SecretSlice, SecretString};

use crate::lenient_base64::BASE64;

/// The key under which private keys are sealed: 32 bytes, kept outside the database. `Debug` doesn't print it.
#[derive(Debug)]
pub struct KeyEncryptionKey(SecretBox<[u8; 32]>);

/// Why a text is no [`KeyEncryptionKey`]: the rest of a sentence that names the setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyEncryptionKeyError {
    /// Not base64.
    #[error("it is not base64; make one with `openssl rand -base64 32`.")]
    NotBase64,
    /// Too short or too long.
    #[error("it has {0} bytes and must have 32; make one with `openssl rand -base64 32`.")]
    Length(usize),
}

/// Why something sealed doesn't open.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// Another key sealed it, or it was changed: the two look the same. The rest of a sentence that names the setting.
    #[error("it doesn't open the signing key {name}; give the one with which that key was sealed.")]
    WrongKey {
        /// What was sealed.
        name: String,
    },
    /// The cryptographic library failed.
    #[error("a signing key could not be sealed")]
    Failed,
}

impl KeyEncryptionKey {
    /// The key of these 32 random bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(SecretBox::new(Box::new(bytes)))
    }

    /// The text that [`from_str`](Self::from_str) reads, for the key file.
    pub fn to_base64(&self) -> SecretString {
        BASE64.encode(self.0.expose_secret()).into()
    }

    /// Seals `plain` with AES-256-GCM. `name` is bound to it, so that two rows can't be exchanged; `nonce` is random and
    /// never used again.
    pub fn seal(&self, name: &str, plain: &SecretSlice<u8>, nonce: [u8; NONCE_LEN]) -> Result<Vec<u8>, SealError> {
        let mut body = plain.expose_secret().to_vec();
        let name = Aad::from(name.as_bytes());
        self.cipher()?
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), name, &mut body)
            .map_err(|_| SealError::Failed)?;
        Ok([&nonce[..], &body].concat())
    }

    /// Opens what was sealed under this `name`.
    pub fn open(&self, name: &str, sealed: &[u8]) -> Result<SecretSlice<u8>, SealError> {
        let wrong = || SealError::WrongKey { name: name.to_owned() };
        let (nonce, body) = sealed.split_first_chunk::<NONCE_LEN>().ok_or_else(wrong)?;
        let mut body = body.to_vec();
        let plain = self
            .cipher()?
            .open_in_place(
                Nonce::assume_unique_for_key(*nonce),
                Aad::from(name.as_bytes()),
                &mut body,
            )
            .map_err(|_| wrong())?
            .len();
        body.truncate(plain);
        Ok(body.into())
    }

    fn cipher(&self) -> Result<LessSafeKey, SealError> {
        UnboundKey::new(&AES_256_GCM, self.0.expose_secret())
            .map(LessSafeKey::new)
            .map_err(|_| SealError::Failed)
    }
}

impl FromStr for KeyEncryptionKey {
    type Err = KeyEncryptionKeyError;

    fn from_str(text: &str) -> Result<Self, KeyEncryptionKeyError> {
        let bytes: SecretSlice<u8> = BASE64
            .decode(text.trim())
            .map_err(|_| KeyEncryptionKeyError::NotBase64)?
            .into();
        let bytes = bytes.expose_secret();
        let key = bytes
            .try_into()
            .map_err(|_| KeyEncryptionKeyError::Length(bytes.len()))?;
        Ok(Self::from_bytes(key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn key(byte: u8) -> KeyEncryptionKey {
        KeyEncryptionKey::from_bytes([byte; 32])
    }

    #[test]
    fn reads_the_text_it_writes() {
        let text = key(7).to_base64();
        let read: KeyEncryptionKey = format!(" {}\n", text.expose_secret()).parse().unwrap();
        assert_eq!(read.0.expose_secret(), &[7; 32]);
        assert!(
            text.expose_secret()
                .trim_end_matches('=')
                .parse::<KeyEncryptionKey>()
                .is_ok()
        );
        assert!(!format!("{read:?}").contains('7'));
    }

    #[test]
    fn says_what_is_wrong_with_a_text() {
        assert_eq!(
            "no key!".parse::<KeyEncryptionKey>().unwrap_err(),
            KeyEncryptionKeyError::NotBase64
        );
        assert_eq!(
            "".parse::<KeyEncryptionKey>().unwrap_err(),
            KeyEncryptionKeyError::Length(0)
        );
        let error = "YWJj".parse::<KeyEncryptionKey>().unwrap_err();
        assert!(error.to_string().contains("3 bytes"));
    }

    #[test]
    fn another_key_name_or_byte_does_not_open_it() {
        let sealed = key(1).seal("kid", &vec![1, 2, 3].into(), [9; 12]).unwrap();
        assert_eq!(key(1).open("kid", &sealed).unwrap().expose_secret(), &[1, 2, 3]);
        let error = key(2).open("kid", &sealed).unwrap_err();
        assert!(error.to_string().contains("it doesn't open the signing key kid"));
        assert!(key(1).open("other", &sealed).is_err());
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(key(1).open("kid", &changed).is_err());
            assert!(key(1).open("kid", &sealed[..at]).is_err());
        }
    }

    proptest! {
        #[test]
        fn opens_what_it_sealed(
            plain in proptest::collection::vec(any::<u8>(), 0..100),
            key: [u8; 32],
            nonce: [u8; 12],
            name: String,
        ) {
            let key = KeyEncryptionKey::from_bytes(key);
            let sealed = key.seal(&name, &plain.clone().into(), nonce).unwrap();
            let opened = key.open(&name, &sealed).unwrap();
            prop_assert_eq!(opened.expose_secret(), &plain[..]);
        }

        #[test]
        fn never_panics(text: String) {
            let _ = text.parse::<KeyEncryptionKey>();
        }
    }
}
