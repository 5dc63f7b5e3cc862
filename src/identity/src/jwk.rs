//! Public keys as clients read them (RFC 7517).

use aws_lc_rs::digest;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;

/// A public RSA key (RFC 7518, section 6.3.1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Jwk {
    /// Always `RSA`.
    pub kty: &'static str,
    /// Always `sig`: it verifies signatures.
    #[serde(rename = "use")]
    pub key_use: &'static str,
    /// The algorithm of the signatures.
    pub alg: &'static str,
    /// The name by which a token's header refers to it.
    pub kid: String,
    /// The modulus.
    pub n: String,
    /// The exponent.
    pub e: String,
}

impl Jwk {
    /// The key with this modulus and exponent, both big-endian without leading zeros. Its `kid` is its thumbprint.
    pub fn rsa(alg: &'static str, modulus: &[u8], exponent: &[u8]) -> Self {
        let n = URL_SAFE_NO_PAD.encode(modulus);
        let e = URL_SAFE_NO_PAD.encode(exponent);
        Self {
            kty: "RSA",
            key_use: "sig",
            alg,
            kid: thumbprint(&n, &e),
            n,
            e,
        }
    }
}

/// The thumbprint of RFC 7638: a hash of the members that make the key, in the order of their names.
fn thumbprint(n: &str, e: &str) -> String {
    let members = format!(r#"{{"e":"{e}","kty":"RSA","n":"{n}"}}"#);
    URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, members.as_bytes()))
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

    /// The key of RFC 7638, section 3.1.
    const N: &str = "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCi\
                     FV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnY\
                     b9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0\
                     Ls1jF44-csFCur-kEgU8awapJzKnqDKgw";

    #[test]
    fn the_kid_is_the_thumbprint_of_rfc_7638() {
        let jwk = Jwk::rsa("RS256", &URL_SAFE_NO_PAD.decode(N).unwrap(), &[1, 0, 1]);
        assert_eq!(jwk.n, N);
        assert_eq!(jwk.e, "AQAB");
        assert_eq!(jwk.kid, "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
    }
}
