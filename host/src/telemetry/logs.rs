//! JSON log lines.
//!
//! One line per event on stderr, never on stdout, which belongs to the protocol in stdio mode. Nothing here removes
//! secrets: they are types that cannot be logged (`tenant::ApiKey`), and headers that carry them are gone before
//! anything that logs sees a request.

use std::sync::{Mutex, PoisonError};

use tracing::Subscriber;
use tracing_appender::non_blocking::{NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

/// A subscriber that writes JSON lines.
///
/// `level` is one of the setting's words. At `info` and above the libraries below us only warn: they would repeat
/// for every request what our own lines say once. At `trace` everything is written.
pub fn subscriber<W>(level: &str, writer: W) -> impl Subscriber + Send + Sync + use<W>
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_current_span(false)
        .with_span_list(false)
        .with_env_filter(EnvFilter::new(directives(level)))
        .with_writer(writer)
        // What cannot be written must not be reported on standard error, which is what cannot be written to.
        .log_internal_errors(false)
        .finish()
}

/// Keeps the thread that writes the log. Dropped, it writes what is left.
static WRITER: Mutex<Option<WorkerGuard>> = Mutex::new(None);

/// Sends every event of this process to stderr from now on. A second call changes nothing.
///
/// A thread of its own writes, and lines that it cannot write in time are dropped: whoever should read the log must
/// never be able to stop the host by not reading.
pub fn init(level: &str) {
    let (writer, guard) = NonBlockingBuilder::default().lossy(true).finish(std::io::stderr());
    // The only way to fail is that a subscriber is there already, as in tests, which install their own.
    if tracing::subscriber::set_global_default(subscriber(level, writer)).is_ok() {
        *WRITER.lock().unwrap_or_else(PoisonError::into_inner) = Some(guard);
    }
}

/// Shows an author what a plugin logs and prints, and what the host has to say of it, in plain lines on stderr.
pub fn init_for_author() {
    let subscriber = tracing_subscriber::fmt()
        .compact()
        .without_time()
        .with_target(false)
        .with_ansi(false)
        .with_env_filter(EnvFilter::new("warn,xyte_mcp::plugin=debug"))
        .with_writer(std::io::stderr)
        .log_internal_errors(false)
        .finish();
    // The only way to fail is that a subscriber is there already.
    let _ = tracing::subscriber::set_global_default(subscriber);
}

/// Writes what is left, at the end of the process.
pub fn finish() {
    drop(WRITER.lock().unwrap_or_else(PoisonError::into_inner).take());
}

fn directives(level: &str) -> String {
    match level {
        "error" | "warn" | "trace" => level.to_owned(),
        "debug" => "info,xyte_mcp=debug".to_owned(),
        _ => format!("warn,xyte_mcp={level}"),
    }
}
