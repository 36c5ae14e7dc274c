//! Bodies of requests on their way in, within bounds.

use std::fmt::Display;
use std::time::Duration;

use bytes::{Buf, BufMut, Bytes, BytesMut};
use http_body::Body;
use http_body_util::BodyExt;

/// How long a body may take to arrive. A client that sends 4 MiB needs less over any line that people work with.
pub const ARRIVAL_TIMEOUT: Duration = Duration::from_secs(30);
/// How many times the limit is read of a body that is too large, so that its client hears why; with more it is cut off.
const DRAINED_TIMES: usize = 4;

/// Why a body did not arrive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ArrivalError {
    /// It ended in the middle.
    #[error("the request's body ended early")]
    Cut,
    /// It has more bytes than this.
    #[error("a request may have at most {0} bytes")]
    TooLarge(usize),
    /// It was not there in time.
    #[error("the request did not arrive within {} s", ARRIVAL_TIMEOUT.as_secs())]
    Late,
}

/// Reads a body of at most `limit` bytes.
///
/// # Errors
/// It is cut, too large, or late.
pub async fn read<B>(body: B, limit: usize) -> Result<Bytes, ArrivalError>
where
    B: Body,
    B::Error: Display,
{
    tokio::time::timeout(ARRIVAL_TIMEOUT, gather(body, limit)).await.unwrap_or(Err(ArrivalError::Late))
}

async fn gather<B>(body: B, limit: usize) -> Result<Bytes, ArrivalError>
where
    B: Body,
    B::Error: Display,
{
    let (mut body, mut bytes, mut received) = (std::pin::pin!(body), BytesMut::new(), 0_usize);
    while let Some(frame) = body.as_mut().frame().await {
        let Ok(mut data) = frame.map_err(|_| ArrivalError::Cut)?.into_data() else { continue };
        received += data.remaining();
        if received > limit * DRAINED_TIMES {
            break;
        }
        // What is too much is read and forgotten: a client that is still sending would not hear the refusal.
        if received <= limit {
            bytes.put(&mut data);
        }
    }
    if received > limit { Err(ArrivalError::TooLarge(limit)) } else { Ok(bytes.freeze()) }
}

#[cfg(test)]
mod tests {
    use http_body_util::Full;

    use super::*;

    #[tokio::test]
    async fn a_body_arrives_up_to_the_limit() {
        let body = |bytes: usize| Full::new(Bytes::from(vec![b'x'; bytes]));
        assert_eq!(read(body(10), 10).await.map(|bytes| bytes.len()), Ok(10));
        for bytes in [11, 40, 41] {
            assert_eq!(read(body(bytes), 10).await, Err(ArrivalError::TooLarge(10)), "{bytes}");
        }
    }
}
