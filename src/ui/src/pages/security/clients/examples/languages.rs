//! The languages of the examples.

use domain::client::ClientKind;

use super::template::{literal, shell};

/// A language, with a template for each kind of client.
pub struct Language {
    /// Its name.
    pub name: &'static str,
    /// What the ids are made of.
    pub key: &'static str,
    /// Writes a value so that it can stand in the template.
    pub written: fn(&str) -> String,
    client_credentials: &'static str,
    authorization_code: &'static str,
    hybrid: &'static str,
}

impl Language {
    /// The template for a kind of client.
    pub const fn template(&self, kind: ClientKind) -> &'static str {
        match kind {
            ClientKind::ClientCredentials => self.client_credentials,
            ClientKind::AuthorizationCode => self.authorization_code,
            ClientKind::Hybrid => self.hybrid,
        }
    }
}

/// A language whose files are named by its key. Clients that sign people in differ by a few lines of one template.
macro_rules! language {
    ($name:literal, $key:literal, $written:expr) => {
        language!($name, $key, $written, $key)
    };
    ($name:literal, $key:literal, $written:expr, $hybrid:literal) => {
        Language {
            name: $name,
            key: $key,
            written: $written,
            client_credentials: include_str!(concat!("client_credentials/", $key, ".txt")),
            authorization_code: include_str!(concat!("sign_in/", $key, ".txt")),
            hybrid: include_str!(concat!("sign_in/", $hybrid, ".txt")),
        }
    };
}

/// All, in their order.
pub static LANGUAGES: [Language; 7] = [
    language!("curl", "curl", shell),
    language!("Python", "python", literal),
    language!("JavaScript", "javascript", literal),
    // A web application has its own way there, which a program on somebody's machine hasn't.
    language!("C#", "csharp", literal, "csharp_hybrid"),
    language!("Rust", "rust", literal),
    language!("Java", "java", literal),
    language!(".env", "env", shell),
];
