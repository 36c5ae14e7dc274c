//! The client of a mock call: who it is, what it can do, what it was told, and what it answers.

use std::cell::RefCell;

use serde_json::{Map, Value};

use crate::bindings::notify::Catalog;
use crate::bindings::types::{CallError, NeedsInput};

/// What the client was told of the work.
#[derive(Debug, Clone, PartialEq)]
pub struct Progress {
    /// How much is done.
    pub done: f64,
    /// Of how much.
    pub total: Option<f64>,
    /// What is being done.
    pub message: Option<String>,
}

/// A message that the client was sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// MCP's name of the level.
    pub level: String,
    /// What it says.
    pub data: Value,
}

/// What clients were told to look at again.
#[derive(Debug, Clone, PartialEq)]
pub enum Notice {
    /// A list.
    ListChanged(Catalog),
    /// The resource of this URI.
    ResourceUpdated(String),
}

#[derive(Default)]
pub(crate) struct Client {
    pub(super) user: RefCell<Option<String>>,
    pub(super) capabilities: RefCell<Value>,
    pub(super) answers: RefCell<Vec<(String, String)>>,
    pub(super) remembered: RefCell<Option<String>>,
    pub(super) progress: RefCell<Vec<Progress>>,
    pub(super) messages: RefCell<Vec<Message>>,
    pub(super) notices: RefCell<Vec<Notice>>,
}

impl Client {
    pub(super) fn new() -> Client {
        Client { capabilities: RefCell::new(Value::Object(Map::new())), ..Client::default() }
    }

    /// Only rising values are sent on.
    pub(super) fn take_progress(&self, done: f64, total: Option<f64>, message: Option<&str>) {
        let mut progress = self.progress.borrow_mut();
        if progress.last().is_none_or(|last| done > last.done) {
            progress.push(Progress { done, total, message: message.map(str::to_owned) });
        }
    }

    /// What is said twice is sent once.
    pub(super) fn take_notice(&self, notice: Notice) {
        let mut notices = self.notices.borrow_mut();
        if !notices.contains(&notice) {
            notices.push(notice);
        }
    }

    pub(super) fn take_message(&self, level: &str, data: &str) {
        let data = serde_json::from_str(data).expect("a message is JSON");
        self.messages.borrow_mut().push(Message { level: level.to_owned(), data });
    }

    /// The next call is the next round of the one that asked: what was not asked is dropped, as the host does.
    pub(super) fn answer(&self, asked: &NeedsInput, answers: &[(&str, Value)]) {
        let is_asked = |key: &str| asked.requests.iter().any(|request| request.key == key);
        let given = answers.iter().filter(|(key, _)| is_asked(key));
        *self.answers.borrow_mut() =
            given.map(|(key, value)| ((*key).to_owned(), value.to_string())).collect();
        self.remembered.borrow_mut().clone_from(&asked.state);
    }

    pub(super) fn forget_answers(&self) {
        self.answers.borrow_mut().clear();
        self.remembered.replace(None);
    }

    /// # Errors
    /// The client did not declare that it can answer: the host says so in the plugin's place.
    pub(super) fn can_answer(&self, asked: &NeedsInput) -> Result<(), CallError> {
        let capabilities = self.capabilities.borrow();
        for request in &asked.requests {
            let needed = match request.method.as_str() {
                "elicitation/create" => "elicitation",
                "sampling/createMessage" => "sampling",
                "roots/list" => "roots",
                method => panic!("`{}` asks with {method}, which is no question of MCP's", request.key),
            };
            if capabilities.get(needed).is_none() {
                return Err(CallError::MissingCapability(serde_json::json!({ needed: {} }).to_string()));
            }
        }
        Ok(())
    }
}
