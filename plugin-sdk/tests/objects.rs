//! Xyte's other objects, as documented and otherwise.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use xyte_plugin_sdk::api::{
    Asset, ClaimResult, ClaimStatus, Command, CommandStatus, Edge, Group, Incident, IncidentStatus,
    LabelCategory, License, LicenseState, Note, Organization, PingStatus, Priority, Status, Ticket,
    TicketStatus, User, partner,
};
use xyte_plugin_sdk::{json, schema};

fn read<T: DeserializeOwned>(value: &Value) -> T {
    serde_json::from_str(&value.to_string()).expect("it can be read")
}

/// Reads an object and writes it.
type Again = fn(&Value) -> Value;

/// Whole objects as documented; each is written as it was read.
fn documented() -> Vec<(Value, Again)> {
    fn again<T: DeserializeOwned + Serialize>(value: &Value) -> Value {
        serde_json::to_value(read::<T>(value)).expect("it can be written")
    }
    let named = json!({"id": "i", "name": "n"});
    vec![
        (
            json!({"id": "o", "name": "Org", "created_at": "t", "lab": true, "partner": named, "domain": "d",
                "mobile_domain": "m", "pricing_plan": "p",
                "contacts": {"admin_email": "a@b", "admin_name": "A", "finance_email": "f@b", "finance_name": "F"},
                "statistics": {"devices": 1250, "users": 3, "groups": 2, "spaces": 40, "open_tickets": 1,
                    "open_incidents": 0, "pending_invoices": 0}}),
            again::<Organization>,
        ),
        (
            json!({"id": "c", "status": "in_progress", "name": "reboot", "friendly_name": "Reboot",
                "parameters": {"a": 1}, "message": "m", "created_at": "t", "updated_at": "u"}),
            again::<Command>,
        ),
        (
            json!({"uuid": "i", "title": "Off", "status": "active", "priority": "critical", "issue": "offline",
                "name": "Projector", "model": {"name": "X100"}, "partner": named, "space_id": 7,
                "space_tree_path_name": "Org/Room", "state": {"status": "offline"}, "created_at": "t"}),
            again::<Incident>,
        ),
        (
            json!({"id": "t", "title": "Lamp", "description": "Dark", "status": "open", "created_at": "t",
                "device_id": "d", "user_name": "A", "user_email": "a@b",
                "comments": [{"id": "5", "text": "Hi", "created_at": "t", "system": false, "user": named,
                    "owner": named, "owner_type": "organization"}]}),
            again::<Ticket>,
        ),
        (
            json!({"id": "u", "name": "A", "email": "a@b", "group_names": ["x", "y"], "created_at": "t"}),
            again::<User>,
        ),
        (
            json!({"id": "g", "name": "G", "created_at": "t", "users": [{"id": "u", "name": "A"}]}),
            again::<Group>,
        ),
        (
            json!({"id": "l", "state": "inuse", "expires_at": "e", "activated_at": "a", "warranty": false,
                "transferable": true, "bound_device_sn": "s", "created_at": "t", "order_short_id": "o",
                "partner": named, "device": {"id": "d", "sn": "s"}, "product": named, "device_model": named}),
            again::<License>,
        ),
        (
            json!({"id": "a", "name": "Screen", "serial_number": "s", "space_id": 7, "purchased_at": "p",
                "comments": "c", "icon_name": "i", "manufacturer": named, "device_model": named,
                "device_type": named, "status": named, "created_at": "t"}),
            again::<Asset>,
        ),
        (
            json!({"id": "n", "content": "*x*", "author": named, "space_id": 7, "created_at": "t"}),
            again::<Note>,
        ),
        (json!({"id": "e", "name": "Edge", "status": "online", "space_id": 7}), again::<Edge>),
        (json!({"status": "online"}), again::<PingStatus>),
        (json!({"result": "pending"}), again::<ClaimStatus>),
        (
            json!({"id": "d", "name": "P", "claimed": "Customer", "status": "online"}),
            again::<partner::Device>,
        ),
        (
            json!({"created_at": "t", "device_timestamp": "d", "telemetries": {"a": 1}}),
            again::<partner::Telemetry>,
        ),
        (json!({"version": "3", "last_updated": "t", "config": {"a": 1}}), again::<partner::Configuration>),
    ]
}

#[test]
fn what_is_documented_is_read_and_written_again() {
    for (value, again) in documented() {
        assert_eq!(again(&value), value);
    }
}

#[test]
fn no_member_of_an_odd_type_costs_the_object() {
    for (value, again) in documented() {
        for name in value.as_object().unwrap().keys().filter(|name| *name != "id") {
            for odd in
                [json!(null), json!(7), json!("x"), json!([[]]), json!({"a": {}}), json!(true), json!(-0.5)]
            {
                let mut changed = value.clone();
                changed[name] = odd;
                let read = again(&changed);
                assert!(read.get("id") == value.get("id"), "{changed}");
            }
        }
    }
}

#[test]
fn numbers_and_flags_may_come_as_text_and_parts_as_names() {
    let organization: Organization =
        read(&json!({"lab": "true", "partner": "Acme", "statistics": {"devices": "12", "users": -1}}));
    assert_eq!((organization.lab, organization.partner.unwrap().name.as_deref()), (Some(true), Some("Acme")));
    let statistics = organization.statistics.unwrap();
    assert_eq!((statistics.devices, statistics.users), (Some(12), None));
}

#[test]
fn a_row_that_is_none_does_not_cost_the_others() {
    let ticket: Ticket = read(&json!({"id": 1, "comments": [7, {"id": 2, "user": "A"}, null]}));
    let comments = ticket.comments.unwrap();
    assert_eq!((comments.len(), comments[0].id.as_str()), (1, "2"));
    assert_eq!(comments[0].user.as_ref().unwrap().name.as_deref(), Some("A"));
}

#[test]
fn an_incident_is_known_by_either_id() {
    for (sent, id) in
        [(json!({"id": "a", "uuid": "b"}), Some("a")), (json!({"uuid": "b"}), Some("b")), (json!({}), None)]
    {
        assert_eq!(read::<Incident>(&sent).identifier(), id);
    }
    let incident: Incident = read(&json!({"name": "n", "device_name": "d"}));
    assert_eq!(incident.device(), Some("d"));
}

#[test]
fn every_known_word_is_itself_and_others_are_kept() {
    fn words<T: From<&'static str> + ToString + Serialize + PartialEq>(
        known: &[&'static str],
        other: fn(String) -> T,
    ) {
        for &word in known {
            let value = T::from(word);
            assert_eq!(value.to_string(), word);
            assert!(value != other(word.to_owned()), "{word}");
            assert_eq!(serde_json::to_value(value).unwrap(), word);
        }
        assert!(T::from("a new word") == other("a new word".to_owned()));
    }
    words(CommandStatus::KNOWN, CommandStatus::Other);
    words(IncidentStatus::KNOWN, IncidentStatus::Other);
    words(Priority::KNOWN, Priority::Other);
    words(TicketStatus::KNOWN, TicketStatus::Other);
    words(LicenseState::KNOWN, LicenseState::Other);
    words(LabelCategory::KNOWN, LabelCategory::Other);
    words(ClaimResult::KNOWN, ClaimResult::Other);
    words(Status::KNOWN, Status::Other);
    assert!(Priority::Critical < Priority::Planning);
    let ends = CommandStatus::KNOWN.iter().filter(|word| CommandStatus::from(**word).is_final());
    assert_eq!(ends.copied().collect::<Vec<_>>(), ["done", "failed", "aborted"]);
}

#[test]
fn schemas_of_nested_objects_say_what_is_in_them() {
    let ticket = schema::output::<Ticket>();
    let comments = &ticket.as_value()["properties"]["comments"];
    assert_eq!(comments["items"]["properties"]["system"]["type"], "boolean");
    assert!(comments["description"].is_string());
    let organization = schema::output::<Organization>();
    let devices = &organization.as_value()["properties"]["statistics"]["properties"]["devices"];
    assert_eq!(devices["type"], "integer");
}
