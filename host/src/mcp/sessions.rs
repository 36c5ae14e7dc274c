//! Sessions of clients until 2025-11-25: whose they are, how many, and when they end.
//!
//! The protocol library keeps sessions, and asks nobody whose they are, how many there are, or whether a call still
//! runs in one that looks idle. This guard stands in front of it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use rmcp::transport::streamable_http_server::session::SessionManager as _;
use rmcp::transport::streamable_http_server::session::local::LocalSessionManager;
use serde_json::Value;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::message::Refusal;
use super::quota::{Counts, Tenant, tenant_of};
use super::under_way::UnderWay;
use crate::tenant::{Caller, UserId};

/// Sessions at the same time. Each holds about 50 KB; together as much as one call may.
const SESSIONS_MAX: usize = 1_000;
/// Sessions of one tenant: a gateway with many users behind one key has room, and the others too.
const SESSIONS_PER_TENANT_MAX: usize = 100;
/// How long a session lives in which nothing happens. Its client gets 404 then, and begins another.
const IDLE_MAX: Duration = Duration::from_secs(30 * 60);
/// How often it is looked for sessions that are idle for too long.
const LOOK_AROUND: Duration = Duration::from_secs(60);
/// How long the library may take to close a session. One whose client does not read may take for ever.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(5);

/// Who owns a session: a key, and the user that it acts for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Owner {
    tenant: Tenant,
    user: Option<UserId>,
}

impl Owner {
    pub(super) fn of(caller: &Caller) -> Owner {
        Owner { tenant: tenant_of(caller), user: caller.user() }
    }
}

/// There are as many as there may be, and something happens in each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("too many sessions are open and busy; close one")]
pub(super) struct TooMany;

/// Why a request does not get into a session.
#[derive(Debug, PartialEq)]
pub(super) enum NotEntered {
    /// There is none of that id that is this caller's.
    NoSession,
    /// Not now.
    Refused(Refusal),
}

/// The guard.
pub(super) struct Sessions {
    pub(super) manager: Arc<LocalSessionManager>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    open: HashMap<String, Session>,
    /// Sessions that are being opened.
    opening: Counts,
}

struct Session {
    owner: Owner,
    /// Requests that are under way, whether or not their client still listens.
    busy: usize,
    idle_since: Instant,
    under_way: Arc<UnderWay>,
    end: CancellationToken,
}

impl Sessions {
    /// Sessions are looked after until `shutdown` fires; the library then ends them.
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
                sessions.end_idle(IDLE_MAX);
            }
        });
        sessions
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Begins to open a session, if there is room or could be made.
    pub(super) fn open(self: &Arc<Self>, owner: Owner) -> Result<Opening, TooMany> {
        let mut state = self.state();
        state.in_the_way(owner.tenant)?;
        state.opening.add(owner.tenant);
        Ok(Opening { sessions: self.clone(), owner, is_counted: true })
    }

    /// Enters a session with a request, if it is one.
    pub(super) fn enter(
        self: &Arc<Self>,
        id: &str,
        owner: Owner,
        request: Option<&Value>,
    ) -> Result<Visit, NotEntered> {
        let mut state = self.state();
        let session = state.open.get_mut(id).filter(|session| session.owner == owner);
        let session = session.ok_or(NotEntered::NoSession)?;
        if let Some(request) = request {
            session.under_way.begin(request).map_err(NotEntered::Refused)?;
        }
        session.busy += 1;
        let (end, under_way) = (session.end.clone(), session.under_way.clone());
        Ok(Visit { sessions: self.clone(), id: id.to_owned(), request: request.cloned(), under_way, end })
    }

    /// Ends a session: its calls, and what the library keeps of it.
    pub(super) fn end(&self, id: &str) {
        let ended = self.state().open.remove(id);
        self.close(id, ended);
    }

    fn close(&self, id: &str, session: Option<Session>) {
        if let Some(session) = session {
            session.end.cancel();
        }
        let (manager, id) = (self.manager.clone(), id.into());
        tokio::spawn(async move {
            let closed = tokio::time::timeout(CLOSE_TIMEOUT, manager.close_session(&id)).await;
            if !matches!(closed, Ok(Ok(()))) {
                tracing::debug!("a session was gone before it was closed, or its client does not read");
            }
        });
    }

    fn end_idle(&self, longest: Duration) {
        let is_idle =
            |_: &String, session: &mut Session| session.busy == 0 && session.idle_since.elapsed() >= longest;
        let idle: Vec<(String, Session)> = self.state().open.extract_if(is_idle).collect();
        idle.into_iter().for_each(|(id, session)| self.close(&id, Some(session)));
    }
}

impl State {
    /// The session that must end so that there is room for another of this tenant: the one that was not missed for
    /// longest, of the same tenant or of one that has the most. Its client, if there still is one, opens another. None:
    /// there is room.
    fn in_the_way(&self, tenant: Tenant) -> Result<Option<String>, TooMany> {
        let mut counts = self.opening.clone();
        self.open.values().for_each(|session| counts.add(session.owner.tenant));
        if counts.of(tenant) >= SESSIONS_PER_TENANT_MAX {
            return self.longest_idle(|of| of == tenant).map(Some);
        }
        if counts.all() < SESSIONS_MAX {
            return Ok(None);
        }
        let most = counts.most();
        self.longest_idle(|of| counts.of(of) == most).map(Some)
    }

    fn longest_idle(&self, of: impl Fn(Tenant) -> bool) -> Result<String, TooMany> {
        let idle = self.open.iter().filter(|(_, session)| session.busy == 0 && of(session.owner.tenant));
        idle.min_by_key(|(_, session)| session.idle_since).map(|(id, _)| id.clone()).ok_or(TooMany)
    }
}

/// A session that is being opened.
pub(super) struct Opening {
    sessions: Arc<Sessions>,
    owner: Owner,
    /// Among those that are being opened.
    is_counted: bool,
}

impl Opening {
    /// It is open, under this id.
    pub(super) fn opened(mut self, id: &str) {
        let (owner, end) = (self.owner, CancellationToken::new());
        let session = Session { owner, busy: 0, idle_since: Instant::now(), under_way: Arc::default(), end };
        let ended = {
            let mut state = self.sessions.state();
            state.opening.remove(owner.tenant);
            self.is_counted = false;
            let in_the_way = state.in_the_way(owner.tenant).ok().flatten();
            let ended = in_the_way.and_then(|id| state.open.remove_entry(&id));
            state.open.insert(id.to_owned(), session);
            ended
        };
        if let Some((id, session)) = ended {
            self.sessions.close(&id, Some(session));
        }
    }
}

impl Drop for Opening {
    fn drop(&mut self) {
        if self.is_counted {
            self.sessions.state().opening.remove(self.owner.tenant);
        }
    }
}

/// A request in a session. While there is one, the session is not idle.
pub(super) struct Visit {
    sessions: Arc<Sessions>,
    id: String,
    request: Option<Value>,
    under_way: Arc<UnderWay>,
    /// Fires when the session ends.
    pub(super) end: CancellationToken,
}

impl Drop for Visit {
    fn drop(&mut self) {
        self.request.iter().for_each(|request| self.under_way.end(request));
        if let Some(session) = self.sessions.state().open.get_mut(&self.id) {
            session.busy -= 1;
            session.idle_since = Instant::now();
        }
    }
}

/// Where a request's handler finds the session that it is in. It holds it for as long as it runs.
#[derive(Clone)]
pub(super) struct InSession(pub(super) Arc<Visit>);

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::tenant::{ApiKey, TenantSecret};

    fn owner(secret: &TenantSecret, key: &str) -> Owner {
        Owner { tenant: Some(secret.tenant_of(&ApiKey::parse(key).unwrap())), user: None }
    }

    fn owners() -> (Owner, Owner) {
        let secret = TenantSecret::random();
        (owner(&secret, "key-of-ann"), owner(&secret, "key-of-bob"))
    }

    fn sessions() -> Arc<Sessions> {
        Sessions::new(CancellationToken::new())
    }

    fn opened(sessions: &Arc<Sessions>, owner: Owner, id: &str) {
        sessions.open(owner).unwrap_or_else(|error| panic!("{error}")).opened(id);
    }

    #[tokio::test]
    async fn a_session_is_its_owners_alone() {
        let (sessions, (ann, bob)) = (sessions(), owners());
        opened(&sessions, ann, "a");
        let entered = |id: &str, owner: Owner| sessions.enter(id, owner, None).is_ok();
        assert!(entered("a", ann) && !entered("a", bob) && !entered("b", ann));
        let visit = sessions.enter("a", ann, None).ok().unwrap();
        sessions.end("a");
        assert!(visit.end.is_cancelled() && !entered("a", ann));
    }

    #[tokio::test]
    async fn a_tenant_has_so_many_and_ends_its_own_for_more() {
        let (sessions, (ann, bob)) = (sessions(), owners());
        opened(&sessions, bob, "b");
        for n in 0..SESSIONS_PER_TENANT_MAX {
            opened(&sessions, ann, &n.to_string());
        }
        // A user token does not make another caller of a tenant.
        let secret = TenantSecret::random();
        let user = secret.user_of(&ann.tenant.unwrap(), &crate::tenant::UserToken::parse("u").unwrap());
        opened(&sessions, Owner { user: Some(user), ..ann }, "new");
        assert!(sessions.enter("0", ann, None).is_err() && sessions.enter("b", bob, None).is_ok());
        let busy: Vec<_> =
            (1..SESSIONS_PER_TENANT_MAX).map(|n| sessions.enter(&n.to_string(), ann, None)).collect();
        let new = sessions.enter("new", Owner { user: Some(user), ..ann }, None);
        assert!(busy.iter().all(Result::is_ok) && new.is_ok());
        assert_eq!(sessions.open(ann).err(), Some(TooMany));
        drop(busy);
        assert!(sessions.open(ann).is_ok());
    }

    #[tokio::test]
    async fn what_is_idle_for_too_long_ends_and_what_is_busy_does_not() {
        let (sessions, (ann, _)) = (sessions(), owners());
        assert_eq!(sessions.manager.session_config.keep_alive, None, "its timer does not see what runs");
        opened(&sessions, ann, "busy");
        opened(&sessions, ann, "idle");
        let visit = sessions.enter("busy", ann, None).ok().unwrap();
        sessions.end_idle(IDLE_MAX);
        assert!(sessions.enter("idle", ann, None).is_ok());
        sessions.end_idle(Duration::ZERO);
        assert!(sessions.enter("idle", ann, None).is_err());
        assert!(!visit.end.is_cancelled());
        drop(visit);
        assert!(sessions.enter("busy", ann, None).is_ok());
    }

    #[tokio::test]
    async fn who_has_the_most_makes_room_for_others() {
        let (sessions, secret) = (sessions(), TenantSecret::random());
        let (ann, bob) = (owner(&secret, "key-of-ann"), owner(&secret, "key-of-bob"));
        opened(&sessions, ann, "a");
        for n in 0..SESSIONS_MAX - 1 {
            let many = owner(&secret, &format!("key-{}", n % 10));
            opened(&sessions, many, &n.to_string());
        }
        opened(&sessions, bob, "b");
        assert!(sessions.enter("a", ann, None).is_ok() && sessions.enter("b", bob, None).is_ok());
        assert!(sessions.enter("0", owner(&secret, "key-0"), None).is_err());
    }

    #[tokio::test]
    async fn an_id_is_used_once_at_a_time() {
        let (sessions, (ann, _)) = (sessions(), owners());
        opened(&sessions, ann, "a");
        let first = sessions.enter("a", ann, Some(&json!(1))).ok().unwrap();
        let second = sessions.enter("a", ann, Some(&json!(1)));
        assert!(matches!(second, Err(NotEntered::Refused(_))));
        drop(first);
        assert!(sessions.enter("a", ann, Some(&json!(1))).is_ok());
    }
}
