//! What surrounds a call while it runs: who may stop it, and who hears of it.

use std::time::Duration;

use rmcp::RoleServer;
use rmcp::model::{LoggingLevel, LoggingMessageNotificationParam, ProgressNotificationParam, ProgressToken};
use rmcp::service::RequestContext;
use tokio::sync::mpsc;
use tokio_util::sync::{CancellationToken, DropGuard};

use crate::plugin::{Report, Reports};

/// Reports of one call that wait to be sent: as many as it may make.
const REPORTS_WAITING_MAX: usize = 256;
/// How long the last reports may take to be sent once a call is over. A client that does not read them will not read
/// the answer either.
const LAST_REPORTS_TIMEOUT: Duration = Duration::from_secs(2);

/// Fires when either of two tokens does. The guard ends the watching.
pub(super) fn either(
    first: &CancellationToken,
    second: Option<&CancellationToken>,
) -> (CancellationToken, Option<DropGuard>) {
    let Some(second) = second.cloned() else { return (first.clone(), None) };
    let both = first.child_token();
    let watched = both.clone();
    tokio::spawn(async move {
        tokio::select! {
            () = second.cancelled() => watched.cancel(),
            () = watched.cancelled() => {}
        }
    });
    (both.clone(), Some(both.drop_guard()))
}

/// Runs something that reports, and passes its reports to the client as far as it asked for them: progress if it gave
/// a token, messages from `level` on. They are sent from within the request's own task, which is how the protocol
/// library knows on which stream they belong.
pub(super) async fn reporting<T, F: Future<Output = T>>(
    context: &RequestContext<RoleServer>,
    level: Option<LoggingLevel>,
    run: impl FnOnce(Reports) -> F,
) -> T {
    let token = context.meta.get_progress_token();
    if token.is_none() && level.is_none() {
        return run(Reports::default()).await;
    }
    let (sender, receiver) = mpsc::channel(REPORTS_WAITING_MAX);
    let over = CancellationToken::new();
    let call = async {
        let outcome = run(Reports::to(sender)).await;
        over.cancel();
        outcome
    };
    let telling = async {
        let given_up = async {
            over.cancelled().await;
            tokio::time::sleep(LAST_REPORTS_TIMEOUT).await;
        };
        tokio::select! {
            () = tell(context, token, level, receiver) => {}
            () = given_up => {}
            () = context.ct.cancelled() => {}
        }
    };
    futures_util::join!(call, telling).0
}

async fn tell(
    context: &RequestContext<RoleServer>,
    token: Option<ProgressToken>,
    level: Option<LoggingLevel>,
    mut reports: mpsc::Receiver<Report>,
) {
    while let Some(report) = reports.recv().await {
        let told = match report {
            Report::Progress { done, total, message } => {
                let Some(token) = token.clone() else { continue };
                let mut note = ProgressNotificationParam::new(token, done);
                (note.total, note.message) = (total, message);
                context.peer.notify_progress(note).await
            }
            Report::Message { level: said, data } => {
                let Some(said) = level_of(said) else { continue };
                if level.is_none_or(|least| rank(said) < rank(least)) {
                    continue;
                }
                let message = LoggingMessageNotificationParam::new(said, data.to_value());
                context.peer.notify_logging_message(message).await
            }
        };
        if told.is_err() {
            return;
        }
    }
}

/// MCP's levels, in their order.
const LEVELS: [(&str, LoggingLevel); 8] = [
    ("debug", LoggingLevel::Debug),
    ("info", LoggingLevel::Info),
    ("notice", LoggingLevel::Notice),
    ("warning", LoggingLevel::Warning),
    ("error", LoggingLevel::Error),
    ("critical", LoggingLevel::Critical),
    ("alert", LoggingLevel::Alert),
    ("emergency", LoggingLevel::Emergency),
];

fn level_of(name: &str) -> Option<LoggingLevel> {
    LEVELS.iter().find(|(known, _)| *known == name).map(|(_, level)| *level)
}

fn rank(level: LoggingLevel) -> usize {
    LEVELS.iter().position(|(_, known)| *known == level).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn either_token_stops_a_call_and_the_guard_stops_the_watching() {
        let (first, second) = (CancellationToken::new(), CancellationToken::new());
        let (both, guard) = either(&first, Some(&second));
        assert!(!both.is_cancelled());
        second.cancel();
        both.cancelled().await;
        assert!(!first.is_cancelled());
        drop(guard);
        let (both, _guard) = either(&first, Some(&CancellationToken::new()));
        first.cancel();
        assert!(both.is_cancelled());
    }

    #[test]
    fn levels_rise() {
        assert!(rank(LoggingLevel::Debug) < rank(LoggingLevel::Info));
        assert!(rank(LoggingLevel::Alert) < rank(LoggingLevel::Emergency));
        assert_eq!(level_of("warning"), Some(LoggingLevel::Warning));
        assert_eq!(level_of("loud"), None);
    }
}
