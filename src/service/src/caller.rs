//! Who calls the REST API.

use std::net::IpAddr;

use identity::scope::Scope;
use secrecy::SecretString;
use store::callers;

use crate::actor::{ClientActor, UserActor};
use crate::throttle::network;
use crate::{Actor, Service, ServiceError};

#[cfg(test)]
mod tests;

impl Service {
    /// Whom an access token speaks for, if it opens the REST API and what it stands on still holds. What they may do is read
    /// now: a role that was taken away ends its rights at once, and so does disabling.
    pub async fn caller(&self, token: &SecretString, address: Option<IpAddr>) -> Result<Option<Actor>, ServiceError> {
        let Ok(claims) = self.read_access_token(token).await else {
            return Ok(None);
        };
        if claims.aud != self.issuer.api() || !claims.scope.has(Scope::Ocsapi) {
            return Ok(None);
        }
        if let Some(grant) = claims.grant_id {
            let person = callers::person(&self.database, grant).await?;
            let person = person.filter(|person| person.tenant_id == claims.tid);
            return Ok(person.map(|person| Actor::User(UserActor::new(person, address))));
        }
        let client = callers::client(&self.database, claims.client_id).await?;
        let client = client.filter(|client| client.tenant_id == claims.tid);
        Ok(client.map(|client| {
            Actor::Client(ClientActor {
                id: claims.client_id,
                name: client.name,
                tenant_id: client.tenant_id,
                administrator: client.administrator,
                address,
            })
        }))
    }

    /// Counts a token that opened nothing. Answers how many seconds to wait when too many came from there.
    pub fn wrong_token(&self, address: IpAddr) -> Option<u64> {
        self.wrong_tokens.count((None, network(address)), self.clock.now())
    }
}
