//! Whether a client is who it claims to be: one indexed read, no write.

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use domain::client::ClientId;
use domain::secret::SecretId;
use identity::client_authentication::ClientAuthentication;
use identity::client_secret::SecretHash;
use identity::error::TokenError;
use secrecy::SecretString;
use store::token_clients::{self, TokenClient};

use super::IssueError;
use crate::Service;
use crate::throttle::network;

/// A client that is who it claims to be.
pub(crate) struct AuthenticatedClient {
    /// Its id.
    pub id: ClientId,
    /// What was read of it.
    pub settings: TokenClient,
    /// The secret that opened it; none for a client without secrets.
    pub secret: Option<SecretId>,
}

impl Service {
    /// The client that was named, if what it sent shows that it is that client.
    pub(crate) async fn authenticate_client(
        &self,
        sent: &ClientAuthentication,
        address: IpAddr,
        now: DateTime<Utc>,
    ) -> Result<AuthenticatedClient, IssueError> {
        let found = match sent.client_id {
            Some(id) => token_clients::read(&self.database, id)
                .await?
                .map(|settings| (id, settings)),
            None => None,
        };
        let checked = match found {
            Some((id, settings)) => {
                check(&settings, sent.secret.as_ref(), now).map(|secret| AuthenticatedClient { id, settings, secret })
            }
            None => Err(compare_with_none(sent.secret.as_ref())),
        };
        checked.map_err(|reason| self.refuse_client(sent, address, now, reason).into())
    }

    /// Counts the failure and makes the answer, which never tells the reason; the log does.
    fn refuse_client(
        &self,
        sent: &ClientAuthentication,
        address: IpAddr,
        now: DateTime<Utc>,
        reason: &str,
    ) -> TokenError {
        let wait = self.wrong_secrets.count((sent.client_id, network(address)), now);
        let client = sent.client_id.map(tracing::field::display);
        tracing::info!(client, %address, reason, "token refused");
        match wait {
            Some(retry_after) => TokenError::TooManyWrongSecrets { retry_after },
            None => TokenError::invalid_client(Some(sent.method)),
        }
    }
}

/// The secret that opens the client, none for a client without secrets, or why it stays closed.
fn check(
    client: &TokenClient,
    sent: Option<&SecretString>,
    now: DateTime<Utc>,
) -> Result<Option<SecretId>, &'static str> {
    match sent {
        Some(secret) if client.kind.has_secrets() => check_secret(client, &SecretHash::of(secret), now).map(Some),
        None if client.kind.has_secrets() => Err("the secret is missing"),
        Some(_) => Err("a client that can't keep a secret sent one"),
        None if client.enabled => Ok(None),
        None => Err("the client is disabled"),
    }
}

/// The secret that opens the client, or why none does. Every secret is compared whatever the others say.
fn check_secret(client: &TokenClient, presented: &SecretHash, now: DateTime<Utc>) -> Result<SecretId, &'static str> {
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
fn compare_with_none(sent: Option<&SecretString>) -> &'static str {
    let presented = SecretHash::of(sent.unwrap_or(&SecretString::default()));
    let _ = std::hint::black_box(presented.matches(&SecretHash::OF_NONE));
    "the client is unknown"
}
