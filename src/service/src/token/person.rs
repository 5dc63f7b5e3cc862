//! Tokens about a person, for the client that they allowed it.

use chrono::{DateTime, Utc};
use domain::tenant::TenantId;
use domain::token_lifetime::TokenLifetime;
use identity::access_token::{AccessTokenClaims, TokenSubject};
use identity::id_token::{Authentication, IdTokenClaims, half_hash};
use identity::key_ring::KeyPurpose;
use identity::scope::{Scope, Scopes};
use identity::token_response::{SentToken, TokenResponse};
use identity::userinfo::Profile;
use secrecy::SecretString;
use store::grants::Grant;
use store::token_users::TokenUser;

use super::client_authentication::AuthenticatedClient;
use crate::{Service, ServiceError};

/// What of a client stands in tokens about people.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TokenSettings {
    /// Its tenant.
    pub tenant_id: TenantId,
    /// How long access tokens live.
    pub lifetime: TokenLifetime,
}

impl From<&AuthenticatedClient> for TokenSettings {
    fn from(client: &AuthenticatedClient) -> Self {
        Self {
            tenant_id: client.settings.tenant_id,
            lifetime: client.settings.token_lifetime,
        }
    }
}

impl Service {
    /// The answer of the token endpoint: an access token, and an ID token where the person signed in.
    pub(super) fn issue_to_person(
        &self,
        settings: TokenSettings,
        (grant, user): (&Grant, &TokenUser),
        scopes: Scopes,
        nonce: Option<String>,
        now: DateTime<Utc>,
    ) -> Result<TokenResponse, ServiceError> {
        let access_token = self.access_token_about(settings, (grant, user), scopes.clone(), now)?;
        let id_token = if scopes.has(Scope::OpenId) {
            let claims = IdTokenClaims {
                profile: Profile::within(&scopes, &user.name, &user.email),
                ..self.id_token_claims(settings, grant, nonce, now)
            };
            let token = self.sign_id_token(claims, (None, Some(&access_token)), now)?;
            Some(SentToken(token))
        } else {
            None
        };
        let mut response = TokenResponse::new(access_token, settings.lifetime, scopes);
        response.id_token = id_token;
        Ok(response)
    }

    /// An access token that speaks for a person.
    pub(crate) fn access_token_about(
        &self,
        settings: TokenSettings,
        (grant, user): (&Grant, &TokenUser),
        scopes: Scopes,
        now: DateTime<Utc>,
    ) -> Result<SecretString, ServiceError> {
        let subject = TokenSubject {
            sub: grant.user_id.0,
            client_id: grant.client_id,
            tenant_id: settings.tenant_id,
            token_lifetime: settings.lifetime,
            roles: user.roles.clone(),
            scopes,
            grant_id: Some(grant.id),
        };
        self.sign_access_token(subject, now)
    }

    /// What every ID token of a grant says.
    pub(crate) fn id_token_claims(
        &self,
        settings: TokenSettings,
        grant: &Grant,
        nonce: Option<String>,
        now: DateTime<Utc>,
    ) -> IdTokenClaims {
        let authentication = Authentication {
            user_id: grant.user_id,
            client_id: grant.client_id,
            tenant_id: settings.tenant_id,
            auth_time: grant.auth_time,
            session_id: grant.session_id,
            nonce,
        };
        IdTokenClaims::new(&self.issuer, authentication, now)
    }

    pub(super) fn sign_access_token(
        &self,
        subject: TokenSubject,
        now: DateTime<Utc>,
    ) -> Result<SecretString, ServiceError> {
        AccessTokenClaims::new(&self.issuer, subject, now, self.ids.uuid())
            .sign(&*self.keys.signing(KeyPurpose::AccessTokens, now)?)
            .map_err(|error| ServiceError::Internal(error.to_string()))
    }

    /// The ID token, bound to the code and the access token that are beside it in the answer.
    pub(crate) fn sign_id_token(
        &self,
        claims: IdTokenClaims,
        (code, access_token): (Option<&SecretString>, Option<&SecretString>),
        now: DateTime<Utc>,
    ) -> Result<SecretString, ServiceError> {
        let key = self.keys.signing(KeyPurpose::IdTokens, now)?;
        let hash = |text: &SecretString| half_hash(text, key.algorithm());
        let claims = IdTokenClaims {
            c_hash: code.map(hash),
            at_hash: access_token.map(hash),
            ..claims
        };
        claims
            .sign(&key)
            .map_err(|error| ServiceError::Internal(error.to_string()))
    }
}
