//! Who the customer is.

use axum::Json;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::{Call, Refusal};
use crate::fleet::Fleet;

/// The organization with its contacts and totals. `lab` marks a sandbox, which a simulated one always is.
pub(crate) fn info(fleet: &mut Fleet, _call: &Call) -> Result<Response, Refusal> {
    let organization = fleet.organization();
    let info = json!({
        "id": organization.id,
        "name": organization.name,
        "created_at": organization.created_at.to_string(),
        "lab": true,
        "partner": organization.partner,
        "domain": organization.domain,
        "mobile_domain": format!("m.{}", organization.domain),
        "pricing_plan": organization.pricing_plan,
        "contacts": {
            "admin_email": organization.admin_email,
            "admin_name": organization.admin_name,
            "finance_email": organization.finance_email,
            "finance_name": organization.finance_name,
        },
        "statistics": {
            "devices": fleet.devices().len(),
            "users": organization.users,
            "groups": organization.groups,
            "spaces": fleet.spaces().len(),
            "open_tickets": fleet.open_tickets(),
            "open_incidents": fleet.open_incidents(),
            "pending_invoices": organization.pending_invoices,
        },
    });
    Ok(Json(info).into_response())
}
