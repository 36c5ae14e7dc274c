//! Groups of users.

use serde::Serialize;

use super::declare::call;
use crate::api::Group;

call! {
    /// Lists groups with their users. Who may not administer the organization gets 403.
    fn get_groups() -> list Group;
    route GET_GROUPS, read;
    options GetGroups {
        /// So many on a page, 100 unless said.
        query per_page: u32,
    }
}

call! {
    /// Reads one group with its users.
    fn get_group(path id: &str) -> one Group;
    route GET_GROUP, read;
}

call! {
    /// Creates a group.
    fn create_group(body name: &str) -> one Group;
    route CREATE_GROUP, privileged;
    options CreateGroup {
        /// Who is in it. An id that Xyte does not know is left out without a word.
        json user_ids: &[impl Serialize],
    }
}

call! {
    /// Renames a group.
    fn update_group(path id: &str, body name: &str) -> done;
    route UPDATE_GROUP, write;
}

call! {
    /// Deletes a group.
    fn delete_group(path id: &str) -> done;
    route DELETE_GROUP, destructive;
}

call! {
    /// Adds users to a group. An id that Xyte does not know is left out without a word.
    fn add_users_to_group(path id: &str, body user_ids: &[impl Serialize]) -> done;
    route ADD_USERS_TO_GROUP, privileged;
}

call! {
    /// Removes users from a group. An id that Xyte does not know is left out without a word.
    fn remove_users_from_group(path id: &str, body user_ids: &[impl Serialize]) -> done;
    route REMOVE_USERS_FROM_GROUP, privileged;
}

call! {
    /// Gives a person outside the organization a group's access.
    fn add_external_user_to_group(path id: &str, body email: &str) -> done;
    route ADD_EXTERNAL_USER_TO_GROUP, privileged;
}
