//! JSON log lines.
//!
//! One line per event on stderr, never on stdout, which belongs to the protocol in stdio mode. Nothing here removes
//! secrets: they are types that cannot be logged (`tenant::ApiKey`), and headers that carry them are gone before
//! anything that logs sees a request.

use tracing::Subscriber;
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
        .finish()
}

/// Sends every event of this process to stderr from now on. A second call changes nothing.
pub fn init(level: &str) {
    // The only way to fail is that a subscriber is there already, as in tests, which install their own.
    let _ = tracing::subscriber::set_global_default(subscriber(level, std::io::stderr));
}

fn directives(level: &str) -> String {
    match level {
        "error" | "warn" | "trace" => level.to_owned(),
        "debug" => "info,xyte_mcp=debug".to_owned(),
        _ => format!("warn,xyte_mcp={level}"),
    }
}
