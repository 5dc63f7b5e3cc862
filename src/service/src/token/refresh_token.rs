//! Refreshing (RFC 6749, section 6; RFC 9700, section 4.14.2). Each token works once and gives the next one; a second use
//! ends all of them. Client, person and roles are read again each time.

use chrono::{DateTime, Utc};
use identity::error::TokenError;
use identity::scope::Scopes;
use identity::token_response::{SentToken, TokenResponse};
use secrecy::{ExposeSecret, SecretString};
use store::grants::Grant;
use store::refresh_tokens::{self, NewRefreshToken};
use store::token_users;

use super::IssueError;
use super::authorization_code::refused;
use super::client_authentication::AuthenticatedClient;
use super::person::TokenSettings;
use crate::Service;
use crate::authorize::ACCESS_TOKEN;
use crate::bearer::bearer_hash;

#[cfg(test)]
mod tests;

impl Service {
    /// The tokens for a refresh token, for all that the person allowed or a part of it.
    pub(super) async fn refresh(
        &self,
        client: &AuthenticatedClient,
        token: &SecretString,
        narrowed: Option<&Scopes>,
        now: DateTime<Utc>,
    ) -> Result<TokenResponse, IssueError> {
        let hash = bearer_hash(token.expose_secret());
        let found = refresh_tokens::find(&self.database, &hash).await?;
        let found = found.ok_or_else(|| refused("the refresh token is unknown"))?;
        let grant = &found.grant;
        if grant.client_id != client.id {
            return Err(refused("the refresh token is another client's"));
        }
        // Before anything else is wrong with the request: whoever uses it again has what isn't theirs.
        if found.used_at.is_some() {
            return self.used_twice(grant).await;
        }
        if found.expires_at <= now {
            return Err(refused("the refresh token is over"));
        }
        if !client.settings.allow_offline_access {
            return Err(refused("the client gets no refresh tokens any more"));
        }
        let allowed = Scopes::known(&grant.scope);
        let scopes = match narrowed {
            Some(narrowed) if !narrowed.is_within(&allowed) => return Err(TokenError::InvalidScope.into()),
            Some(narrowed) if !narrowed.is_empty() => narrowed.clone(),
            _ => allowed,
        };
        let user = token_users::read(&self.database, grant.user_id).await?;
        let user = user.ok_or_else(|| refused("the person is disabled"))?;

        // Signed before anything is stored: what can't be signed uses nothing up. Without the nonce of the first request (OpenID
        // Connect Core, section 12.2).
        let settings = TokenSettings::from(client);
        let mut response = self.issue_to_person(settings, (grant, &user), scopes, None, now)?;

        let (sent, next) = self.next_refresh_token(grant, now);
        if !refresh_tokens::rotate(&self.database, (grant.id, &hash), next, now).await? {
            return self.used_twice(grant).await;
        }
        response.refresh_token = Some(SentToken(sent));
        Ok(response)
    }

    /// Ends the grant of a token that is used for the second time, unless it has ended.
    async fn used_twice(&self, grant: &Grant) -> Result<TokenResponse, IssueError> {
        self.end_grant(grant.id, "a refresh token was used twice").await?;
        Err(refused("the refresh token was used or its grant has ended"))
    }

    /// The next refresh token of a grant, and what is kept of it. It and the access token that it gives last end no later than the
    /// grant, however long refresh tokens live by now.
    pub(super) fn next_refresh_token(&self, grant: &Grant, now: DateTime<Utc>) -> (SecretString, NewRefreshToken) {
        let token = self.new_bearer();
        let lifetimes = self.refresh_tokens;
        let kept = NewRefreshToken {
            hash: bearer_hash(token.expose_secret()),
            expires_at: (now + lifetimes.idle())
                .min(grant.created_at + lifetimes.absolute())
                .min(grant.expires_at - ACCESS_TOKEN),
        };
        (token, kept)
    }
}
