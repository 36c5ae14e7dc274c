//! What passes between a running call and its caller besides arguments and answer.

use std::sync::Mutex;

use tokio::sync::mpsc;

use super::limits::{CLIENT_MESSAGE_BYTES_MAX, CLIENT_MESSAGES_MAX, PROGRESS_NOTES_MAX};
use crate::json::Json;

/// What the client declared, and its answers to what was asked earlier.
#[derive(Debug, Clone)]
pub struct Exchange {
    /// MCP's ClientCapabilities.
    pub capabilities: Json,
    /// Answers by key; nobody checked them.
    pub responses: Vec<(String, Json)>,
    /// What the plugin handed out with its questions.
    pub state: Option<String>,
}

impl Default for Exchange {
    fn default() -> Exchange {
        let capabilities = Json::parse_object("{}", 2).expect("an empty object is JSON");
        Exchange { capabilities, responses: Vec::new(), state: None }
    }
}

/// What a call says while it runs.
#[derive(Debug, Clone, PartialEq)]
pub enum Report {
    /// How far it is.
    Progress {
        /// So much of it is done; more than in every report before.
        done: f64,
        /// Of so much, if that is known.
        total: Option<f64>,
        /// What it is at.
        message: Option<String>,
    },
    /// A log message for the client.
    Message {
        /// One of MCP's eight levels.
        level: &'static str,
        /// What it says.
        data: Json,
    },
}

/// Where reports go. One that nobody wants, or that comes faster than it is taken, is dropped: a call never waits for
/// whoever listens.
#[derive(Debug, Clone, Default)]
pub struct Reports(Option<mpsc::Sender<Report>>);

impl Reports {
    /// Reports to a listener.
    pub fn to(listener: mpsc::Sender<Report>) -> Reports {
        Reports(Some(listener))
    }
}

/// The reports of one call, within bounds.
#[derive(Debug, Default)]
pub(super) struct Reporter {
    reports: Reports,
    sent: Mutex<Sent>,
}

#[derive(Debug, Default)]
struct Sent {
    done: Option<f64>,
    notes: u32,
    messages: u32,
    bytes: usize,
}

impl Reporter {
    pub(super) fn new(reports: Reports) -> Reporter {
        Reporter { reports, sent: Mutex::default() }
    }

    /// Passes progress on, if it is any.
    pub(super) fn progress(&self, done: f64, total: Option<f64>, message: Option<String>) {
        let mut sent = self.sent.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let rises = done.is_finite() && sent.done.is_none_or(|before| done > before);
        if !rises || sent.notes >= PROGRESS_NOTES_MAX {
            return;
        }
        (sent.done, sent.notes) = (Some(done), sent.notes + 1);
        let total = total.filter(|total| total.is_finite());
        self.send(Report::Progress { done, total, message });
    }

    /// Passes a message on.
    pub(super) fn message(&self, level: &'static str, data: Json) {
        let mut sent = self.sent.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        sent.messages += 1;
        sent.bytes += data.as_str().len();
        if sent.messages > CLIENT_MESSAGES_MAX || sent.bytes > CLIENT_MESSAGE_BYTES_MAX {
            return;
        }
        self.send(Report::Message { level, data });
    }

    fn send(&self, report: Report) {
        if let Some(listener) = &self.reports.0 {
            let _dropped_when_full = listener.try_send(report);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reporter() -> (Reporter, mpsc::Receiver<Report>) {
        let (sender, receiver) = mpsc::channel(1_000);
        (Reporter::new(Reports::to(sender)), receiver)
    }

    fn taken(mut receiver: mpsc::Receiver<Report>) -> Vec<Report> {
        std::iter::from_fn(|| receiver.try_recv().ok()).collect()
    }

    #[test]
    fn only_rising_progress_is_passed_on() {
        let (reporter, receiver) = reporter();
        for done in [0.0, 0.0, 2.0, 1.0, f64::NAN, f64::INFINITY, 3.0] {
            reporter.progress(done, Some(f64::NAN), None);
        }
        let done: Vec<f64> = taken(receiver)
            .into_iter()
            .map(|report| match report {
                Report::Progress { done, total: None, .. } => done,
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(done, [0.0, 2.0, 3.0]);
    }

    #[test]
    fn what_is_too_much_is_dropped() {
        let (notes, received) = reporter();
        (0..=PROGRESS_NOTES_MAX).for_each(|n| notes.progress(n.into(), None, None));
        assert_eq!(taken(received).len(), PROGRESS_NOTES_MAX as usize);
        let (messages, received) = reporter();
        (0..=CLIENT_MESSAGES_MAX).for_each(|_| messages.message("info", Json::null()));
        assert_eq!(taken(received).len(), CLIENT_MESSAGES_MAX as usize);
        Reporter::default().progress(1.0, None, None);
    }
}
