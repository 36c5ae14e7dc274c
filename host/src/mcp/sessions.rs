//! Sessions of clients until 2025-11-25: whose they are, how many, and when they end.
//!
//! The protocol library keeps sessions, and asks nobody whose they are, how many there are, or whether a call still
//! runs in one that looks idle. This guard stands in front of it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use rmcp::transport::streamable_http_server::session::SessionManager as _;
use rmcp::transport::streamable_http_server::session::local::LocalSessionManager;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::tenant::{Caller, TenantId, UserId};

/// Sessions at the same time. Each holds about 50 KB; together as much as one call may.
const SESSIONS_MAX: usize = 1_000;
/// Sessions of one caller: a gateway with many users behind one key has room, and the others too.
const SESSIONS_PER_CALLER_MAX: usize = 100;
/// Streams of one caller that wait for news. Browsers and editors keep one for each window.
const STREAMS_PER_CALLER_MAX: usize = 32;
/// How long a session lives in which nothing happens. Its client gets 404 then, and begins another.
const IDLE_MAX: Duration = Duration::from_secs(30 * 60);
/// How often it is looked for sessions that are idle for too long.
const LOOK_AROUND: Duration = Duration::from_secs(60);

/// Who owns a session: a key, and the user that it acts for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Owner {
    tenant: Option<TenantId>,
    user: Option<UserId>,
}

impl Owner {
    pub(super) fn of(caller: &Caller) -> Owner {
        Owner { tenant: caller.credential().map(|credential| credential.tenant), user: caller.user() }
    }
}

/// The end of a session, which its calls hear of.
#[derive(Debug, Clone)]
pub(super) struct SessionEnd(pub(super) CancellationToken);

/// There are as many as there may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this caller has {0} open already; close one, or wait until one that is idle ends")]
pub(super) struct TooMany(pub(super) usize);

/// The guard.
pub(super) struct Sessions {
    pub(super) manager: Arc<LocalSessionManager>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    open: HashMap<String, Session>,
    /// Sessions that are being opened, and streams, by caller.
    opening: HashMap<Owner, usize>,
    streams: HashMap<Owner, usize>,
}

struct Session {
    owner: Owner,
    /// Requests that are under way.
    busy: usize,
    idle_since: Instant,
    end: CancellationToken,
}

impl Sessions {
    /// Sessions that end, all of them, when `shutdown` fires.
    pub(super) fn new(shutdown: CancellationToken) -> Arc<Sessions> {
        let mut manager = LocalSessionManager::default();
        // The library's own timer does not see calls that run. Ours does.
        manager.session_config.keep_alive = None;
        let sessions = Arc::new(Sessions { manager: Arc::new(manager), state: Mutex::default() });
        let watched = Arc::downgrade(&sessions);
        tokio::spawn(async move {
            loop {
                tokio::select! {
                    () = shutdown.cancelled() => return,
                    () = tokio::time::sleep(LOOK_AROUND) => {}
                }
                let Some(sessions) = watched.upgrade() else { return };
                sessions.end_idle(IDLE_MAX).await;
            }
        });
        sessions
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Begins to open a session.
    pub(super) async fn open(self: &Arc<Self>, owner: Owner) -> Result<Opening, TooMany> {
        let oldest = {
            let mut state = self.state();
            let own = state.open.values().filter(|session| session.owner == owner).count();
            let opening = state.opening.get(&owner).copied().unwrap_or_default();
            if own + opening >= SESSIONS_PER_CALLER_MAX {
                return Err(TooMany(SESSIONS_PER_CALLER_MAX));
            }
            *state.opening.entry(owner.clone()).or_default() += 1;
            let all = state.open.len() + state.opening.values().sum::<usize>();
            (all > SESSIONS_MAX).then(|| state.longest_idle()).flatten()
        };
        // The one that nobody missed for longest makes room; its client, if there still is one, opens another.
        if let Some(oldest) = oldest {
            self.end(&oldest).await;
        }
        Ok(Opening { sessions: self.clone(), owner })
    }

    /// Enters a session. None: there is none of that id that is this caller's.
    pub(super) fn enter(self: &Arc<Self>, id: &str, owner: &Owner) -> Option<Visit> {
        let mut state = self.state();
        let session = state.open.get_mut(id).filter(|session| session.owner == *owner)?;
        session.busy += 1;
        let end = SessionEnd(session.end.clone());
        Some(Visit { sessions: self.clone(), id: id.to_owned(), end })
    }

    /// Opens a stream of news.
    pub(super) fn stream(self: &Arc<Self>, owner: &Owner) -> Result<Stream, TooMany> {
        let mut state = self.state();
        let streams = state.streams.entry(owner.clone()).or_default();
        if *streams >= STREAMS_PER_CALLER_MAX {
            return Err(TooMany(STREAMS_PER_CALLER_MAX));
        }
        *streams += 1;
        Ok(Stream { sessions: self.clone(), owner: owner.clone() })
    }

    /// Ends a session: its calls, and what the library keeps of it.
    pub(super) async fn end(&self, id: &str) {
        let ended = self.state().open.remove(id);
        if let Some(session) = ended {
            session.end.cancel();
        }
        if let Err(error) = self.manager.close_session(&id.into()).await {
            tracing::debug!(%error, "a session was gone before it was closed");
        }
    }

    async fn end_idle(&self, longest: Duration) {
        let idle: Vec<String> = {
            let state = self.state();
            let is_idle = |session: &Session| session.busy == 0 && session.idle_since.elapsed() >= longest;
            state.open.iter().filter(|(_, session)| is_idle(session)).map(|(id, _)| id.clone()).collect()
        };
        for id in idle {
            self.end(&id).await;
        }
    }
}

impl State {
    fn longest_idle(&self) -> Option<String> {
        let idle = self.open.iter().filter(|(_, session)| session.busy == 0);
        idle.min_by_key(|(_, session)| session.idle_since).map(|(id, _)| id.clone())
    }
}

fn one_less(counts: &mut HashMap<Owner, usize>, owner: &Owner) {
    if let Some(count) = counts.get_mut(owner) {
        *count -= 1;
        if *count == 0 {
            counts.remove(owner);
        }
    }
}

/// A session that is being opened.
pub(super) struct Opening {
    sessions: Arc<Sessions>,
    owner: Owner,
}

impl Opening {
    /// It is open, under this id.
    pub(super) fn opened(self, id: &str) {
        let (owner, end) = (self.owner.clone(), CancellationToken::new());
        let session = Session { owner, busy: 0, idle_since: Instant::now(), end };
        self.sessions.state().open.insert(id.to_owned(), session);
    }
}

impl Drop for Opening {
    fn drop(&mut self) {
        one_less(&mut self.sessions.state().opening, &self.owner);
    }
}

/// A request in a session. While there is one, the session is not idle.
pub(super) struct Visit {
    sessions: Arc<Sessions>,
    id: String,
    pub(super) end: SessionEnd,
}

impl Drop for Visit {
    fn drop(&mut self) {
        if let Some(session) = self.sessions.state().open.get_mut(&self.id) {
            session.busy -= 1;
            session.idle_since = Instant::now();
        }
    }
}

/// A stream of news that is open.
pub(super) struct Stream {
    sessions: Arc<Sessions>,
    owner: Owner,
}

impl Drop for Stream {
    fn drop(&mut self) {
        one_less(&mut self.sessions.state().streams, &self.owner);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tenant::{ApiKey, TenantSecret};

    fn owners() -> (Owner, Owner) {
        let secret = TenantSecret::random();
        let owner =
            |key: &str| Owner { tenant: Some(secret.tenant_of(&ApiKey::parse(key).unwrap())), user: None };
        (owner("key-of-ann"), owner("key-of-bob"))
    }

    async fn opened(sessions: &Arc<Sessions>, owner: &Owner, id: &str) {
        sessions.open(owner.clone()).await.unwrap_or_else(|error| panic!("{error}")).opened(id);
    }

    #[tokio::test]
    async fn a_session_is_its_owners_alone() {
        let (sessions, (ann, bob)) = (Sessions::new(CancellationToken::new()), owners());
        opened(&sessions, &ann, "a").await;
        assert!(sessions.enter("a", &ann).is_some());
        assert!(sessions.enter("a", &bob).is_none() && sessions.enter("b", &ann).is_none());
        let visit = sessions.enter("a", &ann).unwrap();
        sessions.end("a").await;
        assert!(visit.end.0.is_cancelled() && sessions.enter("a", &ann).is_none());
    }

    #[tokio::test]
    async fn a_caller_has_so_many_and_takes_nobody_elses_room() {
        let (sessions, (ann, bob)) = (Sessions::new(CancellationToken::new()), owners());
        for n in 0..SESSIONS_PER_CALLER_MAX {
            opened(&sessions, &ann, &n.to_string()).await;
        }
        assert!(sessions.open(ann.clone()).await.is_err());
        opened(&sessions, &bob, "b").await;
        sessions.end("0").await;
        // One that is only being opened counts as well.
        let opening = sessions.open(ann.clone()).await.unwrap_or_else(|error| panic!("{error}"));
        assert!(sessions.open(ann.clone()).await.is_err());
        drop(opening);
        assert!(sessions.open(ann).await.is_ok());
    }

    #[tokio::test]
    async fn what_is_idle_for_too_long_ends_and_what_is_busy_does_not() {
        let (sessions, (ann, _)) = (Sessions::new(CancellationToken::new()), owners());
        assert_eq!(sessions.manager.session_config.keep_alive, None, "its timer does not see what runs");
        opened(&sessions, &ann, "busy").await;
        opened(&sessions, &ann, "idle").await;
        let visit = sessions.enter("busy", &ann).unwrap();
        sessions.end_idle(IDLE_MAX).await;
        assert!(sessions.enter("idle", &ann).is_some());
        sessions.end_idle(Duration::ZERO).await;
        assert!(sessions.enter("idle", &ann).is_none());
        assert!(!visit.end.0.is_cancelled());
        drop(visit);
        assert!(sessions.enter("busy", &ann).is_some());
    }

    #[tokio::test]
    async fn at_the_limit_of_all_the_longest_idle_makes_room() {
        let (sessions, secret) = (Sessions::new(CancellationToken::new()), TenantSecret::random());
        let owner = |n: usize| Owner {
            tenant: Some(secret.tenant_of(&ApiKey::parse(&format!("key-{n}")).unwrap())),
            user: None,
        };
        for n in 0..SESSIONS_MAX {
            opened(&sessions, &owner(n), &n.to_string()).await;
        }
        let visit = sessions.enter("0", &owner(0)).unwrap();
        opened(&sessions, &owner(SESSIONS_MAX), "new").await;
        assert!(sessions.enter("1", &owner(1)).is_none());
        assert!(!visit.end.0.is_cancelled() && sessions.enter("new", &owner(SESSIONS_MAX)).is_some());
    }

    #[tokio::test]
    async fn streams_are_counted_while_they_are_open() {
        let (sessions, (ann, bob)) = (Sessions::new(CancellationToken::new()), owners());
        let streams: Vec<_> = (0..STREAMS_PER_CALLER_MAX).map(|_| sessions.stream(&ann)).collect();
        assert!(streams.iter().all(Result::is_ok));
        assert!(sessions.stream(&ann).is_err() && sessions.stream(&bob).is_ok());
        drop(streams);
        assert!(sessions.stream(&ann).is_ok());
    }
}
