//! Routes: what a plugin asks for, and what it sends.

pub use crate::bindings::types::{Method, Scope};

/// A route of the Xyte API, as the constants of [`routes`](crate::routes) describe it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Route {
    /// The operation's name in grants, logs and metrics: `organization.devices.getDevices`.
    pub key: &'static str,
    /// Which API family it belongs to.
    pub scope: Scope,
    /// Its HTTP method.
    pub method: Method,
    /// Its path, with a hole for each value: `/devices/{device_id}`.
    pub template: &'static str,
    /// What it does, for the operator who is asked to grant it.
    pub summary: &'static str,
    /// The query keys it takes; the host sends no other.
    pub query: &'static [&'static str],
    /// The top-level members of the body it takes; the host sends no other.
    pub body: &'static [&'static str],
}

impl Route {
    /// Whether it changes nothing.
    pub const fn reads(&self) -> bool {
        matches!(self.method, Method::Get)
    }

    /// The names of the holes in its template, in order.
    pub fn params(&self) -> impl Iterator<Item = &'static str> {
        self.template.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
    }
}

/// A route in a tool's attribute.
#[derive(Debug, Clone, Copy)]
pub struct RouteUse {
    /// The route.
    pub route: &'static Route,
    /// What it is used for; without it the operation's summary says so.
    pub why: Option<&'static str>,
    /// Whether the tool is useless without it.
    pub required: bool,
}

impl RouteUse {
    /// One sentence for the operator.
    pub fn why(&self) -> &'static str {
        self.why.unwrap_or(self.route.summary)
    }
}
