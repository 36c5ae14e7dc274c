//! Where things are.

use std::path::{Path, PathBuf};

/// The repository's root.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask stands in the workspace")
}

/// The directory that cargo builds into.
#[expect(
    clippy::disallowed_methods,
    reason = "cargo's own variable, which no setting of the product can replace"
)]
pub(crate) fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(target) => root().join(target),
        None => root().join("target"),
    }
}

/// Where the plugins stand, ready to be served.
pub(crate) fn plugins() -> PathBuf {
    target().join("plugins")
}

/// Where guests stand that only tests run.
pub(crate) fn fixtures() -> PathBuf {
    target().join("fixtures")
}

/// Where clients from other registries are installed.
pub(crate) fn clients() -> PathBuf {
    target().join("clients")
}

/// Where a conformance run leaves what it saw.
pub(crate) fn conformance() -> PathBuf {
    target().join("conformance")
}

/// Where what is published stands; cargo puts its packages there as well.
pub(crate) fn packages() -> PathBuf {
    target().join("package")
}

/// The host's binary, as the dev profile builds it.
pub(crate) fn host_binary() -> PathBuf {
    target().join("debug").join(format!("xyte-mcp{}", std::env::consts::EXE_SUFFIX))
}
