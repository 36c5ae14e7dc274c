//! What the tests share: components, a host with a hub behind it, and the wire.

pub(crate) mod binary;
pub(crate) mod browser;
pub(crate) mod fixtures;
pub(crate) mod host;
pub(crate) mod leaks;
pub(crate) mod pipe;
pub(crate) mod session;
pub(crate) mod wire;

pub(crate) use fixtures::Plugins;
pub(crate) use host::{Mode, Options, TestHost};
pub(crate) use pipe::Pipe;
pub(crate) use session::{Events, Session};
pub(crate) use wire::Era;

/// Runs a test in single-tenant and in multi-tenant mode.
macro_rules! both_modes {
    ($(async fn $name:ident($mode:ident: Mode) $body:block)+) => {$(
        mod $name {
            #[expect(clippy::allow_attributes, reason = "a test may need nothing of its module")]
            #[allow(unused_imports, reason = "a test may need nothing of its module")]
            use super::*;
            use $crate::support::Mode;

            async fn run($mode: Mode) $body

            #[tokio::test(flavor = "multi_thread")]
            async fn single() {
                run(Mode::Single).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn multi() {
                run(Mode::Multi).await;
            }
        }
    )+};
}
pub(crate) use both_modes;
