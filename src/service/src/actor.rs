//! Who asks.

use std::net::IpAddr;

use domain::client::ClientId;
use domain::tenant::TenantId;
use domain::user::UserId;
use domain::view::Viewer;
use store::sessions::SessionUser;

use crate::ServiceError;

/// Who asks for a use case. A door makes one of what it has authenticated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A signed-in person.
    User(UserActor),
    /// A client that calls for itself.
    Client(ClientActor),
    /// Whoever can start the program beside its database: they can read and change all of it anyway.
    CommandLine,
    /// The server itself, for what it does without being asked, as at its start. It may do what the command line may.
    Server,
}

/// A signed-in person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserActor {
    /// Their id.
    pub id: UserId,
    /// Their name.
    pub name: String,
    /// Their e-mail address.
    pub email: String,
    /// Their tenant; they see and change nothing of another.
    pub tenant_id: TenantId,
    /// Its name.
    pub tenant_name: String,
    /// Whether they held Tenant Administrator when their session was read. A change reads it again.
    pub administrator: bool,
    /// Where they are.
    pub address: Option<IpAddr>,
}

/// A client that calls for itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientActor {
    /// Its id.
    pub id: ClientId,
    /// Its name.
    pub name: String,
    /// Its tenant; it sees and changes nothing of another.
    pub tenant_id: TenantId,
    /// Whether it held Tenant Administrator when its token was read. A change reads it again.
    pub administrator: bool,
    /// Where it is.
    pub address: Option<IpAddr>,
}

impl Actor {
    /// The name that a change is signed with.
    pub fn name(&self) -> &str {
        match self {
            Self::User(user) => &user.name,
            Self::Client(client) => &client.name,
            Self::CommandLine => "command line",
            Self::Server => "server",
        }
    }

    /// Whether this is the person with this id.
    pub(crate) fn is_user(&self, id: UserId) -> bool {
        matches!(self, Self::User(user) if user.id == id)
    }

    /// Whether this is the client with this id.
    pub(crate) fn is_client(&self, id: ClientId) -> bool {
        matches!(self, Self::Client(client) if client.id == id)
    }

    /// Refuses who may not read in `tenant`.
    pub fn require_member(&self, tenant: TenantId) -> Result<(), ServiceError> {
        let own = match self {
            Self::User(user) => user.tenant_id == tenant,
            Self::Client(client) => client.tenant_id == tenant,
            Self::CommandLine | Self::Server => true,
        };
        if own { Ok(()) } else { Err(ServiceError::Forbidden) }
    }

    /// Refuses who may not change anything in `tenant`.
    pub fn require_administrator(&self, tenant: TenantId) -> Result<(), ServiceError> {
        self.require_member(tenant)?;
        let may = match self {
            Self::User(user) => user.administrator,
            Self::Client(client) => client.administrator,
            Self::CommandLine | Self::Server => true,
        };
        if may { Ok(()) } else { Err(ServiceError::Forbidden) }
    }

    /// Refuses who may not change the secrets of a client of `tenant`: it may itself, and so may who may change anything.
    pub fn require_own_client(&self, tenant: TenantId, client: ClientId) -> Result<(), ServiceError> {
        self.require_member(tenant)?;
        if self.is_client(client) {
            Ok(())
        } else {
            self.require_administrator(tenant)
        }
    }

    /// Refuses everybody but this person of `tenant`: not even an administrator does what is theirs.
    pub fn require_oneself(&self, tenant: TenantId, user: UserId) -> Result<(), ServiceError> {
        self.require_member(tenant)?;
        if self.is_user(user) {
            Ok(())
        } else {
            Err(ServiceError::Forbidden)
        }
    }

    /// Refuses every person and client: what concerns the whole installation belongs to no tenant's administrator.
    pub fn require_operator(&self) -> Result<(), ServiceError> {
        match self {
            Self::CommandLine | Self::Server => Ok(()),
            Self::User(_) | Self::Client(_) => Err(ServiceError::Forbidden),
        }
    }
}

impl UserActor {
    /// The person as they were just read, at this address.
    pub(crate) fn new(user: SessionUser, address: Option<IpAddr>) -> Self {
        Self {
            id: user.id,
            name: user.name,
            email: user.email,
            tenant_id: user.tenant_id,
            tenant_name: user.tenant_name,
            administrator: user.administrator,
            address,
        }
    }

    /// The person as the page shows them.
    pub fn viewer(&self) -> Viewer {
        Viewer {
            id: self.id,
            name: self.name.clone(),
            email: self.email.clone(),
            tenant_id: self.tenant_id,
            tenant_name: self.tenant_name.clone(),
            administrator: self.administrator,
        }
    }
}
