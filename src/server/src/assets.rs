//! The browser part, styles and public files, which the program holds.

use std::borrow::Cow;

use axum::Router;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY};
use http::{HeaderMap, StatusCode};
use rust_embed::{Embed, EmbeddedFile};

/// What `bundle` built. In a development build it is read from the folder at each start.
#[derive(Embed)]
#[folder = "$CLIENTELE_SITE"]
#[allow_missing = true]
struct Site;

/// A year, and never asked again: the folder's name changes with its content.
const FOREVER: &str = "public, max-age=31536000, immutable";
const ONE_HOUR: &str = "public, max-age=3600";

/// The folder of the pages' files in their address: `pkg/` and a hash of what is in it.
pub fn package() -> String {
    let hash = Site::get("hash").map(|file| String::from_utf8_lossy(&file.data).trim().to_owned());
    format!("pkg/{}", hash.unwrap_or_else(|| "not-built".to_owned()))
}

/// The routes of these files.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    let package = package();
    Router::new()
        .route("/pkg/{hash}/{*file}", get(packaged).with_state(package))
        .route("/favicon.svg", get(favicon))
        .route("/favicon.ico", get(favicon))
}

async fn packaged(
    State(package): State<String>,
    Path((hash, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    // Another hash is another build: its files are not these.
    if package.strip_prefix("pkg/") != Some(&hash) {
        return StatusCode::NOT_FOUND.into_response();
    }
    serve(&format!("pkg/{file}"), FOREVER, &headers)
}

async fn favicon(headers: HeaderMap) -> Response {
    serve("public/favicon.svg", ONE_HOUR, &headers)
}

fn serve(path: &str, cache: &'static str, headers: &HeaderMap) -> Response {
    let Some(plain) = Site::get(path) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let brotli = accepts_brotli(headers)
        .then(|| Site::get(&format!("{path}.br")))
        .flatten();
    let encoding = brotli.as_ref().map(|_| [(CONTENT_ENCODING, "br")]);
    let file = brotli.unwrap_or(plain);
    let etag = etag(&file);
    let unchanged = headers
        .get(IF_NONE_MATCH)
        .is_some_and(|sent| sent.as_bytes() == etag.as_bytes());
    let about = [
        (CACHE_CONTROL, cache.to_owned()),
        (ETAG, etag),
        (VARY, "Accept-Encoding".to_owned()),
    ];
    if unchanged {
        return (StatusCode::NOT_MODIFIED, about).into_response();
    }
    let media_type = mime_guess::from_path(path).first_or_octet_stream();
    let body = match file.data {
        Cow::Borrowed(bytes) => bytes.into_response(),
        Cow::Owned(bytes) => bytes.into_response(),
    };
    (about, encoding, [(CONTENT_TYPE, media_type.to_string())], body).into_response()
}

fn accepts_brotli(headers: &HeaderMap) -> bool {
    headers
        .get_all(ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|coding| {
            let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
            name.trim() == "br" && weight.trim().replace(' ', "") != "q=0"
        })
}

fn etag(file: &EmbeddedFile) -> String {
    let hash = file.metadata.sha256_hash();
    let start = hash.first_chunk().copied().unwrap_or_default();
    format!("\"{:032x}\"", u128::from_be_bytes(start))
}
