//! Which status says what. One table, for people and for programs.

use http::StatusCode;

use crate::plugin::{Declined, Fault};
use crate::tools::{Outcome, Refusal};

/// Every status but 200, with when it is answered. `docs/HTTP.md` shows the same table.
pub(super) const MEANINGS: [(StatusCode, &str); 14] = [
    (
        StatusCode::BAD_REQUEST,
        "The request cannot be served as it is: a body that is no JSON object, arguments that do not fit the schema, a \
         cursor or a header that is none",
    ),
    (StatusCode::UNAUTHORIZED, "There is no Xyte API key, or one that cannot be a key"),
    (
        StatusCode::FORBIDDEN,
        "The host name or the web page is not on the list, or the operator did not grant what the tool needs",
    ),
    (StatusCode::NOT_FOUND, "There is no such route, tool, resource or prompt"),
    (StatusCode::METHOD_NOT_ALLOWED, "The route has another method; `Allow` says which"),
    (StatusCode::REQUEST_TIMEOUT, "The body of a POST did not arrive within 30 seconds"),
    (StatusCode::CONFLICT, "The plugin first needs an answer or an ability that only an MCP client can give"),
    (StatusCode::PAYLOAD_TOO_LARGE, "The arguments have more than 1 MiB"),
    (StatusCode::UNSUPPORTED_MEDIA_TYPE, "The body of a POST is not declared as `application/json`"),
    (
        StatusCode::UNPROCESSABLE_ENTITY,
        "The tool ran and failed; `error` is its own code, and `Retry-After` says when to try again, if that helps",
    ),
    (StatusCode::INTERNAL_SERVER_ERROR, "The host itself failed"),
    (StatusCode::BAD_GATEWAY, "The plugin crashed, or answered with something that is no answer"),
    (StatusCode::SERVICE_UNAVAILABLE, "Too many calls run already; `Retry-After` says when to try again"),
    (StatusCode::GATEWAY_TIMEOUT, "The call took longer than it may"),
];

/// What a status means, in a sentence.
pub(super) fn meaning(status: StatusCode) -> &'static str {
    MEANINGS.iter().find(|(known, _)| *known == status).map_or("", |(_, meaning)| meaning)
}

/// The status of a call that did not end with an answer.
pub(super) fn of<T>(outcome: &Outcome<T>) -> StatusCode {
    match outcome {
        Outcome::Answered(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Outcome::Asked(_) => StatusCode::CONFLICT,
        Outcome::Declined(declined) => of_declined(declined),
        Outcome::Refused(refusal) => of_refusal(refusal),
        Outcome::Broken(fault) => of_fault(fault),
    }
}

fn of_refusal(refusal: &Refusal) -> StatusCode {
    match refusal {
        Refusal::MissingKey => StatusCode::UNAUTHORIZED,
        Refusal::Experimental { .. } | Refusal::RouteNotGranted { .. } => StatusCode::FORBIDDEN,
        Refusal::InvalidArguments(_) | Refusal::InvalidPromptArguments(_) => StatusCode::BAD_REQUEST,
        Refusal::CannotAsk | Refusal::NotAnswered(_) | Refusal::TooManyRounds(_) => StatusCode::CONFLICT,
        Refusal::Overloaded => StatusCode::SERVICE_UNAVAILABLE,
    }
}

fn of_declined(declined: &Declined) -> StatusCode {
    match declined {
        Declined::UnknownName(_) | Declined::NotFound(_) => StatusCode::NOT_FOUND,
        Declined::InvalidParams(_) => StatusCode::BAD_REQUEST,
        Declined::MissingCapability(_) => StatusCode::CONFLICT,
        Declined::Internal | Declined::Protocol { .. } => StatusCode::BAD_GATEWAY,
    }
}

fn of_fault(fault: &Fault) -> StatusCode {
    match fault {
        Fault::Trap { .. }
        | Fault::Exit(_)
        | Fault::CpuBudget
        | Fault::TooLarge
        | Fault::InvalidAnswer(_)
        | Fault::AskedAfterWrite => StatusCode::BAD_GATEWAY,
        Fault::Deadline(_) => StatusCode::GATEWAY_TIMEOUT,
        // Nobody hears it, unless the host is going down.
        Fault::Cancelled => StatusCode::SERVICE_UNAVAILABLE,
        Fault::Host => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn only_the_hosts_own_failure_is_a_500() {
        let faults = [
            (Fault::Trap { reason: "x".into() }, 502),
            (Fault::Exit(1), 502),
            (Fault::CpuBudget, 502),
            (Fault::TooLarge, 502),
            (Fault::InvalidAnswer("x".into()), 502),
            (Fault::AskedAfterWrite, 502),
            (Fault::Deadline(Duration::from_secs(1)), 504),
            (Fault::Cancelled, 503),
            (Fault::Host, 500),
        ];
        for (fault, status) in faults {
            assert_eq!(of::<()>(&Outcome::Broken(fault.clone())).as_u16(), status, "{fault:?}");
        }
        let protocol = Declined::Protocol { code: 1, message: "m".into(), data: None };
        for (declined, status) in [
            (Declined::UnknownName("x".into()), 404),
            (Declined::NotFound("x".into()), 404),
            (Declined::InvalidParams("x".into()), 400),
            (Declined::Internal, 502),
            (protocol, 502),
        ] {
            assert_eq!(of::<()>(&Outcome::Declined(declined.clone())).as_u16(), status, "{declined:?}");
        }
        for (refusal, status) in [
            (Refusal::MissingKey, 401),
            (Refusal::Experimental { tool: "x".into() }, 403),
            (Refusal::RouteNotGranted { how: "x".into() }, 403),
            (Refusal::InvalidArguments("x".into()), 400),
            (Refusal::Overloaded, 503),
        ] {
            assert_eq!(of::<()>(&Outcome::Refused(refusal.clone())).as_u16(), status, "{refusal:?}");
        }
    }

    /// The table for people is this one.
    #[test]
    fn the_document_shows_the_table() {
        let document = include_str!("../../../docs/HTTP.md");
        for (status, meaning) in MEANINGS {
            let row = format!("| {} | {meaning} |\n", status.as_u16());
            assert!(document.contains(&row), "docs/HTTP.md lacks the row {row:?}");
        }
        assert_eq!(
            document.lines().filter(|line| line.starts_with("| 4") || line.starts_with("| 5")).count(),
            MEANINGS.len()
        );
    }
}
