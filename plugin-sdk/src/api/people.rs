//! Users and groups.

use super::nested::nested;
use super::object::object;

object! {
    /// A user.
    User {
        /// The user's id, a UUID.
        id: String,
        /// The user's name.
        name: Option<String>,
        /// The user's address.
        email: Option<String>,
        /// The names of the groups that the user is in.
        group_names: Option<Vec<String>>,
        /// When the user was deactivated. Lists have active users alone.
        deactivated_at: Option<String>,
        /// When the user was created.
        created_at: Option<String>,
    }
}

object! {
    /// A group of users.
    Group {
        /// The group's id, a UUID.
        id: String,
        /// The group's name.
        name: Option<String>,
        /// When it was created.
        created_at: Option<String>,
        /// Who is in it.
        users: Option<Vec<User>>,
    }
}

nested!(User);
