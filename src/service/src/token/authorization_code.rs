//! Redeeming a code (RFC 6749, section 4.1.3). It works once: a second use ends what the first one gave.

use chrono::{DateTime, Utc};
use identity::error::TokenError;
use identity::pkce::CodeChallenge;
use identity::scope::{Scope, Scopes};
use identity::token_request::Redemption;
use identity::token_response::{SentToken, TokenResponse};
use secrecy::ExposeSecret;
use store::authorization_codes::{self, Code};
use store::token_users;

use super::IssueError;
use super::client_authentication::AuthenticatedClient;
use super::person::TokenSettings;
use crate::Service;
use crate::bearer::bearer_hash;

#[cfg(test)]
mod tests;

impl Service {
    /// The tokens for a code, if it was made for this client and request.
    pub(super) async fn redeem_code(
        &self,
        client: &AuthenticatedClient,
        redemption: &Redemption,
        now: DateTime<Utc>,
    ) -> Result<TokenResponse, IssueError> {
        let hash = bearer_hash(redemption.code.expose_secret());
        let found = authorization_codes::find(&self.database, &hash).await?;
        let code = found.ok_or_else(|| refused("the code is unknown"))?;
        // First of all, so that whoever only saw the code can't end anything with it.
        check(&code, client, redemption)?;
        if code.used_at.is_some() {
            return self.code_used_twice(&code).await;
        }
        if code.expires_at <= now {
            return Err(refused("the code is over"));
        }
        let user = token_users::read(&self.database, code.grant.user_id).await?;
        let user = user.ok_or_else(|| refused("the person is disabled"))?;
        let scopes = Scopes::known(&code.grant.scope);
        let is_refreshed = scopes.has(Scope::OfflineAccess) && client.settings.allow_offline_access;
        // Signed before anything is stored: what can't be signed uses nothing up.
        let settings = TokenSettings::from(client);
        let mut response = self.issue_to_person(settings, (&code.grant, &user), scopes, code.nonce.clone(), now)?;

        let next = is_refreshed.then(|| self.next_refresh_token(&code.grant, now));
        let (sent, first) = next.map(|(sent, kept)| (sent, (code.grant.id, kept))).unzip();
        if !authorization_codes::redeem(&self.database, &hash, first, now).await? {
            return self.code_used_twice(&code).await;
        }
        response.refresh_token = sent.map(SentToken);
        Ok(response)
    }

    /// Ends the grant of a code that is used for the second time, unless it has ended.
    async fn code_used_twice(&self, code: &Code) -> Result<TokenResponse, IssueError> {
        self.end_grant(code.grant.id, "a code was used twice").await?;
        Err(refused("the code was used or its grant has ended"))
    }
}

/// Whether the code was made for this client and request. A challenge must be met; without one there must be no verifier,
/// which would belong to another request.
fn check(code: &Code, client: &AuthenticatedClient, redemption: &Redemption) -> Result<(), IssueError> {
    if code.grant.client_id != client.id {
        return Err(refused("the code is another client's"));
    }
    if code.redirect_uri != redemption.redirect_uri {
        return Err(refused("the redirect_uri is another one"));
    }
    let met = match (&code.code_challenge, &redemption.code_verifier) {
        (None, None) => true,
        (Some(challenge), Some(verifier)) => {
            CodeChallenge::from_bytes(challenge).is_some_and(|challenge| challenge.is_met_by(verifier))
        }
        _ => false,
    };
    if !met {
        return Err(refused("the code_verifier is wrong or missing"));
    }
    Ok(())
}

/// The one answer to all of it; the log says which.
pub(super) fn refused(reason: &'static str) -> IssueError {
    tracing::info!(reason, "token refused");
    TokenError::InvalidGrant.into()
}
