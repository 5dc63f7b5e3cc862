//! A token that a client gets for itself (RFC 6749, section 4.4). It writes nothing.

use chrono::{DateTime, Utc};
use identity::access_token::TokenSubject;
use identity::scope::{Scope, Scopes};
use identity::token_response::TokenResponse;

use super::client_authentication::AuthenticatedClient;
use crate::{Service, ServiceError};

impl Service {
    pub(super) fn issue_to_client(
        &self,
        client: &AuthenticatedClient,
        now: DateTime<Utc>,
    ) -> Result<TokenResponse, ServiceError> {
        let scopes = Scopes::from(Scope::Ocsapi);
        let settings = &client.settings;
        let subject = TokenSubject {
            sub: client.id.0,
            client_id: client.id,
            tenant_id: settings.tenant_id,
            token_lifetime: settings.token_lifetime,
            roles: settings.roles.clone(),
            scopes: scopes.clone(),
            grant_id: None,
        };
        let token = self.sign_access_token(subject, now)?;
        Ok(TokenResponse::new(token, settings.token_lifetime, scopes))
    }
}
