//! What is known of a client's connection beyond the request that it makes: how it is connected, what it wants to hear,
//! and when it ends.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard};

use rmcp::RoleServer;
use rmcp::model::{Extensions, LoggingLevel};
use rmcp::service::RequestContext;
use tokio_util::sync::CancellationToken;

use super::news::Followed;
use super::render;
use super::rounds::Asking;
use super::sessions::InSession;
use crate::plugin::Listener;
use crate::tenant::Caller;

/// How a client is connected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// Requests that say everything themselves, and can stay open for news.
    Modern,
    /// Single requests of a client that says nothing twice: nobody can be asked, and nothing is told later.
    Alone,
    /// A session, or standard input and output.
    Connected,
}

/// A connection: one request, one session, or standard input and output.
pub(super) struct Connection {
    pub(super) way: Way,
    caller: Caller,
    /// When it ends, where that is not the end of a session.
    pub(super) end: CancellationToken,
    /// From which level on the client of a session wants messages.
    level: Mutex<Option<LoggingLevel>>,
    pub(super) followed: Followed,
    tells: AtomicBool,
    /// Ears of streams that are being opened: what is told while the client gets its acknowledgement is heard.
    ears: Mutex<Vec<Listener>>,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

impl Connection {
    pub(super) fn new(caller: Caller, way: Way, end: CancellationToken) -> Connection {
        Connection {
            way,
            caller,
            end,
            level: Mutex::default(),
            followed: Followed::default(),
            tells: AtomicBool::new(false),
            ears: Mutex::default(),
        }
    }

    /// Who opened it.
    pub(super) fn opener(&self) -> &Caller {
        &self.caller
    }

    /// Who calls: over HTTP the caller of this request, also within a session.
    pub(super) fn caller(&self, context: &RequestContext<RoleServer>) -> Caller {
        let parts = context.extensions.get::<http::request::Parts>();
        parts.and_then(|parts| parts.extensions.get::<Caller>()).unwrap_or(&self.caller).clone()
    }

    /// When the connection of a request ends, though the request does not.
    pub(super) fn end_beside(&self, context: &RequestContext<RoleServer>) -> Option<CancellationToken> {
        (self.way == Way::Connected).then(|| self.end_of(&context.extensions))
    }

    /// When the session ends that a message came in, or the connection without sessions.
    pub(super) fn end_of(&self, extensions: &Extensions) -> CancellationToken {
        let parts = extensions.get::<http::request::Parts>();
        let session = parts.and_then(|parts| parts.extensions.get::<InSession>());
        session.map_or(&self.end, |InSession(visit)| &visit.end).clone()
    }

    /// How its client can be asked.
    pub(super) fn asking(&self, context: &RequestContext<RoleServer>) -> Asking {
        if render::is_modern(context.protocol_version().as_ref()) {
            return Asking::ByResult;
        }
        if self.way == Way::Connected { Asking::ByRequest } else { Asking::Never }
    }

    /// From which level on the client of a request wants messages. None: it wants none.
    pub(super) fn level(&self, context: &RequestContext<RoleServer>) -> Option<LoggingLevel> {
        if render::is_modern(context.protocol_version().as_ref()) {
            return context.meta.log_level();
        }
        *locked(&self.level)
    }

    pub(super) fn set_level(&self, level: LoggingLevel) {
        *locked(&self.level) = Some(level);
    }

    /// Whether it is to be told of changes from now on: once, and only where there is a way.
    pub(super) fn begins_to_be_told(&self) -> bool {
        self.way == Way::Connected && !self.tells.swap(true, Ordering::Relaxed)
    }

    /// Keeps an ear for a stream that is being opened.
    pub(super) fn keep_ear(&self, ear: Listener) {
        locked(&self.ears).push(ear);
    }

    /// The oldest ear: streams are opened in the order in which they were asked for.
    pub(super) fn take_ear(&self) -> Option<Listener> {
        let mut ears = locked(&self.ears);
        (!ears.is_empty()).then(|| ears.remove(0))
    }
}
