//! Tenants: who owns clients, roles and users.

use crate::field::{Field, FieldError};
pub use crate::id::TenantId;
use crate::text::bounded;

/// The name of a tenant: 1 to 128 characters after trimming.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TenantName(String);

impl TenantName {
    /// Reads what a person typed.
    pub fn parse(text: &str) -> Result<Self, FieldError> {
        bounded(Field::Name, text, 1).map(Self)
    }

    /// The name as shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
