//! Resources, prompts and completions beside the tools.

#[path = "optional_exports/room.rs"]
mod room;

use std::panic::{AssertUnwindSafe, catch_unwind};

use room::Room;
use xyte_plugin_sdk::bindings::types::{CallError, ResourceBody};
use xyte_plugin_sdk::completion::Completed;
use xyte_plugin_sdk::{json, mock, routes};

fn host() -> mock::Host {
    let device = json!({"id": "d 1", "name": "Projector"});
    let spaces = ["Blue room", "Red room", "Kitchen"].map(|name| json!({"id": 7, "name": name}));
    mock::Host::new().answer(&routes::GET_DEVICE, 200, device).list(&routes::GET_SPACES, spaces)
}

#[test]
fn their_routes_are_asked_for_once_each() {
    let manifest = mock::describe::<Room>();
    let routes: Vec<_> = manifest
        .routes
        .iter()
        .map(|route| (route.template.as_str(), route.why.as_str(), route.required))
        .collect();
    assert_eq!(
        routes,
        [
            ("/devices/{device_id}", "Reads the device", true),
            ("/spaces", routes::GET_SPACES.summary, true),
            ("/devices/claim", routes::CLAIM_DEVICE.summary, false),
        ]
    );
    assert!(mock::route_keys::<Room>().contains(&"organization.devices.claimDevice"));
}

#[test]
fn the_description_changes_on_purpose_only() {
    insta::with_settings!({ sort_maps => true }, {
        insta::assert_json_snapshot!("description", mock::golden::<Room>());
    });
}

#[test]
fn what_is_served_says_what_it_is() {
    use xyte_plugin_sdk::bindings::resources::Guest as _;
    let served = Room::serves().unwrap();
    let names: Vec<&str> = served.iter().map(|resource| resource.name.as_str()).collect();
    assert_eq!(names, ["status", "plan", "rules", "here"]);
    assert_eq!(served[0].title.as_deref(), Some("Status"));
    assert_eq!(served[0].description.as_deref(), Some("How a device is."));
    assert_eq!(served[1].mime_type.as_deref(), Some("image/png"));
}

#[test]
fn a_resource_is_read_by_its_uri() {
    let host = host();
    let status = host.read::<Room>("room://devices/d%201/status");
    assert_eq!(status.json(), json!({"id": "d 1", "name": "Projector"}));
    assert_eq!(status.contents()[0].mime_type.as_deref(), Some("application/json"));
    assert_eq!(status.contents()[0].uri, "room://devices/d%201/status");
    assert_eq!(host.requests()[0].param("device_id"), Some("d 1"));

    let plan = host.read::<Room>("room://plans/Tower/3.png");
    assert_eq!(plan.contents()[0].body, ResourceBody::Blob(b"Tower 3".to_vec()));
    let rules = host.read::<Room>("room://rules");
    assert_eq!(
        (rules.text(), rules.contents()[0].mime_type.as_deref()),
        ("Close the door.", Some("text/plain"))
    );
}

#[test]
fn a_resource_that_is_not_there_is_not_found() {
    let host = mock::Host::new().answer(&routes::GET_DEVICE, 404, json!({}));
    for uri in [
        "room://devices/d1/status",
        "room://plans/Tower/10.png",
        "room://plans/Tower/basement.png",
        "room://plans/a/b/3.png",
        "room://rules/more",
    ] {
        assert_eq!(host.read::<Room>(uri).call_error(), &CallError::NotFound(uri.to_owned()));
    }
    let host = mock::Host::new().answer(&routes::GET_DEVICE, 500, json!({}));
    let error = host.read::<Room>("room://devices/d1/status").call_error().clone();
    let CallError::Protocol(error) = error else { panic!("{error:?}") };
    assert_eq!((error.code, error.message.as_str()), (-32603, "Xyte answered 500"));
    assert_eq!(error.data.as_deref(), Some(r#"{"error":"upstream_error","retry_after_ms":5000}"#));
}

#[test]
fn a_resource_may_ask_as_well() {
    let host = host().client_capabilities(json!({"roots": {}}));
    let asked = host.read::<Room>("room://here");
    host.reply(asked.asked(), &[("roots", json!({"roots": [{"uri": "file:///a"}]}))]);
    assert_eq!(host.read::<Room>("room://here").text(), "file:///a");
}

#[test]
fn resources_are_listed_page_by_page() {
    let spaces = (1..=101).map(|id| json!({"id": id, "name": "Room"}));
    let host = mock::Host::new().list(&routes::GET_SPACES, spaces);
    let (first, next) = host.list_resources::<Room>(None);
    assert_eq!((&first[0], next.as_deref()), (&json!({"uri": "room://spaces/1", "name": "Room"}), Some("2")));
    let (second, next) = host.list_resources::<Room>(next.as_deref());
    assert_eq!((second.as_array().unwrap().len(), next), (1, None));
}

#[test]
fn a_prompt_becomes_messages() {
    use xyte_plugin_sdk::bindings::prompts::Guest as _;
    let arguments = &Room::list_prompts().unwrap()[0].arguments;
    assert_eq!(arguments[0].description.as_deref(), Some("The room's name, as people say it."));
    assert!(arguments[0].required && !arguments[1].required);

    let prompted = host().prompt::<Room>("diagnose", &[("room", "Blue"), ("floor", "3")]);
    assert_eq!(prompted.text(), "What is wrong in Blue on floor 3?\nLet me look.");
    for arguments in [&[][..], &[("room", "Blue"), ("floor", "top")], &[("room", "Blue"), ("colour", "red")]]
    {
        let refused = host().prompt::<Room>("diagnose", arguments);
        assert!(matches!(refused.call_error(), CallError::InvalidParams(_)), "{arguments:?}");
    }
    assert_eq!(host().prompt::<Room>("no", &[]).call_error(), &CallError::UnknownName("no".to_owned()));
}

#[test]
fn values_are_suggested() {
    let room = Completed::Prompt("diagnose");
    let rooms = host().complete::<Room>(room, "room", "ROOM", &[]).unwrap();
    assert_eq!(
        (rooms.values, rooms.total, rooms.has_more),
        (vec!["Blue room".to_owned(), "Red room".to_owned()], Some(2), false)
    );
    let plan = Completed::Resource("room://plans/{building}/{floor}.png");
    let floors = host().complete::<Room>(plan, "floor", "", &[("building", "Tower")]).unwrap();
    assert_eq!((floors.values.len(), floors.total, floors.has_more), (100, Some(120), true));
    assert!(host().complete::<Room>(plan, "building", "", &[]).unwrap().values.is_empty());
}

#[test]
fn what_is_no_tool_sends_only_what_it_names_and_never_writes() {
    for (write, sentence) in [
        ("false", "prompt `sneaky-prompt` sent GET /devices (organization) without naming the route"),
        ("true", "prompt `sneaky-prompt` is read_only and sent POST /devices/claim"),
    ] {
        let call =
            catch_unwind(AssertUnwindSafe(|| host().prompt::<Room>("sneaky-prompt", &[("write", write)])));
        let complaint = call.expect_err("the call ends the test").downcast::<String>().unwrap();
        assert!(complaint.contains(sentence), "{complaint}");
    }
}
