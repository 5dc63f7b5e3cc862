//! The keys that sign tokens: RS256 (RFC 7518, section 3.3) with 2048 bits.

use std::fmt;

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{KeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret, SecretSlice, SecretString};
use serde::Serialize;

use crate::jwk::Jwk;

/// The `alg` of every signature.
pub const ALGORITHM: &str = "RS256";

/// A key pair, parsed once: parsing it for each token would cost about half a signature.
pub struct SigningKey {
    pair: RsaKeyPair,
    jwk: Jwk,
}

/// What went wrong with a key. None of it happens with a key that this program made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SigningKeyError {
    /// No key could be made.
    #[error("a signing key could not be made")]
    Generate,
    /// The stored bytes are no key.
    #[error("a stored signing key is damaged")]
    Damaged,
    /// The signature failed.
    #[error("a token could not be signed")]
    Sign,
}

impl SigningKey {
    /// Makes a new key, which takes about 0.3 seconds.
    pub fn generate() -> Result<Self, SigningKeyError> {
        RsaKeyPair::generate(KeySize::Rsa2048)
            .map(Self::new)
            .map_err(|_| SigningKeyError::Generate)
    }

    /// Parses what [`to_pkcs8`](Self::to_pkcs8) gave.
    pub fn from_pkcs8(der: &SecretSlice<u8>) -> Result<Self, SigningKeyError> {
        RsaKeyPair::from_pkcs8(der.expose_secret())
            .map(Self::new)
            .map_err(|_| SigningKeyError::Damaged)
    }

    /// The private key as PKCS#8 DER, to be sealed and stored.
    pub fn to_pkcs8(&self) -> Result<SecretSlice<u8>, SigningKeyError> {
        let der: Pkcs8V1Der<'_> = self.pair.as_der().map_err(|_| SigningKeyError::Generate)?;
        Ok(der.as_ref().to_vec().into())
    }

    fn new(pair: RsaKeyPair) -> Self {
        let public = pair.public_key();
        let jwk = Jwk::rsa(
            ALGORITHM,
            public.modulus().big_endian_without_leading_zero(),
            public.exponent().big_endian_without_leading_zero(),
        );
        Self { pair, jwk }
    }

    /// Its name, which the header of each token carries.
    pub fn kid(&self) -> &str {
        &self.jwk.kid
    }

    /// What verifies its signatures.
    pub fn jwk(&self) -> &Jwk {
        &self.jwk
    }

    /// Signs claims as a compact JWS (RFC 7515, section 7.1) of media type `typ`.
    pub fn sign(&self, typ: &'static str, claims: &impl Serialize) -> Result<SecretString, SigningKeyError> {
        let header = Header {
            alg: ALGORITHM,
            typ,
            kid: self.kid(),
        };
        let mut token = encode(&header)?;
        token.push('.');
        token.push_str(&encode(claims)?);
        let mut signature = vec![0; self.pair.public_modulus_len()];
        #[expect(
            clippy::disallowed_methods,
            reason = "asked for and ignored: this kind of signature uses no random bytes"
        )]
        let random = SystemRandom::new();
        self.pair
            .sign(&RSA_PKCS1_SHA256, &random, token.as_bytes(), &mut signature)
            .map_err(|_| SigningKeyError::Sign)?;
        token.push('.');
        URL_SAFE_NO_PAD.encode_string(&signature, &mut token);
        Ok(token.into())
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("SigningKey").field(&self.kid()).finish()
    }
}

/// The header of a token (RFC 7515, section 4.1).
#[derive(Serialize)]
struct Header<'a> {
    alg: &'static str,
    typ: &'static str,
    kid: &'a str,
}

/// One part of a token.
fn encode(part: &impl Serialize) -> Result<String, SigningKeyError> {
    let json = serde_json::to_vec(part).map_err(|_| SigningKeyError::Sign)?;
    Ok(URL_SAFE_NO_PAD.encode(json))
}

/// A key for tests, made once in each test process.
#[cfg(test)]
pub(crate) static TEST_KEY: std::sync::LazyLock<std::sync::Arc<SigningKey>> =
    std::sync::LazyLock::new(|| std::sync::Arc::new(SigningKey::generate().unwrap()));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn survives_being_stored() {
        let read = SigningKey::from_pkcs8(&TEST_KEY.to_pkcs8().unwrap()).unwrap();
        assert_eq!(read.jwk(), TEST_KEY.jwk());
        let claims = ["the same claims"];
        let (ours, theirs) = (
            TEST_KEY.sign("JWT", &claims).unwrap(),
            read.sign("JWT", &claims).unwrap(),
        );
        assert_eq!(ours.expose_secret(), theirs.expose_secret());
    }

    #[test]
    fn refuses_other_bytes() {
        let error = SigningKey::from_pkcs8(&vec![1, 2, 3].into()).unwrap_err();
        assert_eq!(error, SigningKeyError::Damaged);
    }

    #[test]
    fn has_2048_bits_and_a_name() {
        assert_eq!(URL_SAFE_NO_PAD.decode(&TEST_KEY.jwk().n).unwrap().len(), 256);
        assert_eq!(format!("{:?}", **TEST_KEY), format!("SigningKey({:?})", TEST_KEY.kid()));
    }
}
