//! A guest's standard output and error, which become log lines.

use std::sync::Arc;

use bytes::Bytes;
use tokio::io::AsyncWrite;
use tracing::Level;
use wasmtime_wasi::cli::{IsTerminal, StdoutStream};
use wasmtime_wasi::p2::{OutputStream, Pollable, StreamResult};

use super::guest_log::GuestLog;
use super::limits::LOG_LINE_BYTES_MAX;

/// Bytes that a guest may write at once, which is also what the engine may allocate for it.
const WRITE_BYTES_MAX: usize = 4096;

/// One of the two streams. It never fails and never blocks: a print that failed would end a Rust guest.
#[derive(Clone)]
pub(super) struct Output {
    log: Arc<GuestLog>,
    level: Level,
    line: Vec<u8>,
}

impl Output {
    pub(super) fn stdout(log: Arc<GuestLog>) -> Output {
        Output { log, level: Level::INFO, line: Vec::new() }
    }

    /// Where panics are reported.
    pub(super) fn stderr(log: Arc<GuestLog>) -> Output {
        Output { log, level: Level::WARN, line: Vec::new() }
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        if !line.is_empty() {
            self.log.write(self.level, &String::from_utf8_lossy(&line), "");
        }
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        self.end_line();
    }
}

impl IsTerminal for Output {
    fn is_terminal(&self) -> bool {
        false
    }
}

impl StdoutStream for Output {
    fn async_stream(&self) -> Box<dyn AsyncWrite + Send + Sync> {
        // Only WASI 0.1 and 0.3 ask for this form, and neither is linked.
        Box::new(tokio::io::sink())
    }

    fn p2_stream(&self) -> Box<dyn OutputStream> {
        Box::new(self.clone())
    }
}

#[wasmtime_wasi::async_trait]
impl Pollable for Output {
    async fn ready(&mut self) {}
}

impl OutputStream for Output {
    fn write(&mut self, bytes: Bytes) -> StreamResult<()> {
        for &byte in &bytes {
            match byte {
                b'\n' => self.end_line(),
                // The rest of a line that is too long is not kept.
                _ if self.line.len() < LOG_LINE_BYTES_MAX => self.line.push(byte),
                _ => {}
            }
        }
        Ok(())
    }

    fn flush(&mut self) -> StreamResult<()> {
        Ok(())
    }

    fn check_write(&mut self) -> StreamResult<usize> {
        Ok(WRITE_BYTES_MAX)
    }
}
