//! The organization that a key belongs to.

use super::Named;
use super::nested::nested;
use super::object::object;

object! {
    /// An organization.
    Organization {
        /// The organization's id, a UUID.
        id: String,
        /// Its name.
        name: Option<String>,
        /// When it was created.
        created_at: Option<String>,
        /// Whether it is there to try things out.
        lab: Option<bool>,
        /// The partner that it is a customer of.
        partner: Option<Named>,
        /// The address of its portal.
        domain: Option<String>,
        /// The address of its portal for telephones.
        mobile_domain: Option<String>,
        /// What it pays for.
        pricing_plan: Option<String>,
        /// Whom to write to.
        contacts: Option<Contacts>,
        /// How much of everything it has.
        statistics: Option<Statistics>,
    }
}

object! {
    /// The people of an organization to write to.
    Contacts {
        /// The administrator's address.
        admin_email: Option<String>,
        /// The administrator's name.
        admin_name: Option<String>,
        /// The address for invoices.
        finance_email: Option<String>,
        /// The name for invoices.
        finance_name: Option<String>,
    }
}

object! {
    /// How much of everything an organization has.
    Statistics {
        /// Devices.
        devices: Option<u64>,
        /// Users.
        users: Option<u64>,
        /// Groups.
        groups: Option<u64>,
        /// Spaces.
        spaces: Option<u64>,
        /// Open tickets.
        open_tickets: Option<u64>,
        /// Open incidents.
        open_incidents: Option<u64>,
        /// Invoices that are not paid.
        pending_invoices: Option<u64>,
    }
}

nested!(Contacts, Statistics);
