//! Signing out at the wish of an application (OpenID Connect RP-Initiated Logout): of the portal and of all applications, as
//! they share one session.

use std::net::IpAddr;

use identity::end_session_request::EndSessionRequest;
use identity::id_token::IdTokenClaims;
use identity::redirect::is_registered;
use secrecy::ExposeSecret;
use store::sessions::{self, SignedIn};
use store::{authorize_clients, client_uris};

use crate::authorize::AuthorizeFailure;
use crate::bearer::bearer_hash;
use crate::sign_in::SessionCookies;
use crate::{Service, ServiceError};

#[cfg(test)]
mod tests;

/// What becomes of such a wish.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SessionEnd {
    /// The person is asked first: anybody's link could have brought them here.
    Ask,
    /// Nobody is signed in here any more. The person goes on to this address; with none they are told.
    Ended(Option<String>),
}

impl Service {
    /// Ends the session, given the query and the cookies of the browser, if the hint is of this very session.
    pub async fn end_session(
        &self,
        query: &str,
        cookies: SessionCookies<'_>,
        address: Option<IpAddr>,
    ) -> Result<SessionEnd, AuthorizeFailure> {
        let request = EndSessionRequest::read(query)?;
        let now = self.clock.now();
        let hint = request.id_token_hint.as_ref();
        let hint =
            hint.and_then(|hint| IdTokenClaims::read_hint(hint.expose_secret(), &self.issuer, &self.keys.ring(), now));
        let signed_in = match cookies.authorize {
            Some(token) => sessions::signed_in(&self.database, &bearer_hash(token), now).await?,
            None => None,
        };
        // A hint that the application which asks didn't get is anybody's.
        let agrees = request.client(hint.as_ref()).is_some();
        let hinted = |session: &SignedIn| agrees && hint.as_ref().is_some_and(|hint| hint.sid == session.id);
        if signed_in.as_ref().is_some_and(|session| !hinted(session)) {
            return Ok(SessionEnd::Ask);
        }
        // A browser may hold the cookie of the portal alone, or of another session: no link ends that one unasked.
        if let Some(portal) = cookies.portal.map(bearer_hash)
            && signed_in.as_ref().is_none_or(|session| session.token_hash != portal)
            && sessions::user(&self.database, &portal, now).await?.is_some()
        {
            return Ok(SessionEnd::Ask);
        }
        if signed_in.is_some() {
            self.sign_out(cookies, address).await?;
        }
        Ok(SessionEnd::Ended(self.after_sign_out(&request, hint.as_ref()).await?))
    }

    /// Where the person goes: to an address that the client which asks has registered, or nowhere.
    async fn after_sign_out(
        &self,
        request: &EndSessionRequest,
        hint: Option<&IdTokenClaims>,
    ) -> Result<Option<String>, ServiceError> {
        let (Some(wanted), Some(client)) = (&request.post_logout_redirect_uri, request.client(hint)) else {
            return Ok(None);
        };
        if authorize_clients::read(&self.database, client).await?.is_none() {
            return Ok(None);
        }
        let registered = client_uris::of_client(&self.database, client)
            .await?
            .logout_redirect_urls;
        Ok(is_registered(&registered, wanted).then(|| request.location(wanted)))
    }
}
