//! How a call ends.

use crate::plugin::{
    Answer, Completion, Declined, Ended, Failure, Fault, Messages, Page, Question, ResourceContents,
};

/// The end of a call of something that exists.
#[derive(Debug)]
pub enum Outcome<T = Answer> {
    /// There is an answer, though perhaps that of a tool which failed.
    Answered(T),
    /// It asks something, and wants to be called again with the answer.
    Asked(Question),
    /// The plugin could not serve the request at all.
    Declined(Declined),
    /// We said no, before anything ran.
    Refused(Refusal),
    /// It broke: the guest, the time, or we.
    Broken(Fault),
}

/// Why nothing ran.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is no key to call Xyte with.
    #[error("no Xyte API key came with this call, and none is configured")]
    MissingKey,
    /// The tool is an experiment.
    #[error("{tool} is experimental, and experiments are turned off")]
    Experimental {
        /// Its name.
        tool: String,
    },
    /// The tool is of no use without a route that it was not granted.
    #[error("{how}")]
    RouteNotGranted {
        /// What is missing, and the line that would grant it.
        how: String,
    },
    /// The arguments do not fit the tool's schema.
    #[error("the arguments do not fit the tool's schema: {0}")]
    InvalidArguments(String),
    /// A prompt's arguments are not those that it has.
    #[error("{0}")]
    InvalidPromptArguments(String),
    /// It asks the user something, and there is no way to ask.
    #[error("the plugin asks the user something in between, and over this connection nobody can be asked")]
    CannotAsk,
    /// It asked, and there was no answer.
    #[error("a question of the plugin was not answered: {0}")]
    NotAnswered(String),
    /// It asked again and again.
    #[error("the plugin asked {0} times without coming to an end")]
    TooManyRounds(usize),
    /// Too many calls run already.
    #[error("the host is busy with other calls")]
    Overloaded,
}

impl Refusal {
    /// Stable, snake_case.
    pub fn code(&self) -> &'static str {
        match self {
            Refusal::MissingKey => "missing_xyte_key",
            Refusal::Experimental { .. } => "experimental_tool",
            Refusal::RouteNotGranted { .. } => "route_not_granted",
            Refusal::InvalidArguments(_) | Refusal::InvalidPromptArguments(_) => "invalid_arguments",
            Refusal::CannotAsk => "needs_input_unsupported",
            Refusal::NotAnswered(_) => "question_not_answered",
            Refusal::TooManyRounds(_) => "too_many_rounds",
            Refusal::Overloaded => "overloaded",
        }
    }

    /// What would help.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Refusal::MissingKey => Some(
                "Set XYTE_API_KEY (or XYTE_API_KEY_FILE) for the server, or send the key with the request in the \
                 Authorization header",
            ),
            Refusal::Experimental { .. } => Some("An operator can set XYTE_EXPERIMENTAL_APIS=true"),
            Refusal::Overloaded => Some("Repeat the call in a moment"),
            Refusal::CannotAsk => Some(
                "Connect with a session (initialize, and send the Mcp-Session-Id that comes back), over stdio, or with \
                 a client of MCP 2026-07-28",
            ),
            Refusal::RouteNotGranted { .. }
            | Refusal::NotAnswered(_)
            | Refusal::TooManyRounds(_)
            | Refusal::InvalidArguments(_)
            | Refusal::InvalidPromptArguments(_) => None,
        }
    }
}

/// There is nothing of that name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there is no {0}")]
pub struct Unknown(pub(super) &'static str);

/// What a plugin answers with.
pub trait Reply {
    /// What went wrong, if this is how a tool says that it failed.
    fn failure(&self) -> Option<&Failure> {
        None
    }
}

impl Reply for Answer {
    fn failure(&self) -> Option<&Failure> {
        self.failure.as_ref()
    }
}

impl Reply for ResourceContents {}
impl Reply for Page {}
impl Reply for Messages {}
impl Reply for Completion {}

impl<T> From<Result<Ended<T>, Fault>> for Outcome<T> {
    fn from(ended: Result<Ended<T>, Fault>) -> Outcome<T> {
        match ended {
            Ok(Ended::Done(answer)) => Outcome::Answered(answer),
            Ok(Ended::Asked(question)) => Outcome::Asked(question),
            Ok(Ended::Declined(declined)) => Outcome::Declined(declined),
            Err(fault) => Outcome::Broken(fault),
        }
    }
}

impl<T: Reply> Outcome<T> {
    /// One word for logs and metrics: `ok`, or the code of what went wrong.
    pub fn code(&self) -> &str {
        match self {
            Outcome::Answered(reply) => reply.failure().map_or("ok", |failure| &failure.code),
            Outcome::Asked(_) => "needs_input",
            Outcome::Declined(declined) => declined.code(),
            Outcome::Refused(refusal) => refusal.code(),
            Outcome::Broken(fault) => fault.code(),
        }
    }

    /// The family of what went wrong. None: nothing did.
    pub fn family(&self) -> Option<&'static str> {
        match self {
            Outcome::Answered(reply) => reply.failure().map(|_| "failed"),
            Outcome::Asked(_) => None,
            Outcome::Declined(_) => Some("failed"),
            Outcome::Refused(_) => Some("refused"),
            Outcome::Broken(_) => Some("broken"),
        }
    }

    /// What a caller is told when the plugin did not do its work. None: it did.
    pub fn failure(&self) -> Option<Failure> {
        let plain = |code: &str, message: String, hint: Option<&str>| Failure {
            code: code.to_owned(),
            message,
            hint: hint.map(str::to_owned),
            retry_after: None,
            details: None,
        };
        match self {
            Outcome::Answered(reply) => reply.failure().cloned(),
            Outcome::Asked(_) => None,
            Outcome::Declined(declined) => {
                let details = match declined {
                    Declined::Protocol { data, .. } => data.clone(),
                    _ => None,
                };
                Some(Failure { details, ..plain(declined.code(), declined.to_string(), None) })
            }
            Outcome::Refused(refusal) => Some(plain(refusal.code(), refusal.to_string(), refusal.hint())),
            Outcome::Broken(fault) => Some(plain(fault.code(), fault.to_string(), None)),
        }
    }
}
