//! What the userinfo endpoint answers (OpenID Connect Core, section 5.3).

use identity::access_token::AccessTokenClaims;
use identity::bearer_token::BearerError;
use identity::scope::Scope;
use identity::userinfo::{Profile, UserInfo};
use identity::verify::{VerifyError, verify_access_token};
use secrecy::{ExposeSecret, SecretString};
use store::grants;

use crate::{Service, ServiceError};

#[cfg(test)]
mod tests;

/// Why an application learned nothing.
#[derive(Debug, thiserror::Error)]
pub enum UserInfoError {
    /// It was refused; this is the answer.
    #[error(transparent)]
    Refused(#[from] BearerError),
    /// The server failed. The text is for the log.
    #[error(transparent)]
    Failed(#[from] ServiceError),
}

impl Service {
    /// What an access token tells of its person, as long as what they allowed holds.
    pub async fn user_info(&self, token: &SecretString) -> Result<UserInfo, UserInfoError> {
        let claims = self.read_access_token(token).await;
        let claims = claims.map_err(|_| BearerError::InvalidToken)?;
        let grant = claims.grant_id.filter(|_| claims.scope.has(Scope::OpenId));
        let grant = grant.ok_or(BearerError::InsufficientScope)?;
        let person = grants::person(&self.database, grant)
            .await
            .map_err(ServiceError::from)?;
        let person = person.ok_or(BearerError::InvalidToken)?;
        Ok(UserInfo {
            sub: person.id,
            profile: Profile::within(&claims.scope, &person.name, &person.email),
        })
    }

    /// What an access token says, if it is ours and holds now. Whether its grant still holds, the store says.
    pub(crate) async fn read_access_token(&self, token: &SecretString) -> Result<AccessTokenClaims, VerifyError> {
        let verify = || verify_access_token(token.expose_secret(), &self.keys.ring(), &self.issuer, self.clock.now());
        match verify() {
            Err(VerifyError::UnknownKey) => {
                self.look_for_new_keys().await;
                verify()
            }
            read => read,
        }
    }
}
