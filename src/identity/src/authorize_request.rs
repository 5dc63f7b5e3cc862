//! What a request to the authorization endpoint asks for (RFC 6749, section 4.1.1; OpenID Connect Core, sections 3.1.2.1 and
//! 3.3.2.1). Who asks and where the answer goes is read first: until both are right, nothing is redirected.

use std::collections::BTreeSet;

use domain::client::{ClientId, ClientKind};
use domain::tenant::TenantId;
use secrecy::SecretString;

use crate::authorize_error::{AuthorizeError, ShownError};
use crate::client_authentication::parse_client_id;
use crate::form::{Form, is_form};
use crate::pkce::CodeChallenge;
use crate::redirect::{ReturnAddress, is_registered};
use crate::response_type::{ResponseMode, ResponseType};
use crate::scope::{Scope, Scopes};

#[cfg(test)]
mod tests;

/// The most bytes of a request.
pub const MAX_REQUEST: usize = 8 * 1024;
/// The most bytes of what is kept for the client: its nonce and state.
const MAX_KEPT: usize = 2 * 1024;

/// What the rules ask of a client.
#[derive(Clone, Copy, Debug)]
pub struct AuthorizeClient {
    /// Its kind.
    pub kind: ClientKind,
    /// Its tenant.
    pub tenant_id: TenantId,
    /// Whether `offline_access` gives it a refresh token.
    pub allow_offline_access: bool,
    /// Whether it may get access tokens through the browser.
    pub allow_access_tokens_via_browser: bool,
}

/// Whether the person is asked to sign in (OpenID Connect Core, section 3.1.2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prompt {
    /// When nobody is signed in.
    WhenNeeded,
    /// Never.
    None,
    /// In any case. To choose an account is the same: one signs in with it.
    Login,
}

/// A request that is right in itself.
#[derive(Clone, Debug)]
pub struct AuthorizeRequest {
    /// What comes back.
    pub response_type: ResponseType,
    /// What the client may get.
    pub scopes: Scopes,
    /// What the redeemer of the code must meet.
    pub code_challenge: Option<CodeChallenge>,
    /// What the ID token repeats.
    pub nonce: Option<String>,
    /// Whether the person is asked to sign in.
    pub prompt: Prompt,
    /// How many seconds ago they may have entered their password.
    pub max_age: Option<i64>,
    /// An ID token of the person who is expected.
    pub id_token_hint: Option<SecretString>,
}

/// The parameters as they came.
pub struct AuthorizeParameters {
    form: Form,
    repeated: BTreeSet<String>,
}

impl AuthorizeParameters {
    /// Reads a query, or the body of a form.
    ///
    /// # Errors
    /// [`ShownError::TooLong`] and [`ShownError::Unreadable`].
    pub fn read(text: &str) -> Result<Self, ShownError> {
        if text.len() > MAX_REQUEST {
            return Err(ShownError::TooLong);
        }
        let (form, repeated) = Form::pairs(text.as_bytes()).ok_or(ShownError::Unreadable)?;
        Ok(Self { form, repeated })
    }

    /// The text of a posted request, which is then read as a query is.
    ///
    /// # Errors
    /// [`ShownError::Unreadable`] when it is no form.
    pub fn of_form(content_type: Option<&str>, body: &[u8]) -> Result<String, ShownError> {
        let text = std::str::from_utf8(body).ok().filter(|text| !text.contains('\0'));
        match text {
            Some(text) if is_form(content_type) => Ok(text.to_owned()),
            _ => Err(ShownError::Unreadable),
        }
    }

    /// Who asks.
    ///
    /// # Errors
    /// [`ShownError::UnknownClient`] when it can't be a client of ours.
    pub fn client_id(&self) -> Result<ClientId, ShownError> {
        let client_id = self.form.text("client_id").and_then(parse_client_id);
        client_id.ok_or(ShownError::UnknownClient)
    }

    /// Where and how the answer goes, be it an error.
    ///
    /// # Errors
    /// [`ShownError::RedirectUri`] unless it is one of those that the client registered.
    pub fn return_address(&self, registered: &[String]) -> Result<ReturnAddress, ShownError> {
        let redirect_uri = self.form.text("redirect_uri").ok_or(ShownError::RedirectUri)?;
        if !is_registered(registered, redirect_uri) {
            return Err(ShownError::RedirectUri);
        }
        let state = self.form.text("state").filter(|state| state.len() <= MAX_KEPT);
        Ok(ReturnAddress {
            redirect_uri: redirect_uri.to_owned(),
            mode: ResponseMode::of(self.form.text("response_type"), self.form.text("response_mode")),
            state: state.map(str::to_owned),
        })
    }

    /// The e-mail address that the application expects the person to sign in with.
    pub fn login_hint(&self) -> Option<&str> {
        self.form.text("login_hint")
    }

    /// What is asked for, if this client may ask for it.
    ///
    /// # Errors
    /// Every [`AuthorizeError`] that shows without looking at the person.
    pub fn request(&self, client: &AuthorizeClient) -> Result<AuthorizeRequest, AuthorizeError> {
        self.check_parameters()?;
        let response_type = self.response_type(client)?;
        let scopes = self.scopes(client, response_type)?;
        let code_challenge = self.code_challenge()?;
        let nonce = self.form.text("nonce");
        if response_type.id_token && nonce.is_none() {
            return Err(AuthorizeError::InvalidRequest("The parameter nonce is missing."));
        }
        // Something must bind the code to who asked for it: a challenge or, in a client with a secret, the ID token.
        let bound_by_nonce = client.kind == ClientKind::Hybrid && scopes.has(Scope::OpenId) && nonce.is_some();
        if code_challenge.is_none() && !bound_by_nonce {
            return Err(AuthorizeError::InvalidRequest(
                "The parameter code_challenge is missing: PKCE with S256 is required.",
            ));
        }
        self.check_tenant(client.tenant_id)?;
        Ok(AuthorizeRequest {
            response_type,
            scopes,
            code_challenge,
            nonce: nonce.map(str::to_owned),
            prompt: self.prompt()?,
            max_age: self.max_age()?,
            id_token_hint: self.form.get("id_token_hint").cloned(),
        })
    }

    fn check_parameters(&self) -> Result<(), AuthorizeError> {
        if !self.repeated.is_empty() {
            return Err(AuthorizeError::InvalidRequest("A parameter is repeated."));
        }
        let too_long = |name| self.form.text(name).is_some_and(|value| value.len() > MAX_KEPT);
        if too_long("state") || too_long("nonce") {
            return Err(AuthorizeError::InvalidRequest(
                "The parameter state or nonce is too long.",
            ));
        }
        // Kept as text, which on PostgreSQL holds anything else.
        if self.form.text("nonce").is_some_and(|nonce| nonce.contains('\0')) {
            return Err(AuthorizeError::InvalidRequest("The parameter nonce is wrong."));
        }
        if self.form.get("request").is_some() {
            return Err(AuthorizeError::RequestNotSupported);
        }
        if self.form.get("request_uri").is_some() {
            return Err(AuthorizeError::RequestUriNotSupported);
        }
        Ok(())
    }

    fn response_type(&self, client: &AuthorizeClient) -> Result<ResponseType, AuthorizeError> {
        let text = self.form.text("response_type").ok_or(AuthorizeError::InvalidRequest(
            "The parameter response_type is missing.",
        ))?;
        let response_type = ResponseType::parse(text).ok_or(AuthorizeError::UnsupportedResponseType)?;
        let may = match client.kind {
            ClientKind::ClientCredentials => false,
            ClientKind::AuthorizationCode => !response_type.is_hybrid(),
            ClientKind::Hybrid => !response_type.token || client.allow_access_tokens_via_browser,
        };
        if !may {
            return Err(AuthorizeError::UnauthorizedClient);
        }
        match self.form.text("response_mode").map(ResponseMode::from_name) {
            Some(None) => Err(AuthorizeError::InvalidRequest("The response mode is not supported.")),
            Some(Some(ResponseMode::Query)) if response_type.is_hybrid() => Err(AuthorizeError::InvalidRequest(
                "The response mode query is not allowed for this response type.",
            )),
            _ => Ok(response_type),
        }
    }

    /// Without the right to a refresh token `offline_access` is left out. What passes through the browser is OpenID
    /// Connect's, and so needs its scope.
    fn scopes(&self, client: &AuthorizeClient, response_type: ResponseType) -> Result<Scopes, AuthorizeError> {
        let mut scopes = Scopes::known(self.form.text("scope").unwrap_or_default());
        if !client.allow_offline_access {
            scopes = scopes.without(Scope::OfflineAccess);
        }
        if scopes.is_empty() || (response_type.is_hybrid() && !scopes.has(Scope::OpenId)) {
            return Err(AuthorizeError::InvalidScope);
        }
        Ok(scopes)
    }

    /// The challenge. Its method must be said: without it `plain` would be meant (RFC 7636, section 4.3).
    fn code_challenge(&self) -> Result<Option<CodeChallenge>, AuthorizeError> {
        let method = self.form.text("code_challenge_method");
        match self.form.text("code_challenge") {
            None if method.is_some() => Err(AuthorizeError::InvalidRequest(
                "The parameter code_challenge is missing.",
            )),
            None => Ok(None),
            Some(_) if method != Some("S256") => Err(AuthorizeError::InvalidRequest(
                "The parameter code_challenge_method must be S256.",
            )),
            Some(text) => CodeChallenge::parse(text)
                .map(Some)
                .ok_or(AuthorizeError::InvalidRequest("The parameter code_challenge is wrong.")),
        }
    }

    fn prompt(&self) -> Result<Prompt, AuthorizeError> {
        let words: BTreeSet<&str> = self.form.text("prompt").unwrap_or_default().split(' ').collect();
        let known = |word: &&str| matches!(*word, "" | "none" | "login" | "consent" | "select_account");
        if !words.iter().all(known) || (words.contains("none") && words.len() > 1) {
            return Err(AuthorizeError::InvalidRequest("The parameter prompt is wrong."));
        }
        Ok(if words.contains("none") {
            Prompt::None
        } else if words.contains("login") || words.contains("select_account") {
            Prompt::Login
        } else {
            Prompt::WhenNeeded
        })
    }

    fn max_age(&self) -> Result<Option<i64>, AuthorizeError> {
        let Some(text) = self.form.text("max_age") else {
            return Ok(None);
        };
        let seconds = text.parse::<i64>().ok().filter(|seconds| *seconds >= 0);
        seconds
            .map(Some)
            .ok_or(AuthorizeError::InvalidRequest("The parameter max_age is wrong."))
    }

    /// A tenant that is asked for must be the client's.
    fn check_tenant(&self, tenant: TenantId) -> Result<(), AuthorizeError> {
        let values = self.form.text("acr_values").unwrap_or_default();
        let mut tenants = values.split(' ').filter_map(|value| value.strip_prefix("tenant:"));
        if tenants.all(|named| named.eq_ignore_ascii_case(&tenant.to_string())) {
            Ok(())
        } else {
            Err(AuthorizeError::InvalidRequest("The tenant is not that of the client."))
        }
    }
}
