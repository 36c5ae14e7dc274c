//! What the hub saw.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::time::Instant;

use axum::http::header::{AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use crate::generate::KEY_PREFIX;
use crate::lock::locked;

/// How many requests are kept; the oldest go first. More than any test sends, and little memory under load.
pub const REQUESTS_KEPT: usize = 10_000;
/// How many bytes of bodies are kept, in all; the oldest requests go first. A load test may send large ones.
pub const REQUEST_BYTES_KEPT: usize = 64 << 20;

/// What stands in the record where a credential was that is not the simulator's.
const NOT_OURS: &str = "<not a simulator key>";
/// Headers that hold credentials.
const CREDENTIALS: [HeaderName; 4] =
    [AUTHORIZATION, PROXY_AUTHORIZATION, COOKIE, HeaderName::from_static("x-api-key")];

/// One request as it was received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedRequest {
    /// Its place in the order of arrival, from 1. Never given twice, even after the record was cleared.
    pub number: u64,
    /// `GET`
    pub method: String,
    /// Path and query as received, nothing decoded: `/core/v1/organization/devices?page=2`.
    pub target: String,
    /// Names in lower case, in the order received; several of one name stand together. A credential that is not the
    /// simulator's is replaced by `<not a simulator key>`.
    pub headers: Vec<(String, String)>,
    /// The body; empty if it was larger than the hub takes.
    pub body: Vec<u8>,
    /// The name of the tenant whose key it came with.
    pub tenant: Option<String>,
    /// The key of the operation whose route it had.
    pub operation: Option<&'static str>,
    /// The status that was answered. None: it was not answered, or not yet.
    pub status: Option<u16>,
    /// When the hub was done with it: the answer was on its way, or its client had gone. None: it is still there.
    pub ended: Option<Instant>,
}

/// The latest requests.
#[derive(Debug, Default)]
pub(crate) struct Record(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    requests: VecDeque<RecordedRequest>,
    body_bytes: usize,
    last_number: u64,
}

impl RecordedRequest {
    /// Whether its client went away before there was an answer.
    pub fn was_abandoned(&self) -> bool {
        self.ended.is_some() && self.status.is_none()
    }

    /// The first header of that name, which is written in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(header, _)| header == name).map(|(_, value)| value.as_str())
    }
}

impl Record {
    /// Keeps a request and answers its number.
    pub(crate) fn add(&self, request: RecordedRequest) -> u64 {
        let mut kept = locked(&self.0);
        kept.last_number += 1;
        let number = kept.last_number;
        kept.body_bytes += request.body.len();
        kept.requests.push_back(RecordedRequest { number, ..request });
        kept.forget_oldest();
        number
    }

    /// Notes what a request was answered, if it is still kept.
    pub(crate) fn answered(&self, number: u64, status: StatusCode) {
        self.change(number, |request| request.status = Some(status.as_u16()));
    }

    /// Notes that the hub is done with a request, if it is still kept.
    pub(crate) fn ended(&self, number: u64) {
        self.change(number, |request| request.ended = Some(Instant::now()));
    }

    fn change(&self, number: u64, change: impl FnOnce(&mut RecordedRequest)) {
        let mut kept = locked(&self.0);
        // Numbers ascend without gaps, so the request's place follows from the first one's.
        let first = kept.requests.front().map_or(u64::MAX, |request| request.number);
        let place = number.checked_sub(first).and_then(|place| usize::try_from(place).ok());
        if let Some(request) = place.and_then(|place| kept.requests.get_mut(place)) {
            change(request);
        }
    }

    pub(crate) fn requests(&self) -> Vec<RecordedRequest> {
        locked(&self.0).requests.iter().cloned().collect()
    }

    pub(crate) fn clear(&self) {
        let mut kept = locked(&self.0);
        kept.requests.clear();
        kept.body_bytes = 0;
    }
}

impl Kept {
    fn forget_oldest(&mut self) {
        while self.requests.len() > REQUESTS_KEPT || self.body_bytes > REQUEST_BYTES_KEPT {
            let Some(oldest) = self.requests.pop_front() else { return };
            self.body_bytes -= oldest.body.len();
        }
    }
}

/// The headers as they are recorded.
pub(crate) fn headers(headers: &HeaderMap) -> Vec<(String, String)> {
    headers.iter().map(|(name, value)| (name.to_string(), recorded(name, value))).collect()
}

fn recorded(name: &HeaderName, value: &HeaderValue) -> String {
    let text = String::from_utf8_lossy(value.as_bytes());
    if CREDENTIALS.contains(name) && !text.starts_with(KEY_PREFIX) {
        NOT_OURS.to_owned()
    } else {
        text.into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::{REQUEST_BYTES_KEPT, REQUESTS_KEPT, Record, RecordedRequest};
    use axum::http::StatusCode;

    fn request(body_bytes: usize) -> RecordedRequest {
        RecordedRequest {
            number: 0,
            method: "POST".to_owned(),
            target: "/".to_owned(),
            headers: Vec::new(),
            body: vec![0; body_bytes],
            tenant: None,
            operation: None,
            status: None,
            ended: None,
        }
    }

    #[test]
    fn the_oldest_requests_go_first() {
        let record = Record::default();
        for _ in 0..=REQUESTS_KEPT {
            record.add(request(0));
        }
        record.answered(1, StatusCode::OK);
        record.answered(2, StatusCode::OK);
        let requests = record.requests();
        assert_eq!(requests.len(), REQUESTS_KEPT);
        assert_eq!((requests[0].number, requests[0].status), (2, Some(200)));
        assert!(requests[1..].iter().all(|request| request.status.is_none()));
    }

    #[test]
    fn bodies_are_kept_up_to_a_total() {
        let record = Record::default();
        for _ in 0..3 {
            record.add(request(REQUEST_BYTES_KEPT / 2));
        }
        assert_eq!(record.requests().iter().map(|request| request.number).collect::<Vec<_>>(), [2, 3]);
    }
}
