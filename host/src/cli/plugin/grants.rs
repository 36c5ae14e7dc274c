//! What an author's plugin is granted when it is tried out.

use serde_json::Map;

use crate::plugin::{Candidate, GrantError, GrantFile};

/// Against the simulated hub, everything that the plugin asks for, with the settings of its own grant file: there is
/// nothing to protect, and an author wants to see the tool at work.
pub(super) fn for_simulator(candidate: &Candidate) -> Result<GrantFile, GrantError> {
    let settings = GrantFile::read(&candidate.grant).map(|grant| grant.settings)?;
    Ok(GrantFile::of_everything_asked(settings))
}

/// For looking at a plugin: everything that it asks for, without settings if its file cannot be understood.
pub(super) fn for_looking(candidate: &Candidate) -> GrantFile {
    for_simulator(candidate).unwrap_or_else(|_| GrantFile::of_everything_asked(Map::new()))
}
