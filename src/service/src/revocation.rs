//! Taking a token back (RFC 7009): the grant ends, with all that was issued for it.

use std::net::IpAddr;

use identity::about_token::AboutToken;
use identity::error::TokenError;
use secrecy::ExposeSecret;
use store::refresh_tokens;

use crate::Service;
use crate::bearer::bearer_hash;
use crate::token::IssueError;

#[cfg(test)]
mod tests;

impl Service {
    /// Ends the grant of a client's own token. What is no token of ours, or over, needs no ending.
    pub async fn revoke(&self, request: &AboutToken, address: IpAddr) -> Result<(), IssueError> {
        let now = self.clock.now();
        let client = self.authenticate_client(&request.client, address, now).await?;
        let hash = bearer_hash(request.token.expose_secret());
        let (owner, grant) = if let Some(found) = refresh_tokens::find(&self.database, &hash).await? {
            (found.grant.client_id, Some(found.grant.id))
        } else if let Ok(claims) = self.read_access_token(&request.token).await {
            (claims.client_id, claims.grant_id)
        } else {
            return Ok(());
        };
        if owner != client.id {
            return Err(TokenError::InvalidGrant.into());
        }
        // What a client got for itself belongs to no grant, and ends by its time alone.
        let grant = grant.ok_or(TokenError::UnsupportedTokenType)?;
        self.end_grant(grant, "its client revoked a token").await?;
        Ok(())
    }
}
