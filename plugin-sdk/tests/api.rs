//! Xyte's objects, as documented and otherwise.

use xyte_plugin_sdk::api::{Device, EffectiveStatus, History, Json, Space, SpaceId, Status};
use xyte_plugin_sdk::{json, schema};

fn read<T: serde::de::DeserializeOwned>(value: &impl ToString) -> T {
    serde_json::from_str(&value.to_string()).expect("it can be read")
}

#[test]
fn a_device_is_read_as_documented() {
    let sent = json!({
        "id": "5dc4ba6c-c323-4118-a4e4-504f074426f2", "name": "Projector", "sn": "S1", "mac": null,
        "status": "online", "effective_status": "never_seen", "last_seen_at": "2026-11-01T10:00:00.123Z",
        "details": {"a": [1, 2.50]}, "state": {"status": "online"},
        "model": {"id": "m1", "name": "X100", "sub_model": null}, "firmware": {"version": "1.2"},
        "space": {"id": 42, "full_path": "Org/Room"}, "surprise": [{"deep": true}]
    });
    let device: Device = read(&sent);
    assert_eq!(device.status, Some(Status::Online));
    assert_eq!(device.effective_status, Some(EffectiveStatus::NeverSeen));
    assert_eq!((device.model_name(), device.space_path()), (Some("X100"), Some("Org/Room")));
    assert_eq!(device.space.as_ref().unwrap().id, Some(SpaceId::from(42)));
    assert_eq!(device.details.as_ref().unwrap().text(), r#"{"a":[1,2.5]}"#);
    let written = serde_json::to_value(&device).unwrap();
    assert_eq!(written["space"], json!({"id": 42, "full_path": "Org/Room"}));
    assert!(written.get("mac").is_none() && written.get("surprise").is_none(), "{written}");
}

#[test]
fn a_device_of_odd_types_is_still_a_device() {
    let device: Device = read(&json!({
        "id": 7, "name": ["a"], "sn": 12.5, "mac": true, "status": "rebooting", "effective_status": null,
        "model": "X100", "firmware": "2.0", "space": {"id": "site-9"}
    }));
    assert_eq!((device.id.as_str(), device.name, device.sn.as_deref()), ("7", None, Some("12.5")));
    assert_eq!(device.mac.as_deref(), Some("true"));
    assert_eq!(device.status, Some(Status::Other("rebooting".to_owned())));
    assert_eq!(device.model.unwrap().name.as_deref(), Some("X100"));
    assert_eq!(device.firmware.unwrap().version.as_deref(), Some("2.0"));
    assert_eq!(serde_json::to_value(device.space.unwrap().id).unwrap(), "site-9");
}

#[test]
fn an_object_that_is_none_is_no_reason_to_lose_the_device() {
    for odd in
        [json!(7), json!(-1), json!(0.5), json!(true), json!([{"id": 1}]), json!(null), json!({"id": {}})]
    {
        let sent = json!({"id": "d1", "model": odd, "firmware": odd, "space": odd});
        let device: Device = read(&sent);
        assert_eq!(
            (device.id.as_str(), device.model_name(), device.space_path()),
            ("d1", None, None),
            "{sent}"
        );
    }
}

#[test]
fn the_schema_of_a_device_is_that_of_what_is_written() {
    let schema = schema::output::<Device>();
    let schema = schema.as_value();
    assert_eq!(schema["required"], json!(["id"]));
    assert_eq!(schema["properties"]["status"]["type"], "string");
    assert_eq!(schema["properties"]["model"]["properties"]["name"]["type"], "string");
    assert_eq!(schema["properties"]["space"]["properties"]["id"]["type"], json!(["integer", "string"]));
    assert!(schema["properties"]["state"]["description"].is_string());
    let members = schema["properties"].as_object().unwrap().values();
    assert!(members.map(|member| member["description"].as_str().unwrap()).all(|text| !text.contains("  ")));
}

#[test]
fn a_space_keeps_its_id_whatever_its_form() {
    for id in [json!(12), json!("12")] {
        let space: Space = read(&json!({"id": id, "name": "Room", "parent_id": 3, "config": {"events": {}}}));
        assert_eq!((space.id.as_str(), space.parent_id), ("12", Some(SpaceId::from(3))));
        assert_eq!(serde_json::to_value(&space.id).unwrap(), 12);
    }
    let id: SpaceId = read(&json!("12"));
    assert_eq!(id.to_string(), "12");
}

#[test]
fn a_history_row_knows_the_status_it_recorded() {
    let row: History = read(&json!({
        "uuid": "u1", "name": "Projector", "model": "X100", "partner": {"id": 1}, "space_id": 42,
        "state": {"status": "offline", "temperature": 40}, "created_at": "2026-11-01T10:00:00Z"
    }));
    assert_eq!((row.status(), row.space_id), (Some(Status::Offline), Some(SpaceId::from(42))));
    for state in [json!(null), json!("offline"), json!({"status": null})] {
        assert_eq!(read::<History>(&json!({"state": state})).status(), None, "{state}");
    }
}

#[test]
fn free_form_json_is_passed_on_to_the_letter() {
    let text = r#"{"b":1.0,"a":[1e3,"ä"]}"#;
    let json: Json = serde_json::from_str(text).unwrap();
    assert_eq!((json.text(), serde_json::to_string(&json).unwrap().as_str()), (text, text));
    assert_eq!(json.parse::<serde_json::Value>().unwrap()["a"][1], "ä");
    assert_eq!(json.parse::<u8>().unwrap_err().code(), "unreadable_answer");
}

#[test]
fn every_known_word_is_itself_and_an_unknown_one_is_kept() {
    for word in Status::KNOWN {
        let status = Status::from((*word).to_owned());
        assert!(!matches!(status, Status::Other(_)), "{word}");
        assert_eq!(status.as_str(), *word);
    }
    for word in EffectiveStatus::KNOWN {
        assert_eq!(serde_json::to_value(EffectiveStatus::from((*word).to_owned())).unwrap(), *word);
    }
    assert_eq!(read::<EffectiveStatus>(&json!("on_fire")).to_string(), "on_fire");
}
