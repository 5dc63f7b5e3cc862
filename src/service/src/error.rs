//! Why a use case was refused or failed.

use domain::field::{Field, FieldError};
use domain::identity_list::Identity;
use store::StoreError;
use uuid::Uuid;

/// Why a use case came to nothing. When it did, nothing was stored. Doors map it once to their own shape.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// The actor may not do this: it needs a Tenant Administrator, or the operator of the installation.
    #[error("you may not do this")]
    Forbidden,
    /// What was asked for doesn't exist, or belongs to another tenant.
    #[error("it doesn't exist")]
    NotFound,
    /// Of several that a change names, these don't exist any more, or belong to another tenant.
    #[error("some of those named don't exist any more")]
    Gone(Vec<Identity>),
    /// Some fields are wrong.
    #[error("{}", messages(.0))]
    Invalid(Vec<FieldError>),
    /// What is there already stands in the way: a limit is reached, an id is taken, somebody is the last administrator.
    #[error("{0}")]
    Refused(Refusal),
    /// The id that the caller chose is another's already.
    #[error("The id {0} is taken. Choose another one, or leave it out.")]
    Taken(Uuid),
    /// Somebody else changed it since the caller read it.
    #[error("Somebody else changed this meanwhile. Look at the new state first.")]
    Conflict,
    /// A signing key can't be opened: the key-encryption key is another one. The sentence holds no key.
    #[error("{0}")]
    Keys(String),
    /// Too many others wait for the same; it may work in a moment.
    #[error("The server is busy. Try again in a moment.")]
    Busy,
    /// The database failed. Its text is for the log, not for a caller.
    #[error(transparent)]
    Store(StoreError),
    /// The program failed. Its text is for the log, not for a caller.
    #[error("{0}")]
    Internal(String),
}

/// What stands in the way, and what to do about it: a sentence or more of each.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{reason} {resolution}")]
pub struct Refusal {
    /// What stands in the way.
    pub reason: String,
    /// What to do about it.
    pub resolution: &'static str,
}

impl ServiceError {
    /// A refusal for what stands in the way.
    pub fn refused(reason: impl Into<String>, resolution: &'static str) -> Self {
        Self::Refused(Refusal {
            reason: reason.into(),
            resolution,
        })
    }

    /// One wrong field.
    pub fn invalid(field: Field, message: impl Into<String>) -> Self {
        Self::Invalid(vec![FieldError::new(field, message)])
    }
}

impl From<StoreError> for ServiceError {
    fn from(error: StoreError) -> Self {
        if error.is_contention() {
            tracing::warn!(%error, "others stood in the way");
            Self::Busy
        } else {
            Self::Store(error)
        }
    }
}

impl From<FieldError> for ServiceError {
    fn from(error: FieldError) -> Self {
        Self::Invalid(vec![error])
    }
}

impl From<Vec<FieldError>> for ServiceError {
    fn from(errors: Vec<FieldError>) -> Self {
        Self::Invalid(errors)
    }
}

fn messages(errors: &[FieldError]) -> String {
    let messages: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
    messages.join(" ")
}
