//! The algorithms that sign tokens.

use std::str::FromStr;

/// An algorithm of signatures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Algorithm {
    /// RSA with SHA-256 (RFC 7518, section 3.3). Every library for OpenID Connect knows it.
    #[default]
    Rs256,
    /// ECDSA on the curve P-256 with SHA-256 (RFC 7518, section 3.4).
    Es256,
    /// EdDSA on the curve Ed25519 (RFC 8037, section 3.1).
    EdDsa,
}

/// A text that names no [`Algorithm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it is none of RS256, ES256 and EdDSA")]
pub struct UnknownAlgorithm;

impl Algorithm {
    /// All algorithms.
    pub const ALL: [Self; 3] = [Self::Rs256, Self::Es256, Self::EdDsa];

    /// Its `alg` (RFC 7515, section 4.1.1).
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rs256 => "RS256",
            Self::Es256 => "ES256",
            Self::EdDsa => "EdDSA",
        }
    }
}

impl FromStr for Algorithm {
    type Err = UnknownAlgorithm;

    fn from_str(name: &str) -> Result<Self, UnknownAlgorithm> {
        let mut all = Self::ALL.into_iter();
        all.find(|algorithm| algorithm.name() == name).ok_or(UnknownAlgorithm)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_names_it_writes() {
        for algorithm in Algorithm::ALL {
            assert_eq!(algorithm.name().parse::<Algorithm>(), Ok(algorithm));
        }
        for other in ["", "none", "rs256", "RS512", "HS256", "Ed25519"] {
            assert_eq!(other.parse::<Algorithm>(), Err(UnknownAlgorithm), "{other}");
        }
    }
}
