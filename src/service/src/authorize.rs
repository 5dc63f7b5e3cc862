//! The authorization endpoint's use case (RFC 6749, section 4.1; OpenID Connect Core, section 3): whether the person who is
//! signed in may be answered, or somebody signs in first.

use std::net::IpAddr;

use chrono::{DateTime, Duration, Utc};
use domain::client::ClientId;
use domain::grant::GrantId;
use domain::refresh_token_lifetimes::RefreshTokenLifetimes;
use domain::user::UserId;
use identity::authorize_error::{AuthorizeError, ShownError};
use identity::authorize_request::{self, AuthorizeParameters, AuthorizeRequest, Prompt};
use identity::id_token::IdTokenClaims;
use identity::redirect::{Answer, ReturnAddress};
use identity::scope::{Scope, Scopes};
use identity::session_state::session_state;
use secrecy::{ExposeSecret, SecretString};
use store::authorization_codes::NewCode;
use store::authorize_clients::{self, AuthorizeClient};
use store::authorize_requests::{self, StoredRequest};
use store::grants::{self, Grant};
use store::sessions::{self, SignedIn};
use store::{StoreError, token_users};

use crate::bearer::bearer_hash;
use crate::sign_in::browser_state;
use crate::throttle::network;
use crate::token::person::TokenSettings;
use crate::{Service, ServiceError};

#[cfg(test)]
pub(crate) mod fixtures;
#[cfg(test)]
mod tests;

/// How long a code waits for its use.
const CODE: Duration = Duration::seconds(60);
/// The longest that an access token lives.
pub(crate) const ACCESS_TOKEN: Duration = Duration::hours(1);
/// How long a request waits for somebody to sign in.
const WAITING: Duration = Duration::hours(1);
/// How many requests of one network wait at once, each of at most [`MAX_REQUEST`](authorize_request::MAX_REQUEST) bytes. One
/// more takes the place of the oldest one there: whoever sends many from there fills no table, and pushes out nobody who is elsewhere.
const WAITING_OF_A_NETWORK: i64 = 200;

/// What becomes of a request.
#[derive(Debug)]
pub enum Authorized {
    /// The application is answered.
    Answer(Answer),
    /// Somebody signs in first. With this the request is resumed then.
    SignIn(SecretString),
}

/// Why neither becomes of it.
#[derive(Debug, thiserror::Error)]
pub enum AuthorizeFailure {
    /// The person is told.
    #[error(transparent)]
    Shown(#[from] ShownError),
    /// The server failed. The text is for the log.
    #[error(transparent)]
    Failed(#[from] ServiceError),
}

impl From<StoreError> for AuthorizeFailure {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.into())
    }
}

/// What the sign-in page says of a request that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingRequest {
    /// The name of the application.
    pub application: String,
    /// The e-mail address that it expects; may be empty.
    pub email: String,
}

/// What was decided, before it is done.
enum Decision {
    Answer(Answer),
    SignIn,
}

/// Whom an application expects to be signed in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Expected {
    Anybody,
    Person(UserId),
    /// Somebody, by a hint that isn't ours or is of a key that is gone.
    Unknown,
}

impl Expected {
    /// Whether this is certainly who is expected.
    fn is(self, person: UserId) -> bool {
        match self {
            Self::Anybody => true,
            Self::Person(expected) => expected == person,
            Self::Unknown => false,
        }
    }
}

impl Service {
    /// Answers a request, given its query, the cookie with which somebody is signed in to applications, and where it came
    /// from.
    pub async fn authorize(
        &self,
        query: &str,
        session: Option<&str>,
        address: IpAddr,
    ) -> Result<Authorized, AuthorizeFailure> {
        match self.decide(query, session, None).await? {
            Decision::Answer(answer) => Ok(Authorized::Answer(answer)),
            Decision::SignIn => Ok(Authorized::SignIn(self.keep_request(query, address).await?)),
        }
    }

    /// Answers a request that waited, after somebody signed in or because it was posted.
    pub async fn resume_authorize(&self, token: &str, session: Option<&str>) -> Result<Authorized, AuthorizeFailure> {
        let waiting = self.waiting(token).await?.ok_or(ShownError::Over)?;
        match self.decide(&waiting.query, session, Some(waiting.created_at)).await? {
            Decision::Answer(answer) => {
                // It is answered once: nobody goes back to it without signing in again.
                let mut tx = self.database.begin().await?;
                if !authorize_requests::delete(&mut tx, &bearer_hash(token)).await? {
                    return Err(ShownError::Over.into());
                }
                tx.commit().await?;
                Ok(Authorized::Answer(answer))
            }
            Decision::SignIn => Ok(Authorized::SignIn(token.into())),
        }
    }

    /// Keeps a posted request, to be resumed by a request that brings the cookies which a post from another site doesn't.
    pub async fn post_authorize(
        &self,
        content_type: Option<&str>,
        body: &[u8],
        address: IpAddr,
    ) -> Result<SecretString, AuthorizeFailure> {
        let query = AuthorizeParameters::of_form(content_type, body)?;
        // Nothing is kept for who isn't a client.
        let (parameters, id) = read(&query)?;
        let client = authorize_clients::read(&self.database, id).await?;
        parameters.return_address(&client.ok_or(ShownError::UnknownClient)?.redirect_uris)?;
        Ok(self.keep_request(&query, address).await?)
    }

    /// What the sign-in page says of a request that waits; none when it doesn't, or its application is gone.
    pub async fn waiting_request(&self, token: &str) -> Result<Option<WaitingRequest>, ServiceError> {
        let Some(waiting) = self.waiting(token).await? else {
            return Ok(None);
        };
        let Ok((parameters, id)) = read(&waiting.query) else {
            return Ok(None);
        };
        let client = authorize_clients::read(&self.database, id).await?;
        Ok(client.map(|client| WaitingRequest {
            application: client.name,
            email: parameters.login_hint().unwrap_or_default().to_owned(),
        }))
    }

    async fn waiting(&self, token: &str) -> Result<Option<StoredRequest>, StoreError> {
        authorize_requests::find(&self.database, &bearer_hash(token), self.clock.now()).await
    }

    async fn keep_request(&self, query: &str, address: IpAddr) -> Result<SecretString, ServiceError> {
        let token = self.new_bearer();
        let now = self.clock.now();
        let request = StoredRequest {
            query: query.to_owned(),
            created_at: now,
        };
        let hash = bearer_hash(token.expose_secret());
        let network = network(address).to_string();
        let mut tx = self.database.begin().await?;
        authorize_requests::make_room(&mut tx, &network, WAITING_OF_A_NETWORK, now).await?;
        authorize_requests::insert(&mut tx, &network, &hash, &request, now + WAITING).await?;
        tx.commit().await?;
        Ok(token)
    }

    /// `waiting_since` is when a request came that waited for somebody to sign in.
    async fn decide(
        &self,
        query: &str,
        session: Option<&str>,
        waiting_since: Option<DateTime<Utc>>,
    ) -> Result<Decision, AuthorizeFailure> {
        let now = self.clock.now();
        let (parameters, id) = read(query)?;
        let client = authorize_clients::read(&self.database, id).await?;
        let client = client.ok_or(ShownError::UnknownClient)?;
        let back = parameters.return_address(&client.redirect_uris)?;
        let rules = authorize_request::AuthorizeClient {
            kind: client.kind,
            tenant_id: client.tenant_id,
            allow_offline_access: client.allow_offline_access,
            allow_access_tokens_via_browser: client.allow_access_tokens_via_browser,
        };
        let refuse = |back: ReturnAddress, error: AuthorizeError| {
            tracing::info!(client = %id, %error, "authorization refused");
            Ok(Decision::Answer(back.answer(&self.issuer, error.parameters())))
        };
        let request = match parameters.request(&rules) {
            Ok(request) => request,
            Err(error) => return refuse(back, error),
        };
        let signed_in = match session {
            Some(token) => sessions::signed_in(&self.database, &bearer_hash(token), now).await?,
            None => None,
        };
        let browser_state = session.map(browser_state).unwrap_or_default();
        let expected = self.expected_person(&request, now);
        let fresh = |session: &SignedIn| waiting_since.is_some_and(|since| since <= session.auth_time);
        let sign_in = |back: ReturnAddress| {
            if request.prompt == Prompt::None {
                refuse(back, AuthorizeError::LoginRequired)
            } else {
                Ok(Decision::SignIn)
            }
        };
        let Some(session) = signed_in.filter(|session| fresh(session) || suffices(&request, session, expected, now))
        else {
            return sign_in(back);
        };
        if session.tenant_id != client.tenant_id {
            return refuse(back, AuthorizeError::AccessDenied);
        }
        // Whoever signed in at the request of an application is answered, if nobody knows whom else it means.
        let is_unknown = expected == Expected::Unknown && request.prompt != Prompt::None;
        if !is_unknown && !expected.is(session.user_id) {
            return refuse(back, AuthorizeError::LoginRequired);
        }
        let granted = self.grant((id, &client), &request, &session, &back, now).await?;
        let Some(mut parameters) = granted else {
            return sign_in(back);
        };
        if request.scopes.has(Scope::OpenId) {
            let salt = self.new_bearer();
            let state = session_state(id, &back.redirect_uri, &browser_state, salt.expose_secret());
            parameters.extend(state.map(|state| ("session_state", state.into())));
        }
        Ok(Decision::Answer(back.answer(&self.issuer, parameters)))
    }

    /// Whom the application expects.
    fn expected_person(&self, request: &AuthorizeRequest, now: DateTime<Utc>) -> Expected {
        let Some(hint) = &request.id_token_hint else {
            return Expected::Anybody;
        };
        let hint = IdTokenClaims::read_hint(hint.expose_secret(), &self.issuer, &self.keys.ring(), now);
        hint.map_or(Expected::Unknown, |hint| Expected::Person(hint.sub))
    }

    /// Keeps what the person allowed and answers what the application gets of it; `None` when their session ended in this very
    /// moment.
    async fn grant(
        &self,
        (id, client): (ClientId, &AuthorizeClient),
        request: &AuthorizeRequest,
        session: &SignedIn,
        back: &ReturnAddress,
        now: DateTime<Utc>,
    ) -> Result<Option<Vec<(&'static str, SecretString)>>, ServiceError> {
        let grant = Grant {
            id: GrantId(self.ids.uuid()),
            client_id: id,
            user_id: session.user_id,
            scope: request.scopes.to_string(),
            auth_time: session.auth_time,
            session_id: session.id,
            created_at: now,
            expires_at: now + longest_use(&request.scopes, self.refresh_tokens),
        };
        let code = self.new_bearer();
        let settings = TokenSettings {
            tenant_id: client.tenant_id,
            lifetime: client.token_lifetime,
        };
        // Signed before anything is stored: of what can't be signed nothing is left.
        let access_token = if request.response_type.token {
            let Some(user) = token_users::read(&self.database, session.user_id).await? else {
                return Ok(None);
            };
            let scopes = request.scopes.clone();
            Some(self.access_token_about(settings, (&grant, &user), scopes, now)?)
        } else {
            None
        };
        let id_token = if request.response_type.id_token {
            let claims = self.id_token_claims(settings, &grant, request.nonce.clone(), now);
            Some(self.sign_id_token(claims, (Some(&code), access_token.as_ref()), now)?)
        } else {
            None
        };
        if !self.keep_grant((&grant, session), (&code, request), back).await? {
            return Ok(None);
        }
        let mut parameters = vec![("code", code)];
        if let Some(token) = access_token {
            parameters.push(("access_token", token));
            parameters.push(("token_type", "Bearer".into()));
            parameters.push(("expires_in", client.token_lifetime.seconds().to_string().into()));
            parameters.push(("scope", request.scopes.to_string().into()));
        }
        parameters.extend(id_token.map(|token| ("id_token", token)));
        Ok(Some(parameters))
    }

    /// Keeps a grant and its code, and answers whether it did: not when the session ended since it was read.
    async fn keep_grant(
        &self,
        (grant, session): (&Grant, &SignedIn),
        (code, request): (&SecretString, &AuthorizeRequest),
        back: &ReturnAddress,
    ) -> Result<bool, ServiceError> {
        let new = NewCode {
            hash: bearer_hash(code.expose_secret()),
            redirect_uri: back.redirect_uri.clone(),
            code_challenge: request
                .code_challenge
                .as_ref()
                .map(|challenge| challenge.as_bytes().to_vec()),
            nonce: request.nonce.clone(),
            expires_at: grant.created_at + CODE,
        };
        // A reset or being disabled ends what was allowed before: nothing is allowed after it with a session of before.
        Ok(grants::insert(&self.database, grant, new, &session.token_hash).await?)
    }

    /// Forgets the grants that are over. A server calls this now and then, so that no sign-in pays for it.
    pub async fn forget_grants(&self) -> Result<(), ServiceError> {
        let mut tx = self.database.begin().await?;
        grants::delete_over(&mut tx, self.clock.now()).await?;
        Ok(tx.commit().await?)
    }
}

/// The parameters of a request and who sends it.
fn read(query: &str) -> Result<(AuthorizeParameters, ClientId), ShownError> {
    let parameters = AuthorizeParameters::read(query)?;
    let id = parameters.client_id()?;
    Ok((parameters, id))
}

/// Whether the request is content with this session, without another sign-in (OpenID Connect Core, section 3.1.2.1).
fn suffices(request: &AuthorizeRequest, session: &SignedIn, expected: Expected, now: DateTime<Utc>) -> bool {
    let age = now - session.auth_time;
    // What is too long for a duration is longer than any session.
    let is_young = request
        .max_age
        .and_then(Duration::try_seconds)
        .is_none_or(|max_age| age <= max_age);
    // Whom nobody may ask is refused, and not asked to be somebody else.
    let is_expected = request.prompt == Prompt::None || expected.is(session.user_id);
    request.prompt != Prompt::Login && is_young && is_expected
}

/// How long any token of a grant can be good.
fn longest_use(scopes: &Scopes, refresh_tokens: RefreshTokenLifetimes) -> Duration {
    let refreshed = if scopes.has(Scope::OfflineAccess) {
        refresh_tokens.absolute()
    } else {
        CODE
    };
    refreshed + ACCESS_TOKEN
}
