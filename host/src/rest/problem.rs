//! What went wrong, as RFC 9457 has it.

use std::time::Duration;

use http::StatusCode;
use serde::Serialize;
use serde_json::value::RawValue;

use super::content::raw;
use super::status;
use crate::json::Json;
use crate::plugin::Failure;
use crate::tools::{Outcome, Reply, Unknown};

/// How long a caller is asked to wait for a turn. Calls take about a second.
const TURN_PAUSE: Duration = Duration::from_secs(1);

/// A request that was not answered with what it asked for.
#[derive(Debug, Clone)]
pub struct Problem {
    status: StatusCode,
    error: Box<str>,
    detail: Box<str>,
    hint: Option<Box<str>>,
    retry_after: Option<Duration>,
    details: Option<Json>,
    allow: Option<&'static str>,
}

/// The members, in the order shown.
#[derive(Serialize)]
struct Members<'a> {
    r#type: &'static str,
    title: &'static str,
    status: u16,
    detail: &'a str,
    error: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after_ms: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    details: Option<Box<RawValue>>,
}

impl Problem {
    /// A problem with a stable, snake_case code and a sentence for people.
    pub fn new(status: StatusCode, error: &str, detail: &str) -> Problem {
        Problem {
            status,
            error: error.into(),
            detail: detail.into(),
            hint: None,
            retry_after: None,
            details: None,
            allow: None,
        }
    }

    /// There is no such route.
    pub fn unknown_route() -> Problem {
        Problem::new(
            StatusCode::NOT_FOUND,
            "unknown_route",
            "there is nothing here; /v1/docs shows what there is, and /v1/openapi.json says so to programs",
        )
    }

    /// The route has other methods.
    pub fn method_not_allowed(allow: &'static str) -> Problem {
        let detail = format!("this route is for {allow}");
        Problem {
            allow: Some(allow),
            ..Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", &detail)
        }
    }

    /// The body is not what it has to be.
    pub fn unsupported_media_type() -> Problem {
        Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "unsupported_media_type",
            "send the arguments as one JSON object, with `Content-Type: application/json`",
        )
    }

    /// The body is too large.
    pub fn body_too_large(limit: usize) -> Problem {
        let detail = format!("the arguments may have at most {limit} bytes");
        Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "body_too_large", &detail)
    }

    /// The body was not there in time.
    pub fn body_late() -> Problem {
        let detail = "the request's body did not arrive in time";
        Problem::new(StatusCode::REQUEST_TIMEOUT, "body_late", detail)
    }

    /// The request cannot be read.
    pub fn malformed(error: &str, detail: &str) -> Problem {
        Problem::new(StatusCode::BAD_REQUEST, error, detail)
    }

    pub(super) fn unknown(error: &str, unknown: &Unknown) -> Problem {
        let detail = format!("{unknown}; GET /v1/tools, /v1/resources and /v1/prompts list what there is");
        Problem::new(StatusCode::NOT_FOUND, error, &detail)
    }

    fn failed(status: StatusCode, failure: Failure) -> Problem {
        let busy = (status == StatusCode::SERVICE_UNAVAILABLE).then_some(TURN_PAUSE);
        Problem {
            hint: failure.hint.map(String::into_boxed_str),
            retry_after: failure.retry_after.or(busy),
            details: failure.details,
            ..Problem::new(status, &failure.code, &failure.message)
        }
    }

    fn needs_input() -> Problem {
        let hint = "Call the tool through an MCP client, which can pass its questions on";
        Problem {
            hint: Some(hint.into()),
            ..Problem::new(StatusCode::CONFLICT, "needs_input", "the plugin asks the user something first")
        }
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The stable code.
    pub fn error(&self) -> &str {
        &self.error
    }

    /// The sentence for people.
    pub fn detail(&self) -> &str {
        &self.detail
    }

    /// Whole seconds after which a repetition may succeed, at least one.
    pub fn retry_after_seconds(&self) -> Option<u64> {
        self.retry_after.map(|delay| delay.as_millis().div_ceil(1_000).try_into().unwrap_or(u64::MAX).max(1))
    }

    /// The methods of the route.
    pub fn allow(&self) -> Option<&'static str> {
        self.allow
    }

    /// The problem as a JSON object.
    pub fn to_json(&self) -> String {
        let retry_after_ms =
            self.retry_after.map(|delay| u64::try_from(delay.as_millis()).unwrap_or(u64::MAX));
        let members = Members {
            // Without a page about each problem, the status' own words are its title, and `error` tells them apart.
            r#type: "about:blank",
            title: self.status.canonical_reason().unwrap_or_default(),
            status: self.status.as_u16(),
            detail: &self.detail,
            error: &self.error,
            hint: self.hint.as_deref(),
            retry_after_ms,
            details: self.details.clone().map(raw),
        };
        serde_json::to_string(&members).expect("text and numbers become JSON")
    }
}

/// The answer of a call, or why there is none.
pub(super) fn settled<T: Reply>(outcome: Outcome<T>) -> Result<T, Problem> {
    let (status, failure) = (status::of(&outcome), outcome.failure());
    match (outcome, failure) {
        (Outcome::Answered(answer), None) => Ok(answer),
        (_, Some(failure)) => Err(Problem::failed(status, failure)),
        (_, None) => Err(Problem::needs_input()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::plugin::{Answer, Question};
    use crate::tools::Refusal;

    fn failure(retry_after: Option<Duration>) -> Failure {
        Failure {
            code: "lamp_broken".into(),
            message: "The lamp is broken.".into(),
            hint: Some("Replace it.".into()),
            retry_after,
            details: Some(Json::parse(r#"{"hours":812}"#, 100).unwrap()),
        }
    }

    fn answered(failure: Failure) -> Outcome {
        Outcome::Answered(Answer { failure: Some(failure), ..Answer::default() })
    }

    #[test]
    fn a_failure_keeps_its_code_its_hint_and_its_time() {
        let problem = settled(answered(failure(Some(Duration::from_millis(1_500))))).unwrap_err();
        assert_eq!(problem.retry_after_seconds(), Some(2));
        let json: Value = serde_json::from_str(&problem.to_json()).unwrap();
        let expected = json!({
            "type": "about:blank", "title": "Unprocessable Entity", "status": 422,
            "detail": "The lamp is broken.", "error": "lamp_broken", "hint": "Replace it.", "retry_after_ms": 1500,
            "details": {"hours": 812},
        });
        assert_eq!(json, expected);
        assert_eq!(settled(answered(failure(None))).unwrap_err().retry_after_seconds(), None);
        assert!(settled(Outcome::Answered(Answer::default())).is_ok());
    }

    #[test]
    fn who_is_busy_says_when_to_come_back() {
        let problem = settled::<Answer>(Outcome::Refused(Refusal::Overloaded)).unwrap_err();
        assert_eq!((problem.status().as_u16(), problem.retry_after_seconds()), (503, Some(1)));
    }

    #[test]
    fn a_question_is_a_conflict() {
        let question = Question { requests: Vec::new(), asker: "Rooms".into(), state: Some("s".into()) };
        let problem = settled::<Answer>(Outcome::Asked(question)).unwrap_err();
        assert_eq!((problem.status().as_u16(), problem.error()), (409, "needs_input"));
    }
}
