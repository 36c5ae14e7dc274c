//! Resources, prompts, suggestions, progress and messages, as clients of both eras get them.

use serde_json::{Value, json};

use crate::support::wire::messages;
use crate::support::{Era, Session, TestHost, both_modes};

fn names<'a>(list: &'a Value, member: &str) -> Vec<&'a str> {
    list.as_array().unwrap().iter().map(|item| item[member].as_str().unwrap()).collect()
}

both_modes! {
    async fn resources_are_listed_and_read(mode: Mode) {
        let host = TestHost::probe(mode).await;
        for era in Era::BOTH {
            let first = host.message(era, "resources/list", json!({})).await["result"].clone();
            let uris = names(&first["resources"], "uri");
            assert!(uris.contains(&"probe://bytes") && uris.contains(&"probe://rooms/blue"), "{first}");
            let cursor = first["nextCursor"].as_str().expect("the plugin has a second page");
            let last = host.message(era, "resources/list", json!({"cursor": cursor})).await["result"].clone();
            assert_eq!((names(&last["resources"], "uri"), &last["nextCursor"]), (vec!["probe://rooms/blue"], &Value::Null));
            let templates = host.message(era, "resources/templates/list", json!({})).await["result"].clone();
            assert_eq!(names(&templates["resourceTemplates"], "uriTemplate"), ["probe://devices/{device_id}/status", "probe://rooms/{room}"]);

            let id = host.sim.fleet("acme").unwrap().devices()[3].id.to_string();
            let uri = format!("probe://devices/{id}/status");
            let read = host.message(era, "resources/read", json!({"uri": uri})).await["result"].clone();
            assert!(read["contents"][0]["text"].as_str().unwrap().contains(&id), "{read}");
            let bytes = host.message(era, "resources/read", json!({"uri": "probe://bytes"})).await["result"].clone();
            assert_eq!(bytes["contents"][0]["blob"], "Zm91cg==", "{bytes}");
            if era == Era::Modern {
                assert_eq!((&bytes["ttlMs"], &bytes["cacheScope"]), (&json!(60_000), &json!("private")));
                assert_eq!(bytes["_meta"]["io.modelcontextprotocol/serverInfo"]["name"], "xyte-mcp");
            }
            let code = if era == Era::Modern { -32602 } else { -32002 };
            for uri in ["probe://gone", "probe://nothing", "other://x"] {
                let missing = host.message(era, "resources/read", json!({"uri": uri})).await;
                assert_eq!((&missing["error"]["code"], &missing["error"]["data"]["uri"]), (&json!(code), &json!(uri)), "{missing}");
            }
            let bad = host.message(era, "resources/list", json!({"cursor": "nonsense"})).await;
            assert_eq!(bad["error"]["code"], -32602, "{bad}");
        }
    }

    async fn prompts_are_listed_and_got(mode: Mode) {
        let host = TestHost::probe(mode).await;
        for era in Era::BOTH {
            let list = host.message(era, "prompts/list", json!({})).await["result"].clone();
            assert_eq!(names(&list["prompts"], "name"), ["diagnose"]);
            assert_eq!(list["prompts"][0]["arguments"][0], json!({"name": "room", "description": "The room's name.", "required": true}));
            let get = json!({"name": "diagnose", "arguments": {"room": "Blue", "floor": "3"}});
            let got = host.message(era, "prompts/get", get).await["result"].clone();
            assert_eq!(got["messages"][0], json!({"role": "user", "content": {"type": "text", "text": "What is wrong in Blue on floor 3?"}}));
            for wrong in [
                json!({"name": "nothing"}),
                json!({"name": "diagnose"}),
                json!({"name": "diagnose", "arguments": {"room": "Blue", "wall": "x"}}),
                json!({"name": "diagnose", "arguments": {"room": 3}}),
                json!({"name": "diagnose", "arguments": {"room": "Blue", "floor": "top"}}),
                json!({"name": "diagnose", "arguments": []}),
            ] {
                let refused = host.message(era, "prompts/get", wrong.clone()).await;
                assert_eq!(refused["error"]["code"], -32602, "{wrong}: {refused}");
            }
        }
    }

    async fn arguments_are_completed(mode: Mode) {
        let host = TestHost::probe(mode).await;
        for era in Era::BOTH {
            let ask = |name: &str, argument: &str| json!({"ref": {"type": "ref/prompt", "name": name},
                "argument": {"name": argument, "value": "bl"}});
            let found = host.message(era, "completion/complete", ask("diagnose", "room")).await["result"].clone();
            assert_eq!(found["completion"]["values"], json!(["Blue", "Black"]), "{found}");
            for (name, argument) in [("nothing", "room"), ("diagnose", "wall")] {
                let refused = host.message(era, "completion/complete", ask(name, argument)).await;
                assert_eq!(refused["error"]["code"], -32602, "{refused}");
            }
        }
    }

    async fn a_call_says_how_far_it_is_to_who_wants_to_know(mode: Mode) {
        let host = TestHost::probe(mode).await;
        let call = |meta: Value| json!({"name": "report", "arguments": {"steps": 3}, "_meta": meta});
        for era in Era::BOTH {
            let told = era.request(host.post(), "tools/call", call(json!({"progressToken": "p"}))).send().await;
            let told = messages(told.unwrap()).await;
            assert_eq!(told.len(), 4, "{told:?}");
            for (step, note) in told[..3].iter().enumerate() {
                assert_eq!(note["method"], "notifications/progress");
                let params = &note["params"];
                assert_eq!((&params["progressToken"], params["progress"].as_f64(), params["total"].as_f64()),
                    (&json!("p"), Some(f64::from(u8::try_from(step).unwrap())), Some(3.0)));
            }
            let silent = era.request(host.post(), "tools/call", call(json!({}))).send().await.unwrap();
            assert_eq!(messages(silent).await.len(), 1);
        }
        let asked = call(json!({"io.modelcontextprotocol/logLevel": "info"}));
        let told = messages(Era::Modern.request(host.post(), "tools/call", asked).send().await.unwrap()).await;
        assert_eq!(told.iter().filter(|note| note["method"] == "notifications/message").count(), 3, "{told:?}");
        let high = call(json!({"io.modelcontextprotocol/logLevel": "error"}));
        let told = messages(Era::Modern.request(host.post(), "tools/call", high).send().await.unwrap()).await;
        assert_eq!(told.len(), 1);
        let session = Session::open(&host, json!({})).await;
        let silent = session.request(1, "tools/call", call(json!({}))).await.until_answer().await;
        assert_eq!(silent.len(), 1);
        session.answer(2, "logging/setLevel", json!({"level": "debug"})).await;
        let mut all = session.request(3, "tools/call", call(json!({"progressToken": 7}))).await.until_answer().await;
        all.retain(|note| note["method"] == "notifications/progress");
        assert_eq!(all.len(), 3);
    }
}
