//! What a tool did.

use std::fmt;

use serde_json::Value;

use crate::bindings::log::Level;
use crate::bindings::types::{Method, Scope};
use crate::bindings::xyte::Request;
use crate::route::Route;

/// A request that a tool sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Recorded {
    /// The API family.
    pub scope: Scope,
    /// The method.
    pub method: Method,
    /// The route, with its holes.
    pub template: String,
    /// The values in the holes.
    pub params: Vec<(String, String)>,
    /// The query, in order.
    pub query: Vec<(String, String)>,
    /// The body.
    pub body: Option<Value>,
    /// The options, such as `max-age-ms`.
    pub options: Vec<(String, String)>,
}

/// A line for the operator.
#[derive(Debug, Clone, PartialEq)]
pub struct LogLine {
    /// How much it matters.
    pub level: Level,
    /// What it says.
    pub message: String,
    /// What belongs to it.
    pub fields: Vec<(String, String)>,
}

impl Recorded {
    /// The value in the hole of that name.
    pub fn param(&self, name: &str) -> Option<&str> {
        value(&self.params, name)
    }

    /// The first value of that query key.
    pub fn query(&self, name: &str) -> Option<&str> {
        value(&self.query, name)
    }

    /// Whether it was sent on that route.
    pub fn is_on(&self, route: &Route) -> bool {
        self.scope == route.scope && self.method == route.method && self.template == route.template
    }

    pub(super) fn of(request: &Request) -> Recorded {
        let body = request.body.as_ref();
        Recorded {
            scope: request.scope,
            method: request.method,
            template: request.template.clone(),
            params: request.params.clone(),
            query: request.query.clone(),
            body: body.map(|body| serde_json::from_str(body).expect("a request's body is JSON")),
            options: request.options.clone(),
        }
    }

    /// Holds the values against what the operation takes, as the host does.
    pub(super) fn check(&self, route: &Route) {
        let mut given: Vec<&str> = self.params.iter().map(|(name, _)| name.as_str()).collect();
        let mut wanted: Vec<&str> = route.params().collect();
        given.sort_unstable();
        wanted.sort_unstable();
        assert_eq!(
            given, wanted,
            "{self}: these parameters were given (left), those are in the route (right)"
        );
        for (name, _) in &self.query {
            assert!(route.query.contains(&name.as_str()), "{self} takes no query key `{name}`");
        }
        if let Some(body) = &self.body {
            let body = body.as_object().unwrap_or_else(|| panic!("{self}: the body must be an object"));
            for name in body.keys() {
                assert!(route.body.contains(&name.as_str()), "{self} takes no body member `{name}`");
            }
        }
    }
}

impl fmt::Display for Recorded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let method = match self.method {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Put => "PUT",
            Method::Patch => "PATCH",
            Method::Delete => "DELETE",
        };
        let scope = match self.scope {
            Scope::Organization => "organization",
            Scope::Partner => "partner",
        };
        write!(f, "{method} {} ({scope})", self.template)
    }
}

fn value<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}
