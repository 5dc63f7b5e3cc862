//! The keys that sign tokens, and verify them.

use std::fmt;

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, ED25519, EcdsaKeyPair, Ed25519KeyPair, KeyPair,
    ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, RsaKeyPair,
};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret, SecretSlice, SecretString};
use serde::{Deserialize, Serialize};

use crate::algorithm::Algorithm;
use crate::jwk::{Jwk, PublicKey};

/// The bytes of a coordinate on P-256.
const P256_COORDINATE: usize = 32;

/// A key pair, parsed once: parsing it for each token would cost about half an RSA signature.
pub struct SigningKey {
    pair: Pair,
    public: ParsedPublicKey,
    jwk: Jwk,
}

/// The key pair of each algorithm.
enum Pair {
    Rs256(RsaKeyPair),
    Es256(EcdsaKeyPair),
    EdDsa(Ed25519KeyPair),
}

/// What went wrong with a key. None of it happens with a key that this program made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SigningKeyError {
    /// No key could be made.
    #[error("a signing key could not be made")]
    Generate,
    /// The stored bytes are no key of the algorithm.
    #[error("a stored signing key is damaged")]
    Damaged,
    /// The signature failed.
    #[error("a token could not be signed")]
    Sign,
}

impl SigningKey {
    /// Makes a new key. One of RSA has 2048 bits and takes about 0.3 seconds.
    pub fn generate(algorithm: Algorithm) -> Result<Self, SigningKeyError> {
        let pair = match algorithm {
            Algorithm::Rs256 => RsaKeyPair::generate(KeySize::Rsa2048).map(Pair::Rs256),
            Algorithm::Es256 => EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).map(Pair::Es256),
            Algorithm::EdDsa => Ed25519KeyPair::generate().map(Pair::EdDsa),
        };
        Self::new(pair.map_err(|_| SigningKeyError::Generate)?)
    }

    /// Parses what [`to_pkcs8`](Self::to_pkcs8) gave for a key of this algorithm.
    pub fn from_pkcs8(algorithm: Algorithm, der: &SecretSlice<u8>) -> Result<Self, SigningKeyError> {
        let der = der.expose_secret();
        let pair = match algorithm {
            Algorithm::Rs256 => RsaKeyPair::from_pkcs8(der).map(Pair::Rs256),
            Algorithm::Es256 => EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, der).map(Pair::Es256),
            Algorithm::EdDsa => Ed25519KeyPair::from_pkcs8(der).map(Pair::EdDsa),
        };
        Self::new(pair.map_err(|_| SigningKeyError::Damaged)?)
    }

    /// The private key as PKCS#8 DER, to be sealed and stored.
    pub fn to_pkcs8(&self) -> Result<SecretSlice<u8>, SigningKeyError> {
        let der = match &self.pair {
            Pair::Rs256(pair) => {
                let der: Result<Pkcs8V1Der<'_>, _> = pair.as_der();
                der.map(|der| der.as_ref().to_vec())
            }
            Pair::Es256(pair) => pair.to_pkcs8v1().map(|der| der.as_ref().to_vec()),
            Pair::EdDsa(pair) => pair.to_pkcs8v1().map(|der| der.as_ref().to_vec()),
        };
        der.map(Into::into).map_err(|_| SigningKeyError::Generate)
    }

    fn new(pair: Pair) -> Result<Self, SigningKeyError> {
        let (key, public) = match &pair {
            Pair::Rs256(pair) => {
                let public = pair.public_key();
                let key = PublicKey::rsa(
                    public.modulus().big_endian_without_leading_zero(),
                    public.exponent().big_endian_without_leading_zero(),
                );
                (key, ParsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, public))
            }
            Pair::Es256(pair) => {
                let public = pair.public_key();
                let point: &[u8] = public.as_ref();
                // The first byte says that both coordinates follow (SEC 1, section 2.3.3).
                let (x, y) = point[1..].split_at(P256_COORDINATE);
                let key = PublicKey::p256(x, y);
                (key, ParsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, public))
            }
            Pair::EdDsa(pair) => {
                let public = pair.public_key();
                let key = PublicKey::ed25519(public.as_ref());
                (key, ParsedPublicKey::new(&ED25519, public))
            }
        };
        Ok(Self {
            public: public.map_err(|_| SigningKeyError::Damaged)?,
            jwk: Jwk::new(pair.algorithm(), key),
            pair,
        })
    }

    /// The algorithm of its signatures.
    pub fn algorithm(&self) -> Algorithm {
        self.pair.algorithm()
    }

    /// Its name, which the header of each token carries.
    pub fn kid(&self) -> &str {
        &self.jwk.kid
    }

    /// What verifies its signatures, for clients.
    pub fn jwk(&self) -> &Jwk {
        &self.jwk
    }

    /// Signs claims as a compact JWS (RFC 7515, section 7.1) of media type `typ`.
    pub fn sign(&self, typ: &'static str, claims: &impl Serialize) -> Result<SecretString, SigningKeyError> {
        let header = Header {
            alg: self.algorithm().name(),
            typ,
            kid: self.kid(),
        };
        let mut token = String::new();
        encode(&header, &mut token)?;
        token.push('.');
        encode(claims, &mut token)?;
        let signature = self.signature(token.as_bytes())?;
        token.push('.');
        URL_SAFE_NO_PAD.encode_string(&signature, &mut token);
        Ok(token.into())
    }

    /// The signature of the header and the claims of a token.
    pub(crate) fn signature(&self, message: &[u8]) -> Result<Vec<u8>, SigningKeyError> {
        #[expect(
            clippy::disallowed_methods,
            reason = "asked for and ignored: RS256 uses no random bytes, and for ES256 the library draws its own"
        )]
        let random = SystemRandom::new();
        let signature = match &self.pair {
            Pair::Rs256(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                let signed = pair.sign(&RSA_PKCS1_SHA256, &random, message, &mut signature);
                signed.map(|()| signature)
            }
            Pair::Es256(pair) => pair.sign(&random, message).map(|made| made.as_ref().to_vec()),
            Pair::EdDsa(pair) => pair.try_sign(message).map(|made| made.as_ref().to_vec()),
        };
        signature.map_err(|_| SigningKeyError::Sign)
    }

    /// Whether this key made that signature, with its own algorithm.
    pub(crate) fn made(&self, signature: &[u8], message: &[u8]) -> bool {
        self.public.verify_sig(message, signature).is_ok()
    }
}

impl Pair {
    fn algorithm(&self) -> Algorithm {
        match self {
            Self::Rs256(_) => Algorithm::Rs256,
            Self::Es256(_) => Algorithm::Es256,
            Self::EdDsa(_) => Algorithm::EdDsa,
        }
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("SigningKey").field(&self.kid()).finish()
    }
}

/// The header of a token (RFC 7515, section 4.1). A token of ours has these members and no other.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Header<'a> {
    pub alg: &'a str,
    pub typ: &'a str,
    pub kid: &'a str,
}

/// Adds one part to a token.
fn encode(part: &impl Serialize, token: &mut String) -> Result<(), SigningKeyError> {
    let json = serde_json::to_vec(part).map_err(|_| SigningKeyError::Sign)?;
    URL_SAFE_NO_PAD.encode_string(json, token);
    Ok(())
}

/// A key for tests, made once in each test process.
#[cfg(test)]
pub(crate) static TEST_KEY: std::sync::LazyLock<std::sync::Arc<SigningKey>> =
    std::sync::LazyLock::new(|| std::sync::Arc::new(SigningKey::generate(Algorithm::Rs256).unwrap()));

/// A key of any algorithm for tests. The one of RSA, which takes long to make, is always the same.
#[cfg(test)]
pub(crate) fn test_key(algorithm: Algorithm) -> std::sync::Arc<SigningKey> {
    match algorithm {
        Algorithm::Rs256 => TEST_KEY.clone(),
        _ => std::sync::Arc::new(SigningKey::generate(algorithm).unwrap()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(Algorithm::Rs256)]
    #[case(Algorithm::Es256)]
    #[case(Algorithm::EdDsa)]
    fn survives_being_stored(#[case] algorithm: Algorithm) {
        let key = test_key(algorithm);
        let read = SigningKey::from_pkcs8(algorithm, &key.to_pkcs8().unwrap()).unwrap();
        assert_eq!((read.algorithm(), read.jwk()), (algorithm, key.jwk()));
        let signature = read.signature(b"claims").unwrap();
        assert!(key.made(&signature, b"claims"));
        assert!(!key.made(&signature, b"other claims"));
    }

    #[rstest]
    #[case(Algorithm::Rs256)]
    #[case(Algorithm::Es256)]
    #[case(Algorithm::EdDsa)]
    fn refuses_other_bytes(#[case] algorithm: Algorithm) {
        let read = |der: &SecretSlice<u8>| SigningKey::from_pkcs8(algorithm, der).map(|key| key.algorithm());
        assert_eq!(read(&vec![1, 2, 3].into()), Err(SigningKeyError::Damaged));
        for other in Algorithm::ALL.into_iter().filter(|other| *other != algorithm) {
            let der = test_key(other).to_pkcs8().unwrap();
            assert_eq!(read(&der), Err(SigningKeyError::Damaged), "{other:?}");
        }
    }

    #[test]
    fn of_rsa_has_2048_bits_and_every_key_a_name() {
        assert_eq!(TEST_KEY.signature(b"").unwrap().len(), 256);
        assert_eq!(format!("{:?}", **TEST_KEY), format!("SigningKey({:?})", TEST_KEY.kid()));
    }
}
