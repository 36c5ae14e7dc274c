//! Spaces: sites, buildings, floors, rooms.

use serde::Serialize;

use super::declare::call;
use crate::api::{Space, SpaceId};

call! {
    /// Lists spaces.
    fn get_spaces() -> list Space;
    route GET_SPACES, read;
    options GetSpaces {
        /// Only this space.
        query id: SpaceId,
        /// Only the spaces directly in this one. Others do that again themselves, not trusting the answer.
        query parent_id: SpaceId,
        /// Only of this name.
        query name: &'a str,
        /// Only spaces with this in their path.
        query path_includes: &'a str,
        /// Only of this type.
        query space_type: &'a str,
        /// Only those that were created before this time.
        query created_before: &'a str,
        /// Only those that were created after this time.
        query created_after: &'a str,
        /// So many on a page, 100 unless said.
        query per_page: u32,
    }
}

call! {
    /// Reads one space.
    fn get_space(path space_id: &SpaceId) -> one Space;
    route GET_SPACE, read;
}

call! {
    /// Creates a space. Beside another of its name it is refused with 422.
    fn create_space(body name: &str) -> one Space;
    route CREATE_SPACE, write;
    options CreateSpace {
        /// The space to create it in.
        body parent_id: SpaceId,
        /// Its settings, in the flat form in which they are written, which is not that in which they are read.
        json config: &impl Serialize,
    }
}

call! {
    /// Renames, moves or configures a space.
    fn update_space(path space_id: &SpaceId) -> done;
    route UPDATE_SPACE, write;
    options UpdateSpace {
        /// What to call it.
        body name: &'a str,
        /// The space to move it into.
        body parent_id: SpaceId,
        /// Its settings, in the flat form in which they are written, which is not that in which they are read.
        json config: &impl Serialize,
    }
}

call! {
    /// Deletes a space. What becomes of devices in it is not documented: move them first.
    fn delete_space(path space_id: &SpaceId) -> done;
    route DELETE_SPACE, destructive;
}

call! {
    /// Finds a space by its path, `A/B/C`, and creates what is missing of it: a write that looks like a read.
    fn find_or_create_space(body name: &str) -> one Space;
    route FIND_OR_CREATE_SPACE, write;
    options FindOrCreateSpace {
        /// The space that the path begins in.
        body parent_id: SpaceId,
        /// The settings of what is created, in the flat form in which they are written.
        json config: &impl Serialize,
    }
}
