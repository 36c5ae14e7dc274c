//! Users.

use serde::Serialize;

use super::declare::call;
use crate::api::User;

call! {
    /// Lists active users. Who may not administer the organization gets 403.
    fn get_users() -> list User;
    route GET_USERS, read;
    options GetUsers {
        /// So many on a page, 100 unless said.
        query per_page: u32,
    }
}

call! {
    /// Reads one user.
    fn get_user(path id: &str) -> one User;
    route GET_USER, read;
}

call! {
    /// Creates a user in at least one group, and mails a welcome.
    fn create_user(body email: &str, body name: &str, body group_ids: &[impl Serialize]) -> one User;
    route CREATE_USER, privileged;
}

call! {
    /// Deactivates a user, whom nothing in the API activates again.
    fn deactivate_user(path id: &str) -> done;
    route DEACTIVATE_USER, destructive;
}

call! {
    /// Mails a user the welcome again.
    fn resend_welcome_email(path id: &str) -> done;
    route RESEND_WELCOME_EMAIL, privileged;
}
