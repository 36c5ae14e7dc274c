//! A socket that can be cut after a number of bytes.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

/// More bytes than any response has.
const UNLIMITED: u64 = u64::MAX;

/// A socket whose writes may end at a byte.
pub(crate) struct Line {
    socket: TcpStream,
    scissors: Scissors,
}

/// Decides from outside where a [`Line`] ends.
///
/// Only the response that comes next is counted: it is set for every request, before anything of the response was
/// written. A client that sends its next request before it has the answer to the last may see that one cut.
#[derive(Debug, Clone)]
pub(crate) struct Scissors(Arc<AtomicU64>);

impl Line {
    pub(crate) fn new(socket: TcpStream) -> (Line, Scissors) {
        let scissors = Scissors(Arc::new(AtomicU64::new(UNLIMITED)));
        (Line { socket, scissors: scissors.clone() }, scissors)
    }
}

impl Scissors {
    /// Closes the connection when so many more bytes were written and there are others to write. None: never.
    pub(crate) fn cut_after(&self, bytes: Option<u64>) {
        self.0.store(bytes.unwrap_or(UNLIMITED), Ordering::Release);
    }

    /// How many bytes may still be written.
    fn left(&self) -> u64 {
        self.0.load(Ordering::Acquire)
    }

    fn count(&self, written: usize) {
        let left = self.left();
        if left != UNLIMITED {
            self.cut_after(Some(left.saturating_sub(written as u64)));
        }
    }
}

impl AsyncWrite for Line {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let allowed = usize::try_from(self.scissors.left()).unwrap_or(usize::MAX).min(bytes.len());
        if allowed == 0 && !bytes.is_empty() {
            // The error makes the server drop the connection, and with it the socket.
            return Poll::Ready(Err(io::ErrorKind::ConnectionAborted.into()));
        }
        let written = std::task::ready!(Pin::new(&mut self.socket).poll_write(cx, &bytes[..allowed]))?;
        self.scissors.count(written);
        Poll::Ready(Ok(written))
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_shutdown(cx)
    }
}

impl AsyncRead for Line {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_read(cx, buffer)
    }
}
