//! Who the customer is.

use jiff::Timestamp;
use uuid::Uuid;

/// Who the customer is, as far as it is not counted from the fleet.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the API's own")]
pub struct Organization {
    pub id: Uuid,
    pub name: String,
    pub created_at: Timestamp,
    pub partner: String,
    pub domain: String,
    pub pricing_plan: &'static str,
    pub admin_email: String,
    pub admin_name: &'static str,
    pub finance_email: String,
    pub finance_name: &'static str,
    pub users: usize,
    pub groups: usize,
    pub pending_invoices: usize,
}
