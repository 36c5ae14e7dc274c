//! What the mock host knows and does.

use std::cell::{Cell, RefCell, RefMut};
use std::fmt;
use std::rc::Rc;

use serde_json::{Value, json};

use super::client::Client;
use super::kept::{Kept, Owner};
use super::recorded::{LogLine, Recorded};
use super::reply::Reply;
use super::served::Served;
use crate::bindings::state::{Error as StateError, Space};
use crate::bindings::xyte::{Error, ErrorKind, Request, Response};
use crate::route::Route;

/// 2026-01-01T00:00:00Z.
const NOW_MS: u64 = 1_767_225_600_000;
/// The host's usual limits of one call.
const REMAINING_MS: u32 = 30_000;
const REQUESTS_MAX: usize = 64;

type Answer = Rc<dyn Fn(&Recorded) -> Reply>;

pub(crate) struct State {
    pub(super) now_ms: Cell<u64>,
    pub(super) remaining_ms: Cell<u32>,
    pub(super) latency_ms: Cell<u32>,
    pub(super) requests_max: Cell<usize>,
    pub(super) cancelled: Cell<bool>,
    pub(super) requests: RefCell<Vec<Recorded>>,
    pub(super) logs: RefCell<Vec<LogLine>>,
    pub(super) settings: RefCell<Value>,
    pub(super) client: Client,
    pub(super) store: RefCell<Kept>,
    scripts: RefCell<Vec<Script>>,
    served: Cell<Option<Served>>,
    /// How many requests the running call has sent.
    sent: Cell<usize>,
    /// Whether one of them was a write.
    pub(super) has_written: Cell<bool>,
}

struct Script {
    route: &'static Route,
    answers: Vec<Answer>,
    given: usize,
}

thread_local! {
    /// The host of the call that runs on this thread: import functions have no other way to find it.
    static RUNNING: RefCell<Option<Rc<State>>> = const { RefCell::new(None) };
}

/// Calls `then` with the host that is running.
pub(super) fn running<T>(then: impl FnOnce(&State) -> T) -> T {
    let state = RUNNING.with_borrow(Clone::clone);
    then(&state.expect("no host is running: call the tool through xyte_plugin_sdk::mock::Host"))
}

/// While this lives, the host is the one that is running.
pub(super) struct Running;

impl Drop for Running {
    fn drop(&mut self) {
        // What was answered was answered to this call.
        if let Some(state) = RUNNING.take().filter(|state| state.served.get().is_some()) {
            state.client.forget_answers();
        }
    }
}

impl Default for State {
    fn default() -> State {
        State {
            now_ms: Cell::new(NOW_MS),
            remaining_ms: Cell::new(REMAINING_MS),
            latency_ms: Cell::new(0),
            requests_max: Cell::new(REQUESTS_MAX),
            cancelled: Cell::new(false),
            requests: RefCell::default(),
            logs: RefCell::default(),
            settings: RefCell::new(json!({})),
            client: Client::new(),
            store: RefCell::default(),
            scripts: RefCell::default(),
            served: Cell::new(None),
            sent: Cell::new(0),
            has_written: Cell::new(false),
        }
    }
}

impl State {
    pub(super) fn enter(self: &Rc<Self>, served: Option<Served>) -> Running {
        self.served.set(served);
        self.sent.set(0);
        self.has_written.set(false);
        RUNNING.set(Some(Rc::clone(self)));
        Running
    }

    pub(super) fn pass(&self, milliseconds: u32) {
        self.now_ms.set(self.now_ms.get() + u64::from(milliseconds));
        self.remaining_ms.set(self.remaining_ms.get().saturating_sub(milliseconds));
    }

    /// What is kept, as of now.
    pub(super) fn kept(&self) -> Result<RefMut<'_, Kept>, StateError> {
        let mut kept = self.store.borrow_mut();
        kept.at(self.now_ms.get())?;
        Ok(kept)
    }

    pub(super) fn owner(&self, space: Space) -> Result<Owner, StateError> {
        match space {
            Space::Tenant => Ok(None),
            Space::User => self.client.user.borrow().clone().map(Some).ok_or(StateError::NoUser),
        }
    }

    pub(super) fn script(&self, route: &'static Route, answer: Answer) {
        let mut scripts = self.scripts.borrow_mut();
        match scripts.iter_mut().find(|script| script.route == route) {
            Some(script) => script.answers.push(answer),
            None => scripts.push(Script { route, answers: vec![answer], given: 0 }),
        }
    }

    pub(super) fn send(&self, request: &Request) -> Result<Response, Error> {
        let recorded = Recorded::of(request);
        if let Some(served) = self.served.get() {
            served.check(&recorded);
        }
        if self.sent.get() == self.requests_max.get() {
            let max = self.requests_max.get();
            let message = format!("One call sends at most {max} requests.");
            return Reply::error(ErrorKind::BudgetExhausted, "requests_exhausted", &message).into_result();
        }
        self.sent.set(self.sent.get() + 1);
        let (route, answer) = self.next_answer(&recorded);
        recorded.check(route);
        self.has_written.set(self.has_written.get() || !route.reads());
        self.requests.borrow_mut().push(recorded.clone());
        answer(&recorded).into_result()
    }

    fn next_answer(&self, request: &Recorded) -> (&'static Route, Answer) {
        let mut scripts = self.scripts.borrow_mut();
        let script = scripts
            .iter_mut()
            .find(|script| request.is_on(script.route))
            .unwrap_or_else(|| panic!("the mock host has no answer for {request}: add one with .answer(…)"));
        let answer = &script.answers[script.given.min(script.answers.len() - 1)];
        script.given += 1;
        (script.route, Rc::clone(answer))
    }
}

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("State").field("requests", &self.requests).finish_non_exhaustive()
    }
}
