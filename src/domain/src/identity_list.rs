//! What is asked of the list of those that a role can be given to.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::client::ClientId;
use crate::number::grouped;
use crate::paging::Paging;
use crate::user::UserId;

/// Who can have a role.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum IdentityKind {
    /// People.
    #[default]
    Users,
    /// Client-credentials clients.
    Clients,
}

/// What is asked of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityQuery {
    /// People or clients.
    pub kind: IdentityKind,
    /// Part of a name, e-mail address or client id, as typed.
    pub filter: String,
    /// Whether only those who have the role are listed.
    pub holders_only: bool,
    /// Which page.
    pub paging: Paging,
}

/// Who has a role or not: a person or a client-credentials client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Identity {
    /// A person.
    User(UserId),
    /// A client.
    Client(ClientId),
}

impl Identity {
    /// Their id.
    pub const fn id(self) -> Uuid {
        match self {
            Self::User(id) => id.0,
            Self::Client(id) => id.0,
        }
    }
}

/// The changes of **Manage Identities**: who gets the role and who loses it. Whoever stands in neither list keeps what they
/// have.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityChanges {
    /// Who gets it.
    #[serde(default)]
    pub give: Vec<Identity>,
    /// Who loses it.
    #[serde(default)]
    pub take: Vec<Identity>,
}

/// How many changes one **Save** holds. As JSON they fit into a request of 64 KiB, the most that the server reads.
pub const MAX_CHANGES: usize = 1_000;

/// More changes than one **Save** holds: this many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "One Save holds at most {} changes, and these are {}.",
    grouped(MAX_CHANGES as u64),
    grouped(*.0)
)]
pub struct TooManyChanges(u64);

impl IdentityChanges {
    /// Refuses more changes than one **Save** holds.
    ///
    /// # Errors
    /// [`TooManyChanges`].
    pub fn check(&self) -> Result<(), TooManyChanges> {
        let count = self.give.len() + self.take.len();
        if count > MAX_CHANGES {
            return Err(TooManyChanges(count as u64));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changes(give: usize, take: usize) -> IdentityChanges {
        IdentityChanges {
            give: vec![Identity::User(UserId(Uuid::nil())); give],
            take: vec![Identity::Client(ClientId(Uuid::nil())); take],
        }
    }

    #[test]
    fn one_save_holds_a_thousand_changes() {
        assert_eq!(changes(400, 600).check(), Ok(()));
        let error = changes(401, 600).check().unwrap_err();
        assert_eq!(
            error.to_string(),
            "One Save holds at most 1,000 changes, and these are 1,001."
        );
    }
}
