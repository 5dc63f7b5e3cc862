//! The discovery document (RFC 8414; OpenID Connect Discovery 1.0, section 3). It lists only what works.

use serde::Serialize;

use crate::access_token::CLAIMS;
use crate::algorithm::Algorithm;
use crate::client_authentication::Method;
use crate::issuer::Issuer;
use crate::token_request::{GRANT_TYPES, SCOPE_OCSAPI};

/// The document, in the order of the specification.
#[derive(Clone, Debug, Serialize)]
pub struct Discovery {
    issuer: String,
    token_endpoint: String,
    jwks_uri: String,
    scopes_supported: [&'static str; 1],
    /// Required by both specifications, and empty while no response type works.
    response_types_supported: [&'static str; 0],
    grant_types_supported: [&'static str; 1],
    subject_types_supported: [&'static str; 1],
    id_token_signing_alg_values_supported: Vec<&'static str>,
    token_endpoint_auth_methods_supported: [&'static str; 2],
    claims_supported: [&'static str; CLAIMS.len()],
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
            token_endpoint: issuer.token_endpoint(),
            jwks_uri: issuer.jwks_uri(),
            scopes_supported: [SCOPE_OCSAPI],
            response_types_supported: [],
            grant_types_supported: GRANT_TYPES,
            subject_types_supported: ["public"],
            id_token_signing_alg_values_supported: id_token_algorithms.iter().map(|a| a.name()).collect(),
            token_endpoint_auth_methods_supported: Method::NAMES,
            claims_supported: CLAIMS,
            claims_parameter_supported: false,
            request_parameter_supported: false,
            request_uri_parameter_supported: false,
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
                "token_endpoint": "https://id.example.com/identity/connect/token",
                "jwks_uri": "https://id.example.com/identity/.well-known/openid-configuration/jwks",
                "scopes_supported": ["ocsapi"],
                "response_types_supported": [],
                "grant_types_supported": ["client_credentials"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256", "EdDSA"],
                "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
                "claims_supported": [
                    "iss", "sub", "aud", "exp", "iat", "nbf", "jti", "client_id", "scope", "tid", "roles", "role_ids",
                    "role_type"
                ],
                "claims_parameter_supported": false,
                "request_parameter_supported": false,
                "request_uri_parameter_supported": false
            })
        );
    }
}
