//! Which room is meant.

use serde::Serialize;
use xyte_plugin_sdk::ToolError;
use xyte_plugin_sdk::api::{Space, SpaceId};
use xyte_plugin_sdk::text::quote;

use crate::tree::Tree;

/// How many candidates an ambiguous name is answered with.
const CANDIDATES_MAX: usize = 10;

/// Whether the space of a name and a path is meant.
type IsMeant<'a> = &'a dyn Fn(&str, &str) -> bool;

/// A space that may have been meant.
#[derive(Serialize)]
struct Candidate {
    space_id: SpaceId,
    path: String,
}

#[derive(Serialize)]
struct Candidates {
    candidates: Vec<Candidate>,
    matches: usize,
}

/// The only space of that name or path: exactly so, else in any case, else the only one whose path ends so or whose
/// name contains it.
///
/// # Errors
/// There is none, or there are several.
pub(crate) fn resolve<'tree>(tree: &'tree Tree, wanted: &str) -> Result<&'tree Space, ToolError> {
    let wanted = wanted.trim();
    let lower = wanted.to_lowercase();
    let ending = format!("/{lower}");
    let ways: [IsMeant<'_>; 3] = [
        &|name, path| name == wanted || path == wanted,
        &|name, path| name.to_lowercase() == lower || path.to_lowercase() == lower,
        &|name, path| {
            let path = path.to_lowercase();
            name.to_lowercase().contains(&lower) || (lower.contains('/') && path.ends_with(&ending))
        },
    ];
    if !wanted.is_empty() {
        for is_meant in ways {
            let spaces = tree.spaces().iter();
            let meant: Vec<&Space> =
                spaces.filter(|space| is_meant(&space.name, &tree.path(space))).collect();
            match meant.as_slice() {
                [] => {}
                [space] => return Ok(space),
                several => return Err(ambiguous(tree, several)),
            }
        }
    }
    Err(ToolError::new("room_not_found", format!("No space has {} in its name.", quote(wanted)))
        .hint("list_devices shows the paths of the spaces that have devices."))
}

fn ambiguous(tree: &Tree, spaces: &[&Space]) -> ToolError {
    let matches = spaces.len();
    let candidates: Vec<Candidate> = spaces
        .iter()
        .take(CANDIDATES_MAX)
        .map(|space| Candidate { space_id: space.id.clone(), path: tree.path(space) })
        .collect();
    let paths: Vec<String> = candidates.iter().map(|candidate| quote(&candidate.path)).collect();
    let and_more = if matches > candidates.len() { " and more" } else { "" };
    ToolError::new(
        "ambiguous_room",
        format!("{matches} spaces may be meant: {}{and_more}.", paths.join(", ")),
    )
    .hint("Call again with the full path of one of them as `room_name`.")
    .details(&Candidates { candidates, matches })
}
