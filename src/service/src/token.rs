//! The token endpoint's use case: one read, no write, and no memory of clients, so that a change holds at once.

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use domain::client::{ClientId, ClientKind};
use domain::secret::SecretId;
use identity::access_token::{AccessTokenClaims, TokenSubject};
use identity::client_secret::SecretHash;
use identity::error::TokenError;
use identity::key_ring::KeyPurpose;
use identity::token_request::{Grant, TokenRequest};
use identity::token_response::TokenResponse;
use store::token_clients::{self, TokenClient};

use crate::throttle::network;
use crate::{Service, ServiceError};

#[cfg(test)]
pub(crate) mod fixtures;
#[cfg(test)]
mod tests;
mod wrong_secrets;

pub(crate) use wrong_secrets::WrongSecrets;

/// Why a client got no token.
#[derive(Debug, thiserror::Error)]
pub enum IssueError {
    /// It was refused; this is the answer.
    #[error(transparent)]
    Refused(#[from] TokenError),
    /// The server failed. The text is for the log, not for the client.
    #[error(transparent)]
    Failed(#[from] ServiceError),
}

impl Service {
    /// Issues an access token to the client that the request names, if its secret is right. `address` is where the request
    /// came from.
    pub async fn issue_token(&self, request: &TokenRequest, address: IpAddr) -> Result<TokenResponse, IssueError> {
        let now = self.clock.now();
        let client = match request.client.client_id {
            Some(id) => token_clients::read(&self.database, id)
                .await
                .map_err(ServiceError::from)?
                .map(|client| (id, client)),
            None => None,
        };
        let presented = SecretHash::of(&request.client.secret);
        let authenticated = match &client {
            Some((id, client)) => authenticate(client, &presented, now).map(|secret| (*id, client, secret)),
            None => Err(compare_with_none(&presented)),
        };
        let (id, client, secret) = authenticated.map_err(|reason| self.refuse(request, address, now, reason))?;
        match (request.grant, client.kind) {
            (Grant::ClientCredentials, ClientKind::ClientCredentials) => {}
            _ => return Err(TokenError::UnauthorizedClient.into()),
        }
        let response = self.sign(id, client, now)?;
        self.last_used.note(id, secret, now);
        Ok(response)
    }

    fn sign(&self, id: ClientId, client: &TokenClient, now: DateTime<Utc>) -> Result<TokenResponse, ServiceError> {
        let subject = TokenSubject {
            client_id: id,
            tenant_id: client.tenant_id,
            token_lifetime: client.token_lifetime,
            roles: client.roles.clone(),
        };
        let claims = AccessTokenClaims::for_client(&self.issuer, &subject, now, self.ids.uuid());
        let token = claims
            .sign(&*self.keys.signing(KeyPurpose::AccessTokens, now)?)
            .map_err(|error| ServiceError::Internal(error.to_string()))?;
        Ok(TokenResponse::new(token, client.token_lifetime))
    }

    /// Counts the failure and makes the answer, which never tells the reason; the log does.
    fn refuse(&self, request: &TokenRequest, address: IpAddr, now: DateTime<Utc>, reason: &str) -> TokenError {
        let client_id = request.client.client_id;
        let wait = self.wrong_secrets.count((client_id, network(address)), now);
        let client = client_id.map(tracing::field::display);
        tracing::info!(client, %address, reason, "token refused");
        match wait {
            Some(retry_after) => TokenError::TooManyWrongSecrets { retry_after },
            None => TokenError::invalid_client(Some(request.client.method)),
        }
    }
}

/// The secret that opens the client, or why none does. Every secret is compared whatever the others say.
fn authenticate(client: &TokenClient, presented: &SecretHash, now: DateTime<Utc>) -> Result<SecretId, &'static str> {
    if client.secrets.is_empty() {
        return Err(compare_with_none(presented));
    }
    let mut result = Err("the secret is wrong");
    for secret in &client.secrets {
        if SecretHash::from_bytes(&secret.hash).is_some_and(|hash| hash.matches(presented)) {
            result = if client.enabled && !secret.expiry.is_over(now) {
                Ok(secret.id)
            } else if client.enabled {
                Err("the secret has expired")
            } else {
                Err("the client is disabled")
            };
        }
    }
    result
}

/// What happens for a client that isn't there: a comparison all the same.
fn compare_with_none(presented: &SecretHash) -> &'static str {
    let _ = std::hint::black_box(presented.matches(&SecretHash::OF_NONE));
    "the client is unknown or has no secret"
}
