//! What the authorization endpoint refuses: what a person is shown, and what an application is sent.

use secrecy::SecretString;

/// A request that is answered to the person alone, because nobody knows yet whether the address that it names is an
/// application's (RFC 6749, section 4.1.2.1). The text is for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ShownError {
    /// Too long to be looked at.
    #[error("The application sent a request that is too long. Tell whoever runs the application.")]
    TooLong,
    /// Not parameters at all.
    #[error("The application sent a request that can't be read. Tell whoever runs the application.")]
    Unreadable,
    /// No such client, or one that may not connect.
    #[error(
        "The application that sent you here is unknown or disabled. Tell whoever runs it: its client_id must be that of an \
         enabled client that signs people in."
    )]
    UnknownClient,
    /// An address that the client hasn't registered.
    #[error(
        "The application wants you to be sent to an address that it hasn't registered, so you were not sent there. Tell \
         whoever runs it: its redirect_uri must be one of the client's redirect URLs, character by character."
    )]
    RedirectUri,
    /// A stored request that is over.
    #[error("Signing in took too long. Go back to the application and start again.")]
    Over,
}

/// A request that is answered to the application (RFC 6749, section 4.1.2.1; OpenID Connect Core, section 3.1.2.6). The
/// text is for whoever develops it, and never repeats what was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AuthorizeError {
    /// What is wrong with it.
    #[error("{0}")]
    InvalidRequest(&'static str),
    /// The client may not ask for this response type.
    #[error("The client may not use this response type.")]
    UnauthorizedClient,
    /// Not one of those that discovery lists.
    #[error("The response type is not supported.")]
    UnsupportedResponseType,
    /// No scope that this request can get.
    #[error("The scope holds none that this request can get.")]
    InvalidScope,
    /// The person belongs to another tenant.
    #[error("The person belongs to another tenant than the client.")]
    AccessDenied,
    /// Somebody would have to sign in, and nobody may be asked.
    #[error("Nobody is signed in who may be answered without being asked.")]
    LoginRequired,
    /// Request objects aren't read.
    #[error("The parameter request is not supported.")]
    RequestNotSupported,
    /// Nor fetched.
    #[error("The parameter request_uri is not supported.")]
    RequestUriNotSupported,
}

impl AuthorizeError {
    /// The `error` of the answer.
    pub const fn code(self) -> &'static str {
        match self {
            Self::InvalidRequest(_) => "invalid_request",
            Self::UnauthorizedClient => "unauthorized_client",
            Self::UnsupportedResponseType => "unsupported_response_type",
            Self::InvalidScope => "invalid_scope",
            Self::AccessDenied => "access_denied",
            Self::LoginRequired => "login_required",
            Self::RequestNotSupported => "request_not_supported",
            Self::RequestUriNotSupported => "request_uri_not_supported",
        }
    }

    /// What the answer carries.
    pub fn parameters(self) -> Vec<(&'static str, SecretString)> {
        vec![
            ("error", self.code().into()),
            ("error_description", self.to_string().into()),
        ]
    }
}
