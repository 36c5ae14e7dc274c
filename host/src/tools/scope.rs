//! What surrounds a call.

use std::fmt;

use tokio_util::sync::CancellationToken;

use crate::plugin::{Exchange, Meter, Reports};

/// What surrounds a call.
#[derive(Debug, Clone, Default)]
pub struct CallScope {
    /// Fires when the caller has gone or took the call back; the guest is dropped then.
    pub cancelled: CancellationToken,
    /// What the client declared and answered.
    pub exchange: Exchange,
    /// Where the call may report to while it runs.
    pub reports: Reports,
    /// What the call used, once it is over.
    pub meter: Meter,
    /// The trace that the caller follows, if it said so.
    pub trace: Option<TraceId>,
}

/// The identity of a distributed trace, from W3C Trace Context: 16 bytes, not all zero.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct TraceId(u128);

impl TraceId {
    /// Reads a `traceparent`: `00-<32 hexadecimal digits>-<16>-<2>`. None: it is not one.
    pub fn of_traceparent(text: &str) -> Option<TraceId> {
        let hex = |part: &str, digits: usize| {
            part.len() == digits && part.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
        };
        let mut parts = text.split('-');
        let (version, trace, parent, flags) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        let well_formed = hex(version, 2) && hex(trace, 32) && hex(parent, 16) && hex(flags, 2);
        // A later version may have more parts; the first has these.
        if !well_formed || version == "ff" || (version == "00" && parts.next().is_some()) {
            return None;
        }
        u128::from_str_radix(trace, 16).ok().filter(|id| *id != 0).map(TraceId)
    }
}

impl fmt::Display for TraceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl fmt::Debug for TraceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_traceparent_is_read_or_ignored() {
        let id = "0af7651916cd43dd8448eb211c80319c";
        let read = |text: &str| TraceId::of_traceparent(text).map(|id| id.to_string());
        assert_eq!(read(&format!("00-{id}-b7ad6b7169203331-01")).as_deref(), Some(id));
        assert_eq!(read(&format!("01-{id}-b7ad6b7169203331-01-more")).as_deref(), Some(id));
        let zero = "0".repeat(32);
        for bad in [
            String::new(),
            id.to_owned(),
            format!("00-{id}-b7ad6b7169203331"),
            format!("00-{id}-b7ad6b7169203331-01-more"),
            format!("ff-{id}-b7ad6b7169203331-01"),
            format!("00-{zero}-b7ad6b7169203331-01"),
            format!("00-{}-b7ad6b7169203331-01", id.to_uppercase()),
        ] {
            assert_eq!(read(&bad), None, "{bad}");
        }
    }
}
