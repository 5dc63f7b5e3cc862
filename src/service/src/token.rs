//! The token endpoint's use case: who asks, and for what. No memory of clients, so that a change holds at once.

use std::net::IpAddr;

use domain::client::ClientKind;
use identity::error::TokenError;
use identity::token_request::{Grant, TokenRequest};
use identity::token_response::TokenResponse;
use store::StoreError;

use crate::{Service, ServiceError};

mod authorization_code;
pub(crate) mod client_authentication;
mod client_credentials;
#[cfg(test)]
pub(crate) mod fixtures;
pub(crate) mod person;
mod refresh_token;
#[cfg(test)]
mod tests;
mod wrong_secrets;

pub(crate) use wrong_secrets::WrongSecrets;

/// Why a client got no token, or no answer about one.
#[derive(Debug, thiserror::Error)]
pub enum IssueError {
    /// It was refused; this is the answer.
    #[error(transparent)]
    Refused(#[from] TokenError),
    /// The server failed. The text is for the log, not for the client.
    #[error(transparent)]
    Failed(#[from] ServiceError),
}

impl From<StoreError> for IssueError {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.into())
    }
}

impl Service {
    /// Issues tokens to the client that the request names, if it is that client, for what it offers. `address` is where the
    /// request came from.
    pub async fn issue_token(&self, request: &TokenRequest, address: IpAddr) -> Result<TokenResponse, IssueError> {
        let now = self.clock.now();
        let client = self.authenticate_client(&request.client, address, now).await?;
        let signs_people_in = client.settings.kind.signs_people_in();
        let response = match &request.grant {
            Grant::ClientCredentials if client.settings.kind == ClientKind::ClientCredentials => {
                self.issue_to_client(&client, now)?
            }
            Grant::AuthorizationCode(redemption) if signs_people_in => {
                self.redeem_code(&client, redemption, now).await?
            }
            Grant::RefreshToken { token, scopes } if signs_people_in => {
                self.refresh(&client, token, scopes.as_ref(), now).await?
            }
            _ => return Err(TokenError::UnauthorizedClient.into()),
        };
        self.last_used.note(client.id, client.secret, now);
        Ok(response)
    }
}
