//! The kinds of failures of a request.

use crate::bindings::xyte::ErrorKind;

/// What kind of failure it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum XyteErrorKind {
    /// 401: the key was not accepted.
    Unauthorized,
    /// 403: the key may not do this.
    Forbidden,
    /// 404: Xyte does not know it. For a ticket also 401, which is what Xyte answers when it is not there; the status
    /// tells the two apart.
    NotFound,
    /// 400, 422 and other 4xx: Xyte did not accept the values.
    InvalidRequest,
    /// Xyte, or the host on its behalf, wants fewer requests.
    RateLimited,
    /// Any other status.
    Upstream,
    /// Xyte's answer is not what the operation is known to answer.
    Unreadable,
    /// The host refused: not granted, read-only mode, or not possible for this caller.
    Denied,
    /// It was not sent, since the request itself is wrong: a value that cannot stand in the route, say.
    NotSendable,
    /// This call has used up its requests or bytes.
    BudgetExhausted,
    /// Xyte did not answer in time.
    Timeout,
    /// The caller has gone.
    Cancelled,
    /// The answer is larger than the host passes on.
    TooLarge,
    /// Xyte was not reached; nothing was changed.
    Unavailable,
    /// A write was sent and no answer came: it may or may not have happened.
    OutcomeUnknown,
    /// Something that this version has no name for; the code has one.
    Other,
}

impl From<ErrorKind> for XyteErrorKind {
    fn from(kind: ErrorKind) -> XyteErrorKind {
        match kind {
            ErrorKind::Denied => XyteErrorKind::Denied,
            ErrorKind::Invalid => XyteErrorKind::NotSendable,
            ErrorKind::RateLimited => XyteErrorKind::RateLimited,
            ErrorKind::BudgetExhausted => XyteErrorKind::BudgetExhausted,
            ErrorKind::Timeout => XyteErrorKind::Timeout,
            ErrorKind::Cancelled => XyteErrorKind::Cancelled,
            ErrorKind::TooLarge => XyteErrorKind::TooLarge,
            ErrorKind::Unavailable => XyteErrorKind::Unavailable,
            ErrorKind::OutcomeUnknown => XyteErrorKind::OutcomeUnknown,
            ErrorKind::Other => XyteErrorKind::Other,
        }
    }
}
