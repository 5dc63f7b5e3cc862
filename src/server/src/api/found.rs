//! How a list is answered.

use axum::Json;
use axum::response::{IntoResponse, Response};
use domain::search::Found;
use http::{HeaderName, StatusCode};
use serde::Serialize;
use serde_json::Value;

use super::error::ApiError;

/// How many match in all.
const TOTAL_COUNT: HeaderName = HeaderName::from_static("total-count");

/// What was found, as JSON; 207 when some of the ids that were asked for are unknown.
pub fn answer<Row, T: Serialize>(found: Found<Row>, json: impl Fn(Row) -> T) -> Result<Response, ApiError> {
    let total = [(TOTAL_COUNT, found.total.to_string())];
    let rows: Vec<T> = found.rows.into_iter().map(json).collect();
    if found.missing.is_empty() {
        return Ok((total, Json(rows)).into_response());
    }
    Ok((total, ApiError::partly(&found.missing, values(rows)?)).into_response())
}

/// So many of a list that is short, with so many left out at the beginning.
pub fn some<Row>(rows: Vec<Row>, (skip, count): (u32, u32)) -> Found<Row> {
    Found {
        total: rows.len() as u64,
        rows: rows.into_iter().skip(skip as usize).take(count as usize).collect(),
        missing: Vec::new(),
    }
}

/// The rows, to stand in an answer that tells why others are missing.
pub fn values<T: Serialize>(rows: Vec<T>) -> Result<Vec<Value>, ApiError> {
    let values = rows.into_iter().map(serde_json::to_value).collect::<Result<_, _>>();
    values.map_err(|error| {
        tracing::error!(%error, "a list could not be written");
        ApiError::of(StatusCode::INTERNAL_SERVER_ERROR)
    })
}
