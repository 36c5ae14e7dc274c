//! What is being served, and what it may send.

use std::fmt;

use super::recorded::Recorded;
use crate::plugin::Tool;
use crate::route::RouteUse;

/// A tool, resource, prompt or completion that is being served.
#[derive(Clone, Copy)]
pub(super) struct Served {
    /// What it is, as its attribute is called: `tool`.
    pub(super) kind: &'static str,
    pub(super) name: &'static str,
    pub(super) routes: &'static [RouteUse],
    pub(super) is_read_only: bool,
}

impl From<&'static Tool> for Served {
    fn from(tool: &'static Tool) -> Served {
        let is_read_only = tool.annotations.read_only;
        Served { kind: "tool", name: tool.name, routes: tool.routes, is_read_only }
    }
}

impl Served {
    /// What a real host would refuse, and an author should hear of sooner.
    pub(super) fn check(self, request: &Recorded) {
        let Some(route_use) = self.routes.iter().find(|route_use| request.is_on(route_use.route)) else {
            let kind = self.kind;
            panic!("{self} sent {request} without naming the route: add it to #[{kind}(routes(…))]");
        };
        assert!(route_use.route.reads() || !self.is_read_only, "{self} is read_only and sent {request}");
    }
}

impl fmt::Display for Served {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} `{}`", self.kind, self.name)
    }
}
