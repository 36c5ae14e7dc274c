//! What is being served, and what it may send.

use std::fmt;

use super::recorded::Recorded;
use crate::completion::Completer;
use crate::plugin::Tool;
use crate::prompt::Prompt;
use crate::resource::{Resource, ResourceList};
use crate::route::RouteUse;

/// A tool, resource, prompt or completion that is being served.
#[derive(Clone, Copy)]
pub(super) struct Served {
    /// What it is, as its attribute is called: `tool`.
    kind: &'static str,
    name: &'static str,
    routes: &'static [RouteUse],
    /// Whether it may not write: a tool that says so, and everything that is no tool.
    is_read_only: bool,
}

impl From<&'static Tool> for Served {
    fn from(tool: &'static Tool) -> Served {
        let is_read_only = tool.annotations.read_only;
        Served { kind: "tool", name: tool.name, routes: tool.routes, is_read_only }
    }
}

impl From<&'static Resource> for Served {
    fn from(resource: &'static Resource) -> Served {
        Served { kind: "resource", name: resource.template, routes: resource.routes, is_read_only: true }
    }
}

impl From<&'static ResourceList> for Served {
    fn from(list: &'static ResourceList) -> Served {
        Served { kind: "list", name: "resources", routes: list.routes, is_read_only: true }
    }
}

impl From<&'static Prompt> for Served {
    fn from(prompt: &'static Prompt) -> Served {
        Served { kind: "prompt", name: prompt.name, routes: prompt.routes, is_read_only: true }
    }
}

impl From<&'static Completer> for Served {
    fn from(completer: &'static Completer) -> Served {
        Served { kind: "complete", name: completer.argument, routes: completer.routes, is_read_only: true }
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
