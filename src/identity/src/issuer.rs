//! The issuer and the addresses beneath it. They come from configuration, never from a request's `Host`.

use domain::view::Endpoints;
use url::Url;

/// Who issues tokens: `{public URL}/identity` (RFC 8414, section 2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issuer {
    /// Scheme, host and port, without a slash at the end.
    origin: String,
    /// The issuer.
    issuer: String,
}

/// Why an address can't be the public URL: the rest of a sentence that names the setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PublicUrlError {
    /// No URL at all.
    #[error("it is not a URL such as https://id.example.com.")]
    NotAUrl,
    /// Neither `http` nor `https`.
    #[error("it must start with http:// or https://.")]
    Scheme,
    /// More than scheme, host and port. The well-known addresses of discovery leave no room for a path.
    #[error("it must be scheme, host and port only, such as https://id.example.com.")]
    NotAnOrigin,
}

impl Issuer {
    /// The issuer at a public URL.
    pub fn new(public_url: &str) -> Result<Self, PublicUrlError> {
        let public_url = Url::parse(public_url).map_err(|_| PublicUrlError::NotAUrl)?;
        if !matches!(public_url.scheme(), "http" | "https") {
            return Err(PublicUrlError::Scheme);
        }
        let origin = public_url.origin().ascii_serialization();
        // Compared as a whole, so that a path, query, fragment or user info can't hide.
        if public_url.as_str() != format!("{origin}/") {
            return Err(PublicUrlError::NotAnOrigin);
        }
        let issuer = format!("{origin}/identity");
        Ok(Self { origin, issuer })
    }

    /// The public URL, without a slash at the end; also the origin of the portal's pages.
    pub fn public_url(&self) -> &str {
        &self.origin
    }

    /// The `iss` of every token.
    pub fn as_str(&self) -> &str {
        &self.issuer
    }

    /// Where the REST API is; the `aud` of tokens for it.
    pub fn api(&self) -> String {
        format!("{}/api", self.origin)
    }

    /// Where people sign in to applications.
    pub fn authorization_endpoint(&self) -> String {
        format!("{}/connect/authorize", self.issuer)
    }

    /// Where applications learn who signed in.
    pub fn userinfo_endpoint(&self) -> String {
        format!("{}/connect/userinfo", self.issuer)
    }

    /// Where pages of applications ask whether somebody is still signed in.
    pub fn check_session_iframe(&self) -> String {
        format!("{}/connect/checksession", self.issuer)
    }

    /// Where people sign out.
    pub fn end_session_endpoint(&self) -> String {
        format!("{}/connect/endsession", self.issuer)
    }

    /// Where clients take tokens back.
    pub fn revocation_endpoint(&self) -> String {
        format!("{}/connect/revocation", self.issuer)
    }

    /// Where APIs ask what a token is worth.
    pub fn introspection_endpoint(&self) -> String {
        format!("{}/connect/introspect", self.issuer)
    }

    /// Where clients get tokens.
    pub fn token_endpoint(&self) -> String {
        format!("{}/connect/token", self.issuer)
    }

    /// Where clients learn all of this (OpenID Connect Discovery 1.0, section 4).
    pub fn discovery_uri(&self) -> String {
        format!("{}/.well-known/openid-configuration", self.issuer)
    }

    /// Where the public keys are.
    pub fn jwks_uri(&self) -> String {
        format!("{}/jwks", self.discovery_uri())
    }

    /// What is shown to whoever connects a client.
    pub fn endpoints(&self) -> Endpoints {
        Endpoints {
            issuer: self.issuer.clone(),
            discovery: self.discovery_uri(),
            token: self.token_endpoint(),
            authorization: self.authorization_endpoint(),
            userinfo: self.userinfo_endpoint(),
            end_session: self.end_session_endpoint(),
            introspection: self.introspection_endpoint(),
            jwks: self.jwks_uri(),
            api: format!("{}/v1", self.api()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn issuer(url: &str) -> Result<Issuer, PublicUrlError> {
        Issuer::new(url)
    }

    #[rstest]
    #[case("http://127.0.0.1:3000", "http://127.0.0.1:3000")]
    #[case("https://ID.example.com:443/", "https://id.example.com")]
    #[case("https://[::1]:8443", "https://[::1]:8443")]
    fn stands_under_the_origin(#[case] url: &str, #[case] origin: &str) {
        let issuer = issuer(url).unwrap();
        assert_eq!(issuer.public_url(), origin);
        assert_eq!(issuer.as_str(), format!("{origin}/identity"));
        assert_eq!(issuer.api(), format!("{origin}/api"));
        assert_eq!(issuer.endpoints().api, format!("{origin}/api/v1"));
        assert_eq!(issuer.token_endpoint(), format!("{origin}/identity/connect/token"));
    }

    #[rstest]
    #[case("id.example.com", PublicUrlError::NotAUrl)]
    #[case("", PublicUrlError::NotAUrl)]
    #[case("ftp://example.com", PublicUrlError::Scheme)]
    #[case("data:,x", PublicUrlError::Scheme)]
    #[case("https://example.com/portal", PublicUrlError::NotAnOrigin)]
    #[case("https://example.com/?a", PublicUrlError::NotAnOrigin)]
    #[case("https://example.com/#a", PublicUrlError::NotAnOrigin)]
    #[case("https://a:b@example.com/", PublicUrlError::NotAnOrigin)]
    fn refuses(#[case] url: &str, #[case] error: PublicUrlError) {
        assert_eq!(issuer(url), Err(error));
    }
}
