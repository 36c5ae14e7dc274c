//! Spaces: list, read, create, change, delete.

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::{Hub, NOW};

fn named(hub: &Hub, name: &str) -> i64 {
    hub.fleet().spaces().iter().find(|space| space.name == name).unwrap().id
}

async fn create(hub: &Hub, body: Value) -> i64 {
    let answer = hub.post("/spaces", body).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    answer.json()["id"].as_i64().unwrap()
}

async fn ids(hub: &Hub, query: &str) -> Vec<i64> {
    hub.get(&format!("/spaces?{query}")).await.items().iter().map(|row| row["id"].as_i64().unwrap()).collect()
}

#[tokio::test]
async fn the_list_names_its_next_page() {
    let hub = Hub::start().await;
    let all = hub.get("/spaces").await;
    assert_eq!((all.items().len(), &all.json()["next_page"]), (60, &Value::Null));
    let (mut walked, mut page) = (Vec::new(), json!(1));
    while !page.is_null() {
        let answer = hub.get(&format!("/spaces?per_page=7&page={page}")).await;
        walked.extend(answer.items());
        page = answer.json()["next_page"].clone();
        assert!(answer.json().get("has_next_page").is_none());
    }
    assert_eq!(walked, all.items());
    let answer = hub.get("/spaces?per_page=101").await;
    answer.assert_error(422, "Parameter per_page must be between 1 and 100");
}

#[tokio::test]
async fn filters_narrow_the_list() {
    let hub = Hub::start().await;
    let fleet = hub.fleet();
    let norway = named(&hub, "Norway");
    assert_eq!(ids(&hub, &format!("id={norway}")).await, [norway]);
    let children: Vec<i64> = fleet.spaces().children(norway).map(|space| space.id).collect();
    assert_eq!(ids(&hub, &format!("parent_id={norway}")).await, children);

    let named = |part: &str| -> Vec<i64> {
        fleet.spaces().iter().filter(|space| space.name.contains(part)).map(|space| space.id).collect()
    };
    assert_eq!(ids(&hub, "name=room%20101").await, named("Room 101"));
    assert_eq!(ids(&hub, "space_type=floor").await, named("Floor"));
    let inside = ids(&hub, "path_includes=norway/oslo").await;
    assert!(
        inside.len() > 2 && inside.iter().all(|id| fleet.spaces().full_path(*id).contains("Norway/Oslo"))
    );
    assert_eq!(ids(&hub, "space_type=floor&path_includes=oslo").await.len(), 3);
    assert!(ids(&hub, "space_type=moon").await.is_empty() && ids(&hub, "id=1").await.is_empty());
}

#[tokio::test]
async fn spaces_are_found_by_when_they_were_created() {
    let hub = Hub::start().await;
    hub.sim.advance(Duration::from_secs(60));
    let new = create(&hub, json!({ "name": "Annex" })).await;
    assert_eq!(ids(&hub, &format!("created_after={NOW}")).await, [new]);
    assert_eq!(ids(&hub, &format!("created_before={NOW}")).await.len(), 60);
    assert_eq!(ids(&hub, "created_after=2026-11-02").await, [new]);
    for filter in ["id=x", "parent_id=1.5"] {
        assert_eq!(hub.get(&format!("/spaces?{filter}")).await.status, 422);
    }
    let expected = "Parameter created_after must be a time such as 2026-01-31T08:00:00Z";
    hub.get("/spaces?created_after=lately").await.assert_error(422, expected);
}

#[tokio::test]
async fn a_space_is_read_with_a_nested_configuration() {
    let hub = Hub::start().await;
    let floor = named(&hub, "Floor 1");
    let space = hub.get(&format!("/spaces/{floor}")).await.json();
    let members: Vec<&str> = space.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(members, ["config", "id", "name", "parent_id"]);
    assert_eq!((&space["id"], &space["name"]), (&json!(floor), &json!("Floor 1")));
    assert_eq!(space["config"]["events"]["incidents"]["inherit_email"], true);
    assert_eq!(space["config"]["events"]["occupancy"]["vacant"], false);
    assert_eq!(space["config"]["general"]["temperature_units"], "celsius");
    for id in ["1", "x", "-1", "99999999999999999999"] {
        hub.get(&format!("/spaces/{id}")).await.assert_error(404, "Errors::NotFound");
    }
}

#[tokio::test]
async fn a_space_is_created_where_the_request_says() {
    let hub = Hub::start().await;
    let config = json!({ "priority_factor": -1, "location": { "lat": 1, "lng": 2 }, "colour": "red" });
    let answer = hub.post("/spaces", json!({ "name": "Annex", "config": config })).await;
    let space = answer.json();
    assert_eq!((answer.status, &space["parent_id"]), (201, &json!(hub.fleet().spaces().root())));
    let general = json!({ "priority_factor": -1, "location": { "location": { "lat": 1, "lng": 2 } } });
    assert_eq!(space["config"]["general"], general, "written flat, read nested, what is unknown left out");

    let annex = space["id"].as_i64().unwrap();
    let room = create(&hub, json!({ "name": "Room 1", "parent_id": annex.to_string() })).await;
    assert_eq!(hub.get(&format!("/spaces/{room}")).await.json()["parent_id"], annex);
    assert_eq!(hub.get("/info").await.json()["statistics"]["spaces"], 62);
}

#[tokio::test]
async fn a_space_has_a_name_of_its_own() {
    let hub = Hub::start().await;
    hub.post("/spaces", json!({ "name": "Norway" })).await.assert_error(422, "Name has already been taken");
    hub.post("/spaces", json!({ "name": " " })).await.assert_error(422, "Parameter name is required");
    hub.post("/spaces", json!({})).await.assert_error(422, "Parameter name is required");
    hub.post("/spaces", json!({ "name": "A", "parent_id": 1 })).await.assert_error(404, "Errors::NotFound");
    let bad = json!({ "name": "A", "config": { "priority_factor": 2 } });
    hub.post("/spaces", bad).await.assert_error(422, "Config priority_factor is invalid");
    assert_eq!(hub.fleet().spaces().len(), 60);
    create(&hub, json!({ "name": "Norway", "parent_id": named(&hub, "Norway") })).await;
}

#[tokio::test]
async fn an_update_changes_what_it_names() {
    let hub = Hub::start().await;
    let (norway, israel) = (named(&hub, "Norway"), named(&hub, "Israel"));
    let building = named(&hub, "Bergen Harbour House");
    let path = format!("/spaces/{building}");

    let renamed = hub.put(&path, json!({ "name": "Bergen" })).await.json();
    assert_eq!((&renamed["name"], &renamed["parent_id"]), (&json!("Bergen"), &json!(norway)));
    let moved = hub.put(&path, json!({ "parent_id": israel })).await.json();
    assert_eq!((&moved["name"], &moved["parent_id"]), (&json!("Bergen"), &json!(israel)));
    let configured = hub.put(&path, json!({ "config": { "temperature_units": "fahrenheit" } })).await.json();
    assert_eq!(configured["config"]["general"]["temperature_units"], "fahrenheit");
    assert_eq!(configured["config"]["general"]["priority_factor"], 0);

    let fleet = hub.fleet();
    let moved = |space| fleet.spaces().full_path(space).starts_with("Acme/Israel/Bergen/Floor");
    assert!(fleet.devices().iter().any(|device| moved(device.space_id)), "devices move with their building");
}

#[tokio::test]
async fn an_update_keeps_the_tree_a_tree() {
    let hub = Hub::start().await;
    let (root, norway) = (hub.fleet().spaces().root(), named(&hub, "Norway"));
    let building = named(&hub, "Bergen Harbour House");
    let refused = [
        (norway, json!({ "parent_id": building }), "Parent is invalid"),
        (norway, json!({ "parent_id": norway }), "Parent is invalid"),
        (root, json!({ "parent_id": norway }), "Parent is invalid"),
        (norway, json!({ "name": "Israel" }), "Name has already been taken"),
    ];
    for (id, body, message) in refused {
        hub.put(&format!("/spaces/{id}"), body).await.assert_error(422, message);
    }
    hub.put(&format!("/spaces/{norway}"), json!({ "parent_id": 1 }))
        .await
        .assert_error(404, "Errors::NotFound");
    hub.put("/spaces/1", json!({ "name": "A" })).await.assert_error(404, "Errors::NotFound");
    assert_eq!(hub.put(&format!("/spaces/{norway}"), json!({ "name": "Norway" })).await.status, 200);
    assert_eq!(
        hub.put(&format!("/spaces/{root}"), json!({ "name": "Acme Halls" })).await.json()["name"],
        "Acme Halls"
    );
}

#[tokio::test]
async fn only_an_empty_space_is_deleted() {
    let hub = Hub::start().await;
    let fleet = hub.fleet();
    let (annex, path) = {
        let id = create(&hub, json!({ "name": "Annex" })).await;
        (id, format!("/spaces/{id}"))
    };
    let room = create(&hub, json!({ "name": "Room 1", "parent_id": annex })).await;
    hub.delete(&path).await.assert_error(422, "Cannot delete a space that has sub-spaces");
    assert_eq!(hub.delete(&format!("/spaces/{room}")).await.json(), json!({ "success": true }));
    assert_eq!(hub.delete(&path).await.status, 200);
    hub.get(&path).await.assert_error(404, "Errors::NotFound");
    hub.delete(&path).await.assert_error(404, "Errors::NotFound");

    let in_use = fleet.devices().iter().map(|device| device.space_id);
    let occupied = in_use.into_iter().find(|id| fleet.spaces().children(*id).next().is_none()).unwrap();
    let answer = hub.delete(&format!("/spaces/{occupied}")).await;
    answer.assert_error(422, "Cannot delete a space that has devices");
    let root = format!("/spaces/{}", fleet.spaces().root());
    hub.delete(&root).await.assert_error(422, "Cannot delete the root space");
}

#[tokio::test]
async fn a_path_is_found_or_created() {
    let hub = Hub::start().await;
    let room = named(&hub, "Room 101");
    let found = hub
        .post("/spaces/find_or_create", json!({ "name": "Norway/Bergen Harbour House/Floor 1/Room 101" }))
        .await;
    assert_eq!((found.status, &found.json()["id"]), (200, &json!(room)));
    assert_eq!(hub.fleet().spaces().len(), 60);

    let body = json!({ "name": "Annex/ Floor 1 //Room 1", "parent_id": named(&hub, "Norway"), "config": { "priority_factor": 1 } });
    let created = hub.post("/spaces/find_or_create", body.clone()).await;
    assert_eq!((created.status, &created.json()["name"]), (201, &json!("Room 1")));
    assert_eq!(created.json()["config"]["general"]["priority_factor"], 1);
    let path = hub.fleet().spaces().full_path(created.json()["id"].as_i64().unwrap());
    assert_eq!(path, "Acme/Norway/Annex/Floor 1/Room 1");
    let again = hub.post("/spaces/find_or_create", body).await;
    assert_eq!((again.status, again.json()), (200, created.json()));
    assert_eq!(hub.fleet().spaces().len(), 63);
}

#[tokio::test]
async fn a_path_has_parts_and_a_beginning() {
    let hub = Hub::start().await;
    for nothing in ["", "/", " / "] {
        let answer = hub.post("/spaces/find_or_create", json!({ "name": nothing })).await;
        answer.assert_error(422, "Parameter name is required");
    }
    let answer = hub.post("/spaces/find_or_create", json!({ "name": "A", "parent_id": 1 })).await;
    answer.assert_error(404, "Errors::NotFound");
    let answer = hub.post("/spaces/find_or_create", json!({ "name": "a/".repeat(21) })).await;
    answer.assert_error(422, "Path must have at most 20 parts");
    assert_eq!(hub.post("/spaces/find_or_create", json!({ "name": "a/".repeat(20) })).await.status, 201);
}
