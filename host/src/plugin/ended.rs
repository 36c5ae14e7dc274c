//! How a guest ends a call that it did not break.

use super::bindings::types as wit;
use super::fault::Fault;
use super::limits::{FAILURE_TEXT_BYTES_MAX, JSON_BYTES_MAX};
use super::question::Question;
use super::text::cut;
use crate::json::Json;

/// The end of a call.
#[derive(Debug)]
pub enum Ended<T> {
    /// It is done.
    Done(T),
    /// Something must be answered first; the call is then made again.
    Asked(Question),
    /// The plugin could not serve the request at all, which is an error of the protocol.
    Declined(Declined),
}

/// Why a plugin could not serve a request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Declined {
    /// It knows nothing of that name, though it may have described it.
    #[error("the plugin knows nothing of the name {0:?}")]
    UnknownName(String),
    /// The arguments make no sense although they fit the schema.
    #[error("{0}")]
    InvalidParams(String),
    /// There is no such resource.
    #[error("there is no resource {0}")]
    NotFound(String),
    /// The client must declare these capabilities, one object.
    #[error("the client must declare a capability that it did not declare")]
    MissingCapability(Json),
    /// It failed; the log says more.
    #[error("the plugin failed; the operator's log says more")]
    Internal,
    /// A JSON-RPC error of its own.
    #[error("{message}")]
    Protocol {
        /// A code that is not reserved, or one that MCP assigns.
        code: i32,
        /// What it says.
        message: String,
        /// Anything more.
        data: Option<Json>,
    },
}

impl Declined {
    /// Stable, snake_case.
    pub fn code(&self) -> &'static str {
        match self {
            Declined::UnknownName(_) => "unknown_name",
            Declined::InvalidParams(_) => "invalid_arguments",
            Declined::NotFound(_) => "not_found",
            Declined::MissingCapability(_) => "missing_capability",
            Declined::Internal | Declined::Protocol { .. } => "plugin_error",
        }
    }
}

/// The codes of JSON-RPC's reserved range that MCP assigns a meaning which a plugin may give.
const ASSIGNED_CODES: [i32; 5] = [-32602, -32603, -32002, -32021, -32042];
/// JSON-RPC keeps these codes for itself and for implementations.
const RESERVED_CODES: std::ops::RangeInclusive<i32> = -32768..=-32000;

impl Declined {
    /// Checks a guest's refusal.
    ///
    /// # Errors
    /// It does not know what it described, or breaks the contract.
    pub(super) fn check(error: wit::CallError) -> Result<Declined, Fault> {
        let text = |text: String| cut(&text, FAILURE_TEXT_BYTES_MAX).to_owned();
        let json = |what: &str, text: &str| {
            Json::parse(text, JSON_BYTES_MAX)
                .map_err(|error| Fault::InvalidAnswer(format!("{what} is refused: {error}")))
        };
        Ok(match error {
            wit::CallError::UnknownName(name) => Declined::UnknownName(text(name)),
            wit::CallError::InvalidParams(reason) => Declined::InvalidParams(text(reason)),
            wit::CallError::NotFound(uri) => Declined::NotFound(text(uri)),
            wit::CallError::MissingCapability(needed) => {
                let needed = json("a needed capability", &needed)?;
                if !needed.is_object() {
                    return Err(Fault::InvalidAnswer("the capabilities that it needs are no object".into()));
                }
                Declined::MissingCapability(needed)
            }
            wit::CallError::Internal(reason) | wit::CallError::Other(reason) => {
                tracing::warn!(reason = text(reason), "the plugin reports an internal error");
                Declined::Internal
            }
            wit::CallError::Protocol(error) => {
                if RESERVED_CODES.contains(&error.code) && !ASSIGNED_CODES.contains(&error.code) {
                    let reason = format!("the error code {} is reserved by JSON-RPC", error.code);
                    return Err(Fault::InvalidAnswer(reason));
                }
                let data = error.data.map(|data| json("an error's data", &data)).transpose()?;
                Declined::Protocol { code: error.code, message: text(error.message), data }
            }
        })
    }
}

/// What comes of a guest that asks. One that has sent a write cannot: made again, the call would write again.
pub(super) fn asked<T>(needs: wit::NeedsInput, asker: &str, wrote: bool) -> Result<Ended<T>, Fault> {
    if wrote {
        return Err(Fault::AskedAfterWrite);
    }
    Question::check(needs, asker).map(Ended::Asked).map_err(Fault::InvalidAnswer)
}

/// What comes of an outcome that this version of the contract has no case for.
pub(super) fn unknown() -> Fault {
    Fault::InvalidAnswer("it answers in a form that this host does not know".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn protocol(code: i32) -> Result<Declined, Fault> {
        let error = wit::ProtocolError { code, message: "m".into(), data: Some("{ }".into()) };
        Declined::check(wit::CallError::Protocol(error))
    }

    #[test]
    fn an_error_code_is_free_or_assigned() {
        for good in [1, -1, -31999, -32769, -32602, -32002] {
            assert!(protocol(good).is_ok(), "{good}");
        }
        for bad in [-32000, -32700, -32601, -32768] {
            assert!(matches!(protocol(bad), Err(Fault::InvalidAnswer(_))), "{bad}");
        }
    }

    #[test]
    fn a_refusal_is_cut_and_its_json_checked() {
        let long = "x".repeat(FAILURE_TEXT_BYTES_MAX + 1);
        let cut = Declined::check(wit::CallError::InvalidParams(long)).unwrap();
        assert_eq!(cut.to_string().len(), FAILURE_TEXT_BYTES_MAX);
        assert!(Declined::check(wit::CallError::MissingCapability("{".into())).is_err());
        assert_eq!(Declined::check(wit::CallError::UnknownName("x".into())).unwrap().code(), "unknown_name");
        assert_eq!(Declined::check(wit::CallError::Internal("secret".into())), Ok(Declined::Internal));
    }

    #[test]
    fn who_has_written_cannot_ask() {
        let needs = || wit::NeedsInput { requests: Vec::new(), state: Some("s".into()) };
        assert!(matches!(asked::<()>(needs(), "Probe", false), Ok(Ended::Asked(_))));
        assert!(matches!(asked::<()>(needs(), "Probe", true), Err(Fault::AskedAfterWrite)));
    }
}
