//! Why a server function came to nothing, as the page can show it.

use domain::field::FieldError;
use domain::identity_list::Identity;
use leptos::prelude::FromServerFnError;
use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::ServerFnErrorErr;
use serde::{Deserialize, Serialize};

/// Why a call was refused or failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CallError {
    /// Nobody is signed in, or no longer.
    SignedOut,
    /// The person may not do this.
    Forbidden,
    /// What was asked for isn't there.
    NotFound,
    /// Of several that were chosen, these aren't there any more.
    Gone(Vec<Identity>),
    /// These fields are wrong.
    Invalid(Vec<FieldError>),
    /// What is there already stands in the way; the sentence says what.
    Refused(String),
    /// Somebody else changed it meanwhile.
    Conflict,
    /// Too many others ask for the same at this moment.
    Busy,
    /// The server could not read the request.
    Malformed,
    /// The server failed; its log tells why under this operation id.
    Failed(String),
    /// No answer came that could be read.
    Unreachable,
}

impl CallError {
    /// A sentence that says what happened and what to do next.
    pub fn message(&self) -> String {
        match self {
            Self::SignedOut => "You are signed out. Sign in in another tab, then try again.".to_owned(),
            Self::Forbidden => "Only a Tenant Administrator may do this. Ask one of them.".to_owned(),
            Self::NotFound => "It doesn't exist any more. Reload the page.".to_owned(),
            Self::Gone(_) => "Some of those that you chose don't exist any more. Choose again.".to_owned(),
            Self::Invalid(errors) => {
                let messages: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
                messages.join(" ")
            }
            Self::Refused(sentence) => sentence.clone(),
            Self::Conflict => "Somebody else changed this meanwhile. Reload the page to see how it stands.".to_owned(),
            Self::Busy => "The server is busy. Try again in a moment.".to_owned(),
            Self::Malformed => "The server can't read this request. Reload the page and try again.".to_owned(),
            Self::Failed(id) => {
                format!("The server failed. Nothing was changed. Try again; its log says why, under operation {id}.")
            }
            Self::Unreachable => "The server doesn't answer. Check the connection and try again.".to_owned(),
        }
    }
}

impl FromServerFnError for CallError {
    type Encoder = JsonEncoding;

    /// On the server a body that can't be read is the caller's fault.
    #[cfg(feature = "ssr")]
    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Deserialization(_) => {
                super::request::malformed()
            }
            error => super::request::failed(&error),
        }
    }

    /// In the browser an answer that can't be read is none.
    #[cfg(not(feature = "ssr"))]
    fn from_server_fn_error(_: ServerFnErrorErr) -> Self {
        Self::Unreachable
    }
}
