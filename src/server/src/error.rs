//! Why a command failed, in one sentence for the person at the terminal.

use identity::issuer::PublicUrlError;
use service::ServiceError;

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// A value of the configuration is wrong; the sentence names it.
    #[error("{0}")]
    Configuration(String),
    /// The command was refused or failed.
    #[error("{0}")]
    Failed(String),
}

impl CommandError {
    /// A wrong value: the name of its variable, and what it should be.
    pub fn configuration(variable: &str, sentence: impl std::fmt::Display) -> Self {
        Self::Configuration(format!("{variable} is wrong: {sentence}"))
    }

    /// 2 for a wrong configuration, 1 for the rest.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Configuration(_) => 2,
            Self::Failed(_) => 1,
        }
    }
}

impl From<PublicUrlError> for CommandError {
    fn from(error: PublicUrlError) -> Self {
        Self::configuration("CLIENTELE_PUBLIC_URL", error)
    }
}

impl From<ServiceError> for CommandError {
    fn from(error: ServiceError) -> Self {
        match error {
            // The key-encryption key is what a person can put right.
            ServiceError::Keys(sentence) => Self::configuration("CLIENTELE_KEY_ENCRYPTION_KEY", sentence),
            error => Self::Failed(error.to_string()),
        }
    }
}

impl From<std::io::Error> for CommandError {
    fn from(error: std::io::Error) -> Self {
        Self::Failed(error.to_string())
    }
}
