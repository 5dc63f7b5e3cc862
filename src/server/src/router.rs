//! All doors behind one router, and what every request passes through.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{FromRef, Request};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::Response;
use http::header::RETRY_AFTER;
use http::{HeaderValue, StatusCode};
use ipnet::IpNet;
use leptos::config::LeptosOptions;
use leptos::prelude::provide_context;
use leptos_axum::{LeptosRoutes, generate_route_list};
use service::Service;
use tower::util::{MapRequest, MapRequestLayer, MapResponseLayer};
use tower::{Layer, ServiceBuilder};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::request_id::{PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::timeout::RequestBodyTimeoutLayer;
use tower_http::trace::{DefaultOnResponse, TraceLayer};
use tracing::Level;

use crate::middleware::operation_id::{OPERATION_ID, OperationIds};
use crate::middleware::{client_address, headers, operation_id, path_case, session};
use crate::{api, assets, connect, health, portal};

/// The most bytes that a request may carry. Each door says it in its own way.
pub const MAX_BODY: usize = 64 * 1024;
/// How long a request may take over each part of its body.
const BODY_TIMEOUT: Duration = Duration::from_secs(30);

/// What the pages' routes need.
#[derive(Clone, FromRef)]
struct PageState {
    service: Service,
    options: LeptosOptions,
}

/// The router, and what must happen to a request before it is routed.
pub type App = MapRequest<Router, fn(Request) -> Request>;

/// These doors, and what every request passes through on its way to them and back.
fn surround(doors: Router, https: bool, trusted_proxies: Vec<IpNet>) -> App {
    let trusted_proxies: Arc<[IpNet]> = trusted_proxies.into();
    // As one layer: of several the router would copy and box, for each request, whatever each of them surrounds.
    let layers = ServiceBuilder::new()
        .layer(SetRequestIdLayer::new(OPERATION_ID, OperationIds))
        .layer(PropagateRequestIdLayer::new(OPERATION_ID))
        .layer(
            TraceLayer::new_for_http()
                .make_span_with(operation_id::span as fn(&_) -> _)
                .on_response(DefaultOnResponse::new().level(Level::INFO)),
        )
        .map_request(move |request: Request| client_address::add(&trusted_proxies, request))
        .map_response(move |response: Response<_>| headers::add(https, response))
        .layer(CatchPanicLayer::new())
        .layer(RequestBodyTimeoutLayer::new(BODY_TIMEOUT));
    MapRequestLayer::new(enter as fn(Request) -> Request).layer(doors.layer(layers))
}

/// What answers until there is a service: the process itself lives, and who wants more comes back. The log is silent about
/// that: a start is no failure.
pub fn starting() -> App {
    let doors = api::starting()
        .fallback(|| async { (StatusCode::SERVICE_UNAVAILABLE, "starting") })
        .layer(MapResponseLayer::new(soon))
        .route("/health/live", health::live());
    // What doesn't know the service doesn't know either whether it is reached by https.
    let layers = ServiceBuilder::new()
        .layer(SetRequestIdLayer::new(OPERATION_ID, OperationIds))
        .layer(PropagateRequestIdLayer::new(OPERATION_ID))
        .map_response(|response: Response| headers::add(false, response));
    MapRequestLayer::new(enter as fn(Request) -> Request).layer(doors.layer(layers))
}

/// A start takes less time than a database that is gone.
fn soon(mut response: Response) -> Response {
    response
        .headers_mut()
        .insert(RETRY_AFTER, HeaderValue::from_static("1"));
    response
}

/// The whole server.
pub fn router(service: Service, trusted_proxies: Vec<IpNet>) -> App {
    let https = session::is_https(&service);
    let doors = Router::new()
        .merge(portal_router(service.clone()))
        .merge(connect::routes(&service).with_state(service.clone()))
        .merge(health::routes().with_state(service.clone()))
        .merge(assets::routes())
        .merge(api::routes(&service).with_state(service));
    surround(doors, https, trusted_proxies)
}

/// What happens to a request before anything looks at it.
fn enter(request: Request) -> Request {
    path_case::lowercase(operation_id::forget(request))
}

/// Pages, server functions and the plain doors: everything that the portal's session opens, and that is open to no other
/// site.
fn portal_router(service: Service) -> Router {
    let options = LeptosOptions::builder()
        .output_name("clientele")
        .site_pkg_dir(assets::package())
        .build();
    let state = PageState {
        service: service.clone(),
        options: options.clone(),
    };
    let context = {
        let service = service.clone();
        move || provide_context(service.clone())
    };
    let shell = move || ui::shell(options.clone());
    // The list of routes holds the server functions too.
    let pages = Router::new()
        .leptos_routes_with_context(&state, generate_route_list(ui::App), context.clone(), shell.clone())
        .fallback(leptos_axum::render_app_async_with_context(context, shell))
        .layer(from_fn(session::require));
    let public_url = service.issuer().public_url().to_owned();
    let csrf = CsrfLayer::new();
    let csrf = csrf.clone().add_trusted_origin(&public_url).unwrap_or(csrf);
    pages
        .with_state(state)
        .merge(portal::routes().with_state(service.clone()))
        .layer(from_fn_with_state(service, session::add))
        .layer(csrf)
        .layer(RequestBodyLimitLayer::new(MAX_BODY))
}

#[cfg(test)]
mod tests {
    use axum::body::{Body, to_bytes};
    use axum::routing::get;
    use tower::ServiceExt;

    use super::*;

    #[tokio::test]
    async fn a_panic_is_an_answer_like_any_other_and_says_nothing_of_the_inside() {
        let broken = get(async || -> &'static str { panic!("hush") });
        let app = surround(Router::new().route("/", broken), true, Vec::new());
        let answer = app.oneshot(Request::new(Body::empty())).await.unwrap();
        assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
        for (name, value) in headers::add(true, Response::new(())).headers() {
            assert_eq!(answer.headers().get(name), Some(value), "{name}");
        }
        assert_eq!(answer.headers()[OPERATION_ID].len(), 36);
        let body = to_bytes(answer.into_body(), MAX_BODY).await.unwrap();
        assert!(!String::from_utf8_lossy(&body).contains("hush"));
    }
}
