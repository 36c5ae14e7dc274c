//! Lines of a stream, within bounds.

use std::io;

use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};

use crate::mcp::message::REQUEST_BYTES_MAX;

/// What a stream has next.
#[derive(Debug, PartialEq)]
pub(super) enum Frame {
    /// A line, without its end.
    Line(Vec<u8>),
    /// A line that is longer than a message may be; it is gone.
    TooLong,
    /// Nothing more.
    End,
}

/// Reads lines. A line that is not finished is kept when the reading is given up, and goes on with the next.
pub(super) struct Frames<R> {
    input: BufReader<R>,
    line: Vec<u8>,
    too_long: bool,
}

impl<R: AsyncRead + Unpin> Frames<R> {
    pub(super) fn new(input: R) -> Frames<R> {
        Frames { input: BufReader::new(input), line: Vec::new(), too_long: false }
    }

    /// The next line. What comes after the last line end is none: whoever wrote it was cut off.
    pub(super) async fn next(&mut self) -> io::Result<Frame> {
        loop {
            let available = self.input.fill_buf().await?;
            if available.is_empty() {
                return Ok(Frame::End);
            }
            let end = available.iter().position(|byte| *byte == b'\n');
            let part = &available[..end.unwrap_or(available.len())];
            self.too_long |= self.line.len() + part.len() > REQUEST_BYTES_MAX;
            if self.too_long {
                self.line = Vec::new();
            } else {
                self.line.extend_from_slice(part);
            }
            let taken = part.len() + usize::from(end.is_some());
            self.input.consume(taken);
            if end.is_some() {
                let line = std::mem::take(&mut self.line);
                let too_long = std::mem::take(&mut self.too_long);
                return Ok(if too_long { Frame::TooLong } else { Frame::Line(line) });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn frames(text: &[u8]) -> Vec<Frame> {
        let (mut frames, mut read) = (Frames::new(text), Vec::new());
        loop {
            let frame = frames.next().await.unwrap();
            let over = frame == Frame::End;
            read.push(frame);
            if over {
                return read;
            }
        }
    }

    #[tokio::test]
    async fn a_stream_is_its_finished_lines() {
        let line = |text: &str| Frame::Line(text.as_bytes().to_vec());
        assert_eq!(frames(b"a\n\nb\r\nc").await, [line("a"), line(""), line("b\r"), Frame::End]);
        assert_eq!(frames(b"").await, [Frame::End]);
    }

    #[tokio::test]
    async fn a_line_that_is_too_long_is_dropped_and_the_next_is_read() {
        let fits = [vec![b'x'; REQUEST_BYTES_MAX], b"\n".to_vec()].concat();
        assert!(matches!(&frames(&fits).await[0], Frame::Line(line) if line.len() == REQUEST_BYTES_MAX));
        let text = [vec![b'x'; REQUEST_BYTES_MAX + 1], b"\na\n".to_vec()].concat();
        assert_eq!(frames(&text).await, [Frame::TooLong, Frame::Line(b"a".to_vec()), Frame::End]);
    }
}
