//! What the table says of one operation.

use std::fmt;
use std::time::Duration;

use serde::Deserialize;

use crate::template::Template;

/// Which of Xyte's two API families an operation belongs to; each has its own keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scope {
    /// What a customer's organization key reaches.
    Organization,
    /// What a manufacturer's partner key reaches.
    Partner,
}

impl Scope {
    /// The scope's name, as keys begin with it and paths contain it.
    pub fn as_str(self) -> &'static str {
        match self {
            Scope::Organization => "organization",
            Scope::Partner => "partner",
        }
    }

    /// What every path of this scope begins with on the hub.
    pub fn prefix(self) -> &'static str {
        match self {
            Scope::Organization => "/core/v1/organization",
            Scope::Partner => "/core/v1/partner",
        }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The HTTP methods that the API uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[expect(missing_docs, reason = "the names are HTTP's own")]
pub enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

impl Method {
    /// The method as HTTP writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Put => "PUT",
            Method::Patch => "PATCH",
            Method::Delete => "DELETE",
        }
    }

    /// Whether a request of this method may carry a body at all.
    pub fn takes_body(self) -> bool {
        matches!(self, Method::Post | Method::Put | Method::Patch)
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What an operation does to the fleet. The order is one of consequence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Effect {
    /// Changes nothing.
    Read,
    /// Adds or changes something that can be changed back.
    Write,
    /// Removes something.
    Destructive,
    /// Reaches beyond the fleet's records: makes a device act, or gives a person access.
    Privileged,
}

impl Effect {
    /// Whether anything may be different afterwards.
    pub fn mutates(self) -> bool {
        self != Effect::Read
    }

    /// The effect's name, as the table writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Effect::Read => "read",
            Effect::Write => "write",
            Effect::Destructive => "destructive",
            Effect::Privileged => "privileged",
        }
    }
}

impl fmt::Display for Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A query key that an operation takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryKey {
    /// The key as it is sent.
    pub name: String,
    /// Whether it may be sent more than once.
    pub repeats: bool,
}

/// One operation of the Xyte API.
#[derive(Debug, Clone)]
pub struct Operation {
    /// `organization.devices.getDevices`
    pub key: String,
    /// One sentence for the operator who is asked to grant it.
    pub summary: String,
    /// The family it belongs to.
    pub scope: Scope,
    /// Its HTTP method.
    pub method: Method,
    /// Its path below the scope's prefix.
    pub template: Template,
    /// The query keys it takes; no other is sent.
    pub query: Vec<QueryKey>,
    /// The top-level members of the body it takes; no other is sent. Empty: it takes no body.
    pub body: Vec<String>,
    /// What it does.
    pub effect: Effect,
    /// How long an answer may be reused. None: not at all.
    pub cache: Option<Duration>,
}

impl Operation {
    /// The query key of that name, if the operation takes it.
    pub fn query_key(&self, name: &str) -> Option<&QueryKey> {
        self.query.iter().find(|key| key.name == name)
    }

    /// Whether the body may have a top-level member of that name.
    pub fn takes_member(&self, name: &str) -> bool {
        self.body.iter().any(|member| member == name)
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} {})", self.key, self.method, self.template)
    }
}
