//! Random texts that open something for whoever has them: session cookies, one-time links, codes, refresh tokens. Stored as
//! SHA-256 only.

use aws_lc_rs::digest;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::SecretString;

use crate::Service;

impl Service {
    /// A new text of 256 random bits.
    pub(crate) fn new_bearer(&self) -> SecretString {
        URL_SAFE_NO_PAD.encode(self.ids.random()).into()
    }
}

/// What is stored of it.
pub(crate) fn bearer_hash(text: &str) -> Vec<u8> {
    digest::digest(&digest::SHA256, text.as_bytes()).as_ref().to_vec()
}
