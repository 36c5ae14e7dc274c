//! Progress: what is being done, and how long it took.

use std::io::IsTerminal;
use std::time::Instant;

/// Does one stage of a longer command and says how long it took.
pub(crate) fn stage<T>(name: &str, work: impl FnOnce() -> anyhow::Result<T>) -> anyhow::Result<T> {
    eprintln!("{} {name}", bold("▸"));
    let started = Instant::now();
    let outcome = work();
    let word = if outcome.is_ok() { "done" } else { "FAILED" };
    eprintln!("{} {name}: {word} in {:.1} s", bold("▪"), started.elapsed().as_secs_f32());
    outcome
}

/// Bold on a terminal.
pub(crate) fn bold(text: &str) -> String {
    if std::io::stderr().is_terminal() { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_owned() }
}
