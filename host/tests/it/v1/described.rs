//! The description for programs fits what is served.

use serde_json::{Value, json};

use super::{call, document};
use crate::support::host::Options;
use crate::support::{TestHost, both_modes};

/// Every reference leads to something in the document.
fn assert_references_resolve(document: &Value) -> usize {
    let (mut open, mut seen) = (vec![document], 0);
    while let Some(value) = open.pop() {
        match value {
            Value::Object(object) => {
                if let Some(Value::String(reference)) = object.get("$ref") {
                    seen += 1;
                    let pointer = reference.strip_prefix('#').expect("references stay in the document");
                    assert!(document.pointer(pointer).is_some(), "{reference} leads nowhere");
                }
                open.extend(object.values());
            }
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
    seen
}

both_modes! {
    async fn everything_that_is_served_is_described(mode: Mode) {
        let host = TestHost::with(mode, Options { experimental: true, ..Options::default() }).await;
        let described = document(&host, "openapi.json").await;
        assert_eq!(described["openapi"], "3.1.0");
        assert!(assert_references_resolve(&described) > 50);
        for name in host.tools().await {
            let operation = &described["paths"][format!("/v1/tools/{name}")]["post"];
            assert!(operation["requestBody"].is_object(), "{name}");
            for status in ["200", "400", "401", "403", "404", "405", "409", "413", "415", "422", "500", "502", "503", "504"] {
                assert!(operation["responses"][status].is_object(), "{name} {status}");
            }
        }
        let status = &described["paths"]["/v1/device/{device_id}/status"]["get"];
        assert_eq!(status["parameters"][1]["name"], "device_id");
        assert!(described["paths"]["/v1/devices"]["get"]["responses"]["200"].is_object());
    }

    async fn an_answer_fits_its_description(mode: Mode) {
        let host = TestHost::start(mode).await;
        let described = document(&host, "openapi.json").await;
        for (tool, arguments) in [("list_devices", json!({"limit": 3})), ("search_device_histories", json!({"limit": 3}))] {
            let responses = &described["paths"][format!("/v1/tools/{tool}")]["post"]["responses"];
            let mut schema = responses["200"]["content"]["application/json"]["schema"].clone();
            schema["components"] = described["components"].clone();
            let validator = jsonschema::draft202012::new(&schema).unwrap();
            let mut answer = call(&host, tool, &arguments).await.body;
            validator.validate(&answer).unwrap_or_else(|error| panic!("{tool}: {error}"));
            answer["structured"] = json!(7);
            assert!(validator.validate(&answer).is_err(), "{tool}");
        }
    }
}
