//! Public keys as clients read them (RFC 7517).

use aws_lc_rs::digest;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;

use crate::algorithm::Algorithm;

/// A public key and what it is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Jwk {
    /// The key itself.
    #[serde(flatten)]
    pub key: PublicKey,
    /// Always `sig`: it verifies signatures.
    #[serde(rename = "use")]
    pub key_use: &'static str,
    /// The algorithm of the signatures.
    pub alg: &'static str,
    /// The name by which a token's header refers to it.
    pub kid: String,
}

/// The members that make a key of each type. All values are base64url.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kty")]
pub enum PublicKey {
    /// RSA (RFC 7518, section 6.3.1).
    #[serde(rename = "RSA")]
    Rsa {
        /// The modulus.
        n: String,
        /// The exponent.
        e: String,
    },
    /// A point on a curve (RFC 7518, section 6.2.1).
    #[serde(rename = "EC")]
    Ec {
        /// The curve.
        crv: &'static str,
        /// One coordinate.
        x: String,
        /// The other one.
        y: String,
    },
    /// A point of which one coordinate is enough (RFC 8037, section 2).
    #[serde(rename = "OKP")]
    Okp {
        /// The curve.
        crv: &'static str,
        /// The coordinate.
        x: String,
    },
}

impl Jwk {
    /// A key that verifies signatures of this algorithm. Its `kid` is its thumbprint.
    pub fn new(algorithm: Algorithm, key: PublicKey) -> Self {
        Self {
            kid: key.thumbprint(),
            key,
            key_use: "sig",
            alg: algorithm.name(),
        }
    }
}

impl PublicKey {
    /// The RSA key with this modulus and exponent, both big-endian without leading zeros.
    pub fn rsa(modulus: &[u8], exponent: &[u8]) -> Self {
        Self::Rsa {
            n: URL_SAFE_NO_PAD.encode(modulus),
            e: URL_SAFE_NO_PAD.encode(exponent),
        }
    }

    /// The point on P-256 with these coordinates, both big-endian in 32 bytes.
    pub fn p256(x: &[u8], y: &[u8]) -> Self {
        Self::Ec {
            crv: "P-256",
            x: URL_SAFE_NO_PAD.encode(x),
            y: URL_SAFE_NO_PAD.encode(y),
        }
    }

    /// The key on Ed25519 with these 32 bytes.
    pub fn ed25519(x: &[u8]) -> Self {
        Self::Okp {
            crv: "Ed25519",
            x: URL_SAFE_NO_PAD.encode(x),
        }
    }

    /// The thumbprint of RFC 7638: a hash of the members that make the key, in the order of their names.
    fn thumbprint(&self) -> String {
        let members = match self {
            Self::Rsa { n, e } => format!(r#"{{"e":"{e}","kty":"RSA","n":"{n}"}}"#),
            Self::Ec { crv, x, y } => format!(r#"{{"crv":"{crv}","kty":"EC","x":"{x}","y":"{y}"}}"#),
            Self::Okp { crv, x } => format!(r#"{{"crv":"{crv}","kty":"OKP","x":"{x}"}}"#),
        };
        URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, members.as_bytes()))
    }
}

/// The JWKS document (RFC 7517, section 5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct JwkSet {
    /// The keys.
    pub keys: Vec<Jwk>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// The modulus of RFC 7638, section 3.1.
    const N: &str = "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCi\
                     FV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnY\
                     b9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0\
                     Ls1jF44-csFCur-kEgU8awapJzKnqDKgw";

    fn bytes(base64: &str) -> Vec<u8> {
        URL_SAFE_NO_PAD.decode(base64).unwrap()
    }

    fn written(algorithm: Algorithm, key: PublicKey) -> serde_json::Value {
        serde_json::to_value(Jwk::new(algorithm, key)).unwrap()
    }

    #[test]
    fn an_rsa_key_has_the_thumbprint_of_rfc_7638() {
        assert_eq!(
            written(Algorithm::Rs256, PublicKey::rsa(&bytes(N), &[1, 0, 1])),
            json!({
                "kty": "RSA",
                "use": "sig",
                "alg": "RS256",
                "kid": "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs",
                "n": N,
                "e": "AQAB"
            })
        );
    }

    #[test]
    fn an_ed25519_key_has_the_thumbprint_of_rfc_8037() {
        let x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
        assert_eq!(
            written(Algorithm::EdDsa, PublicKey::ed25519(&bytes(x))),
            json!({
                "kty": "OKP",
                "use": "sig",
                "alg": "EdDSA",
                "kid": "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k",
                "crv": "Ed25519",
                "x": x
            })
        );
    }

    /// The key of RFC 7517, appendix A.1.
    #[test]
    fn a_key_on_p_256_has_two_coordinates() {
        let x = "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4";
        let y = "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM";
        assert_eq!(
            written(Algorithm::Es256, PublicKey::p256(&bytes(x), &bytes(y))),
            json!({
                "kty": "EC",
                "use": "sig",
                "alg": "ES256",
                "kid": "cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s",
                "crv": "P-256",
                "x": x,
                "y": y
            })
        );
    }
}
