//! A measured look at a component.

use std::time::{Duration, Instant};

use crate::plugin::{Candidate, GrantFile, LoadError, Loader, Plugin};

/// Instances that are made for the median; enough to outlast the first, which is slow.
const INSTANCES: usize = 21;

/// A component that was loaded, and what it took.
#[derive(Debug)]
pub struct Examination {
    /// It.
    pub plugin: Plugin,
    /// Bytes of its file.
    pub bytes: u64,
    /// Reading, compiling, linking and describing. Compiling is nearly all of it.
    pub load: Duration,
    /// The median of making an instance, having it describe itself, and dropping it.
    pub instantiate: Duration,
    /// Linear memory of an instance that has described itself, in bytes.
    pub memory_bytes: usize,
}

/// Loads a component with a grant and measures it.
///
/// # Errors
/// The first check that it fails.
pub async fn examine(
    loader: &Loader,
    candidate: &Candidate,
    grant: &GrantFile,
) -> Result<Examination, LoadError> {
    let started = Instant::now();
    let plugin = loader.load_with(candidate, grant).await?;
    let load = started.elapsed();
    let bytes = std::fs::metadata(&candidate.component).map_or(0, |metadata| metadata.len());
    let (mut times, mut memory_bytes) = (Vec::with_capacity(INSTANCES), 0);
    for _ in 0..INSTANCES {
        let started = Instant::now();
        memory_bytes = plugin.try_instance().await?;
        times.push(started.elapsed());
    }
    times.sort_unstable();
    Ok(Examination { plugin, bytes, load, instantiate: times[INSTANCES / 2], memory_bytes })
}
