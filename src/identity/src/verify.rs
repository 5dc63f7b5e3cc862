//! Whether an access token is one of ours that holds now (RFC 9068, section 4). Whether it was revoked only the database
//! knows, and each caller looks at the audience and the scope that it asks for.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use serde::de::DeserializeOwned;

use crate::access_token::{self, AccessTokenClaims};
use crate::issuer::Issuer;
use crate::key_ring::{KeyPurpose, KeyRing};
use crate::signing_key::Header;

#[cfg(test)]
mod tests;

/// The longest text that is looked at: as much as a request may carry.
const MAX_LEN: usize = 64 * 1024;

/// By how many seconds the clock of the instance that issued a token may be ahead.
const CLOCK_SKEW: i64 = 60;

/// Why a text is no token of ours that holds. For the log: who sent it learns only that it isn't.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VerifyError {
    /// Longer than any.
    #[error("the token is too long")]
    TooLong,
    /// Not three parts, not base64url, or a header or claims that ours don't have.
    #[error("the token is malformed")]
    Malformed,
    /// Another kind of token, such as an ID token in the place of an access token.
    #[error("the token is of another type")]
    Type,
    /// A key that doesn't sign such tokens here, or no longer.
    #[error("the token names an unknown key")]
    UnknownKey,
    /// Not the algorithm of the key that it names.
    #[error("the token names an algorithm that is not its key's")]
    Algorithm,
    /// The key didn't sign it.
    #[error("the token's signature is wrong")]
    Signature,
    /// Issued under another address.
    #[error("the token is of another issuer")]
    Issuer,
    /// Its time has not come.
    #[error("the token is not valid yet")]
    NotYet,
    /// Its time is over.
    #[error("the token has expired")]
    Expired,
}

/// What an access token says, if it is one of ours that holds at `now`.
pub fn verify_access_token(
    token: &str,
    keys: &KeyRing,
    issuer: &Issuer,
    now: DateTime<Utc>,
) -> Result<AccessTokenClaims, VerifyError> {
    let claims: AccessTokenClaims = signed_claims(token, access_token::TYPE, KeyPurpose::AccessTokens, keys, now)?;
    let now = now.timestamp();
    if claims.iss != issuer.as_str() {
        Err(VerifyError::Issuer)
    } else if now + CLOCK_SKEW < claims.nbf {
        Err(VerifyError::NotYet)
    } else if claims.exp <= now {
        Err(VerifyError::Expired)
    } else {
        Ok(claims)
    }
}

/// What a token of type `typ` says, if a key for this purpose signed it that clients know at `now`. What it says isn't
/// looked at.
///
/// The key decides what algorithm verifies the token; the header may only agree (RFC 8725, section 3.1).
pub(crate) fn signed_claims<C: DeserializeOwned>(
    token: &str,
    typ: &str,
    purpose: KeyPurpose,
    keys: &KeyRing,
    now: DateTime<Utc>,
) -> Result<C, VerifyError> {
    if token.len() > MAX_LEN {
        return Err(VerifyError::TooLong);
    }
    let (signed, signature) = token.rsplit_once('.').ok_or(VerifyError::Malformed)?;
    let (header, claims) = signed.split_once('.').ok_or(VerifyError::Malformed)?;
    let header = decode(header)?;
    let header: Header<'_> = serde_json::from_slice(&header).map_err(|_| VerifyError::Malformed)?;
    if header.typ != typ {
        return Err(VerifyError::Type);
    }
    let key = keys
        .verifying(header.kid, purpose, now)
        .ok_or(VerifyError::UnknownKey)?;
    if header.alg != key.algorithm().name() {
        return Err(VerifyError::Algorithm);
    }
    if !key.made(&decode(signature)?, signed.as_bytes()) {
        return Err(VerifyError::Signature);
    }
    serde_json::from_slice(&decode(claims)?).map_err(|_| VerifyError::Malformed)
}

fn decode(part: &str) -> Result<Vec<u8>, VerifyError> {
    URL_SAFE_NO_PAD.decode(part).map_err(|_| VerifyError::Malformed)
}
