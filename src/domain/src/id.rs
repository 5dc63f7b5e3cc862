//! The ids of the things that have one. All are UUIDs; each has its own type, so that none is taken for another.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::from_str(text).map(Self)
            }
        }
    };
}

id!(
    /// The `client_id` of RFC 6749, section 2.2. It shares one namespace with [`UserId`].
    ClientId
);
id!(
    /// A person who can sign in; the `sub` of their tokens.
    UserId
);
id!(
    /// A tenant: the owner of clients, roles and users.
    TenantId
);
id!(
    /// A role of one tenant.
    RoleId
);
id!(
    /// What a person allowed a client to do: the `grant_id` of its tokens.
    GrantId
);
id!(
    /// A signed-in browser: the `sid` of ID tokens (OpenID Connect Front-Channel Logout, section 3). It opens nothing.
    SessionId
);
