//! The router, made from the catalogue.

use std::sync::Arc;

use axum::Router;
use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{RawPathParams, Request, State};
use axum::routing::{MethodFilter, MethodRouter, on};
use xyte_catalog::{Catalog, Method, Operation};

use super::Hub;
use crate::play::{self, Player};

/// A request's operation, and what stands in its path.
#[derive(Debug)]
pub(crate) struct Matched {
    operation: &'static Operation,
    /// None: it is in the catalogue and not played yet.
    pub(crate) player: Option<Player>,
    /// Name and decoded value of every parameter.
    pub(crate) params: Vec<(String, String)>,
}

impl Matched {
    /// The operation's key.
    pub(crate) fn key(&self) -> &'static str {
        &self.operation.key
    }
}

/// Every operation of the catalogue at its route. Where a literal and a parameter both match, the literal wins. What
/// has no route, or another method, is answered alike.
pub(crate) fn router(hub: Arc<Hub>, catalog: &'static Catalog) -> Router {
    let mut router = Router::new();
    for operation in catalog.operations() {
        let path = format!("{}{}", operation.scope.prefix(), operation.template);
        router = router.route(&path, route(operation));
    }
    let unmatched = |State(hub): State<Arc<Hub>>, request: Request| hub.answer(None, request);
    router.fallback(unmatched).method_not_allowed_fallback(unmatched).with_state(hub)
}

fn route(operation: &'static Operation) -> MethodRouter<Arc<Hub>> {
    let player = play::player(&operation.key);
    let answer = move |State(hub): State<Arc<Hub>>, params: Decoded, request: Request| {
        // What does not decode to text is the id of nothing, and finds no route.
        let matched = params.ok().map(|params| Matched {
            operation,
            player,
            params: params.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        });
        hub.answer(matched, request)
    };
    on(filter(operation.method), answer)
}

type Decoded = Result<RawPathParams, RawPathParamsRejection>;

fn filter(method: Method) -> MethodFilter {
    match method {
        Method::Get => MethodFilter::GET,
        Method::Post => MethodFilter::POST,
        Method::Put => MethodFilter::PUT,
        Method::Patch => MethodFilter::PATCH,
        Method::Delete => MethodFilter::DELETE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::{Body, to_bytes};
    use axum::http::StatusCode;
    use tower::ServiceExt;

    use crate::config::SimConfig;

    #[tokio::test]
    async fn an_operation_that_nobody_plays_says_so() {
        let catalog = Catalog::parse(
            r#"
            [[operation]]
            key = "organization.things.getThing"
            summary = "Reads a thing"
            method = "GET"
            path = "/things/{thing_id}"
            params = { thing_id = "id" }
            effect = "read"
            "#,
        );
        let hub = Arc::new(Hub::new(SimConfig::default()));
        let key = hub.tenants.all()[0].key.clone();
        let router = router(hub, Box::leak(Box::new(catalog.unwrap())));

        let request = Request::get("/core/v1/organization/things/7").header("authorization", key);
        let response = router.oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(response.status(), StatusCode::NOT_IMPLEMENTED);
        let body = to_bytes(response.into_body(), 1000).await.unwrap();
        assert_eq!(body, r#"{"error":"The simulator does not play organization.things.getThing yet"}"#);
    }
}
