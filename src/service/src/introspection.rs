//! What a token is worth (RFC 7662): whoever has a secret may ask about the access tokens of its tenant, and about its own
//! refresh tokens.

use std::net::IpAddr;

use identity::about_token::AboutToken;
use identity::access_token::AccessTokenClaims;
use identity::error::TokenError;
use identity::introspection::{ActiveToken, Introspection};
use identity::scope::Scopes;
use secrecy::{ExposeSecret, SecretString};
use store::{StoreError, authorize_clients, grants, refresh_tokens};

use crate::Service;
use crate::bearer::bearer_hash;
use crate::token::IssueError;
use crate::token::client_authentication::AuthenticatedClient;

#[cfg(test)]
pub(crate) mod tests;

impl Service {
    /// What a token is worth at this moment.
    pub async fn introspect(&self, request: &AboutToken, address: IpAddr) -> Result<Introspection, IssueError> {
        let now = self.clock.now();
        let client = self.authenticate_client(&request.client, address, now).await?;
        // Whoever only names itself could be anybody.
        if client.secret.is_none() {
            return Err(TokenError::invalid_client(Some(request.client.method)).into());
        }
        let active = match self.read_access_token(&request.token).await {
            Ok(claims) if claims.tid == client.settings.tenant_id => self.good_access_token(claims).await?,
            Ok(_) => None,
            Err(_) => self.good_refresh_token(&client, &request.token).await?,
        };
        Ok(active.map_or(Introspection::INACTIVE, Introspection::from))
    }

    async fn good_access_token(&self, claims: AccessTokenClaims) -> Result<Option<ActiveToken>, StoreError> {
        let good = match claims.grant_id {
            Some(grant) => grants::person(&self.database, grant).await?.is_some(),
            None => authorize_clients::read(&self.database, claims.client_id)
                .await?
                .is_some(),
        };
        Ok(good.then_some(ActiveToken::Access(claims)))
    }

    async fn good_refresh_token(
        &self,
        client: &AuthenticatedClient,
        token: &SecretString,
    ) -> Result<Option<ActiveToken>, StoreError> {
        let found = refresh_tokens::find(&self.database, &bearer_hash(token.expose_secret())).await?;
        let now = self.clock.now();
        let good = found.filter(|found| {
            let own = found.grant.client_id == client.id && client.settings.allow_offline_access;
            own && found.used_at.is_none() && found.expires_at > now
        });
        let Some(found) = good else {
            return Ok(None);
        };
        let grant = found.grant;
        Ok(grants::person(&self.database, grant.id)
            .await?
            .map(|person| ActiveToken::Refresh {
                iss: self.issuer.as_str().to_owned(),
                client_id: grant.client_id,
                sub: person.id,
                scope: Scopes::known(&grant.scope),
                exp: found.expires_at.timestamp(),
            }))
    }
}
