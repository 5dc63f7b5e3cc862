//! The discovery document (RFC 8414; OpenID Connect Discovery 1.0, section 3). It lists only what works.

use serde::Serialize;

use crate::algorithm::Algorithm;
use crate::client_authentication::Method;
use crate::issuer::Issuer;
use crate::response_type::{ResponseMode, ResponseType};
use crate::scope::Scope;
use crate::token_request::GRANT_TYPES;
use crate::{id_token, pkce};

/// The document, in the order of the specification.
#[derive(Clone, Debug, Serialize)]
pub struct Discovery {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    userinfo_endpoint: String,
    end_session_endpoint: String,
    check_session_iframe: String,
    revocation_endpoint: String,
    introspection_endpoint: String,
    jwks_uri: String,
    scopes_supported: [&'static str; Scope::ALL.len()],
    response_types_supported: [&'static str; ResponseType::NAMES.len()],
    response_modes_supported: [&'static str; ResponseMode::NAMES.len()],
    grant_types_supported: [&'static str; GRANT_TYPES.len()],
    subject_types_supported: [&'static str; 1],
    id_token_signing_alg_values_supported: Vec<&'static str>,
    token_endpoint_auth_methods_supported: [&'static str; Method::NAMES.len()],
    revocation_endpoint_auth_methods_supported: [&'static str; Method::NAMES.len()],
    introspection_endpoint_auth_methods_supported: [&'static str; Method::NAMES_WITH_SECRET.len()],
    claims_supported: [&'static str; id_token::CLAIMS.len()],
    #[serde(flatten)]
    not_read: NotRead,
    code_challenge_methods_supported: [&'static str; pkce::METHODS.len()],
    /// RFC 9207, section 3.
    authorization_response_iss_parameter_supported: bool,
}

/// Parameters of an authorization request that aren't read: all false.
#[derive(Clone, Debug, Default, Serialize)]
struct NotRead {
    claims_parameter_supported: bool,
    request_parameter_supported: bool,
    /// Said because leaving it out means yes.
    request_uri_parameter_supported: bool,
}

impl Discovery {
    /// The document of an issuer that signs ID tokens with these algorithms.
    pub fn of(issuer: &Issuer, id_token_algorithms: &[Algorithm]) -> Self {
        Self {
            issuer: issuer.as_str().to_owned(),
            authorization_endpoint: issuer.authorization_endpoint(),
            token_endpoint: issuer.token_endpoint(),
            userinfo_endpoint: issuer.userinfo_endpoint(),
            end_session_endpoint: issuer.end_session_endpoint(),
            check_session_iframe: issuer.check_session_iframe(),
            revocation_endpoint: issuer.revocation_endpoint(),
            introspection_endpoint: issuer.introspection_endpoint(),
            jwks_uri: issuer.jwks_uri(),
            scopes_supported: Scope::ALL.map(Scope::name),
            response_types_supported: ResponseType::NAMES,
            response_modes_supported: ResponseMode::NAMES,
            grant_types_supported: GRANT_TYPES,
            subject_types_supported: ["public"],
            id_token_signing_alg_values_supported: id_token_algorithms.iter().map(|a| a.name()).collect(),
            token_endpoint_auth_methods_supported: Method::NAMES,
            revocation_endpoint_auth_methods_supported: Method::NAMES,
            introspection_endpoint_auth_methods_supported: Method::NAMES_WITH_SECRET,
            claims_supported: id_token::CLAIMS,
            not_read: NotRead::default(),
            code_challenge_methods_supported: pkce::METHODS,
            authorization_response_iss_parameter_supported: true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn says_what_works() {
        let issuer = Issuer::new("https://id.example.com").unwrap();
        let document = serde_json::to_value(Discovery::of(&issuer, &[Algorithm::Rs256, Algorithm::EdDsa])).unwrap();
        assert_eq!(
            document,
            json!({
                "issuer": "https://id.example.com/identity",
                "authorization_endpoint": "https://id.example.com/identity/connect/authorize",
                "token_endpoint": "https://id.example.com/identity/connect/token",
                "userinfo_endpoint": "https://id.example.com/identity/connect/userinfo",
                "end_session_endpoint": "https://id.example.com/identity/connect/endsession",
                "check_session_iframe": "https://id.example.com/identity/connect/checksession",
                "revocation_endpoint": "https://id.example.com/identity/connect/revocation",
                "introspection_endpoint": "https://id.example.com/identity/connect/introspect",
                "jwks_uri": "https://id.example.com/identity/.well-known/openid-configuration/jwks",
                "scopes_supported": ["openid", "profile", "email", "ocsapi", "offline_access"],
                "response_types_supported": ["code", "code id_token", "code token", "code id_token token"],
                "response_modes_supported": ["query", "fragment", "form_post"],
                "grant_types_supported": ["client_credentials", "authorization_code", "refresh_token"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256", "EdDSA"],
                "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post", "none"],
                "revocation_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post", "none"],
                "introspection_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
                "claims_supported": [
                    "iss", "sub", "aud", "exp", "iat", "auth_time", "nonce", "sid", "tid", "at_hash", "c_hash", "name",
                    "email"
                ],
                "claims_parameter_supported": false,
                "request_parameter_supported": false,
                "request_uri_parameter_supported": false,
                "code_challenge_methods_supported": ["S256"],
                "authorization_response_iss_parameter_supported": true
            })
        );
    }
}
