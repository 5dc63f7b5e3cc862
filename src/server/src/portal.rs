//! The plain doors of the portal: signing in and out, setup, choosing a password, and the choice of the looks. The pages
//! themselves are `ui`.

pub mod failure;
pub mod look;
mod password;
mod preferences;
mod return_to;
mod setup;
mod sign_in;
mod sign_out;

use axum::Router;
use axum::response::Redirect;
use axum::routing::{get, post};
use service::Service;

/// The routes that need nobody to be signed in.
pub fn routes() -> Router<Service> {
    Router::new()
        .route("/", get(|| async { Redirect::to("/security/clients") }))
        .route("/security", get(|| async { Redirect::to("/security/clients") }))
        .route("/sign-in", get(sign_in::show).post(sign_in::submit))
        .route("/sign-out", post(sign_out::submit))
        .route("/setup", get(setup::show).post(setup::submit))
        .route("/password", get(password::show).post(password::submit))
        .route("/preferences", post(preferences::submit))
}
