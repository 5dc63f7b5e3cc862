//! Routes and their description, from one place.

use axum::Router;
use service::Service;
use utoipa::openapi::path::Paths;
use utoipa::openapi::{OpenApi, RefOr, Schema};
use utoipa_axum::router::UtoipaMethodRouter;

use super::{document, operation};

/// The operations that there are.
#[derive(Default)]
pub struct Api {
    router: Router<Service>,
    paths: Paths,
    schemas: Vec<(String, RefOr<Schema>)>,
}

impl Api {
    /// Adds the operations of one path. It is described as people write it, and routed in lower case, as requests come here.
    pub fn add(mut self, (schemas, paths, methods): UtoipaMethodRouter<Service>) -> Self {
        self.schemas.extend(schemas);
        for (path, mut item) in paths.paths {
            self.router = self.router.route(&lowercase(&path), methods.clone());
            operation::complete(&path, &mut item);
            self.paths.paths.insert(path, item);
        }
        self
    }

    /// Adds the operations of one path for each kind of client that has them. They are written for the first kind; wherever
    /// its name stands in a path or an operation's id, that of the other one stands instead.
    pub fn add_for_each(self, [first, other]: [&str; 2], operations: UtoipaMethodRouter<Service>) -> Self {
        let (schemas, mut paths, methods) = operations.clone();
        let renamed = paths.paths.into_iter().map(|(path, mut item)| {
            operation::rename(&mut item, first, other);
            (path.replace(first, other), item)
        });
        paths.paths = renamed.collect();
        self.add(operations).add((schemas, paths, methods))
    }

    /// The routes, and the document that describes them.
    pub fn finish(self) -> (Router<Service>, OpenApi) {
        (self.router, document::of(self.paths, self.schemas))
    }
}

/// The names of parameters stay as they are.
fn lowercase(path: &str) -> String {
    let segments = path.split('/').map(|segment| {
        if segment.starts_with('{') {
            segment.to_owned()
        } else {
            segment.to_ascii_lowercase()
        }
    });
    segments.collect::<Vec<_>>().join("/")
}
