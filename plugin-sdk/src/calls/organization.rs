//! The organization itself.

use super::declare::call;
use crate::api::Organization;

call! {
    /// Reads the organization's name, plan, contacts and totals.
    fn get_organization_info() -> one Organization;
    route GET_ORGANIZATION_INFO, read;
}
