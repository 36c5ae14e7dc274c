//! Organization info.

use crate::support::Hub;

#[tokio::test]
async fn info_counts_what_the_fleet_has() {
    let hub = Hub::start().await;
    let info = hub.get("/info").await.json();
    let fleet = hub.fleet();
    let statistics = &info["statistics"];
    assert_eq!(statistics["devices"], 1250);
    assert_eq!(statistics["spaces"], 60);
    assert_eq!(statistics["open_incidents"], fleet.open_incidents());
    assert_eq!(statistics["open_tickets"], fleet.open_tickets());
    assert!(fleet.open_incidents() > 0 && fleet.open_incidents() < fleet.incidents().len());
    assert!(fleet.open_tickets() > 0 && fleet.open_tickets() < fleet.tickets().len());
}

#[tokio::test]
async fn info_has_the_documented_members() {
    let hub = Hub::start().await;
    let info = hub.get("/info").await.json();
    assert_eq!(
        (&info["name"], &info["lab"], &info["domain"]),
        (&"Acme".into(), &true.into(), &"acme.example".into())
    );
    for member in ["id", "created_at", "partner", "mobile_domain", "pricing_plan"] {
        assert!(info[member].is_string(), "{member}");
    }
    for member in ["admin_email", "admin_name", "finance_email", "finance_name"] {
        assert!(info["contacts"][member].is_string(), "{member}");
    }
    for member in ["users", "groups", "pending_invoices"] {
        assert!(info["statistics"][member].is_u64(), "{member}");
    }
}
