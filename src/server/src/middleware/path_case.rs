//! Paths under `/identity` and `/api` match without regard to case.

use axum::extract::Request;
use http::Uri;

/// Lowercases the path of such a request, never its query. It runs before routing.
pub fn lowercase<B>(mut request: Request<B>) -> Request<B> {
    if let Some(uri) = lowercased(request.uri()) {
        *request.uri_mut() = uri;
    }
    request
}

fn lowercased(uri: &Uri) -> Option<Uri> {
    let path = uri.path();
    if !path.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return None;
    }
    let lower = path.to_ascii_lowercase();
    let is_below = |root| {
        let rest = lower.strip_prefix(root);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    if !is_below("/identity") && !is_below("/api") {
        return None;
    }
    let path_and_query = match uri.query() {
        Some(query) => format!("{lower}?{query}"),
        None => lower,
    };
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(path_and_query.parse().ok()?);
    Uri::from_parts(parts).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("/Identity/Connect/Token?State=ABC", Some("/identity/connect/token?State=ABC"))]
    #[case("/API/v1/Tenants", Some("/api/v1/tenants"))]
    #[case("/Identity?State=ABC", Some("/identity?State=ABC"))]
    #[case("/identity/connect/token", None)]
    #[case("/Security/Clients", None)]
    #[case("/Identityx/A", None)]
    fn only_the_protocols_paths_change(#[case] given: &str, #[case] expected: Option<&str>) {
        let uri = lowercased(&given.parse().unwrap()).map(|uri| uri.to_string());
        assert_eq!(uri.as_deref(), expected);
    }
}
