//! What plugins serve besides tools, through the engine.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use xyte_mcp::json::Json;
use xyte_mcp::plugin::{
    Call, Changes, Content, Declined, Ended, Exchange, Fault, Meter, Plugin, Reports, ResourceBody, Role,
    Target,
};
use xyte_mcp::store::StateStore;
use xyte_mcp::tenant::{ApiKey, Credential, TenantSecret};
use xyte_mcp::xyte::{Hub, Sender};
use xyte_sim::{Sim, SimConfig};

use crate::support::fixtures;

/// The probe with everything granted, and a hub.
struct Stage {
    sim: Sim,
    plugin: Plugin,
}

impl Stage {
    async fn new(routes: &[&str]) -> Stage {
        let directory = fixtures::probe_directory(routes);
        let mut contents = fixtures::load(directory.path()).await;
        assert!(contents.refused.is_empty(), "{:?}", contents.refused);
        Stage { sim: Sim::start(SimConfig::default()).await.unwrap(), plugin: contents.plugins.remove(0) }
    }

    async fn call(&self, exchange: Exchange) -> Call {
        let key = ApiKey::parse(&self.sim.tenants()[0].key).unwrap();
        let credential = Credential { tenant: TenantSecret::random().tenant_of(&key), key: Arc::new(key) };
        let hub = Arc::new(Hub::new(self.sim.url().parse().unwrap()).unwrap());
        Call {
            sender: Sender { hub, credential },
            user: None,
            store: StateStore::in_memory().await.unwrap(),
            request_id: "request".into(),
            deadline: Instant::now() + Duration::from_secs(20),
            cancelled: CancellationToken::new(),
            exchange,
            reports: Reports::default(),
            changes: Changes::default(),
            meter: Meter::default(),
        }
    }

    async fn read(
        &self,
        uri: &str,
        exchange: Exchange,
    ) -> Result<Ended<xyte_mcp::plugin::ResourceContents>, Fault> {
        let (served, values) = self.plugin.resource(uri).unwrap_or_else(|| panic!("{uri} is served"));
        self.plugin.read(served, uri, &values, self.call(exchange).await).await
    }

    async fn text(&self, uri: &str) -> String {
        let Ok(Ended::Done(contents)) = self.read(uri, Exchange::default()).await else {
            panic!("{uri} is read")
        };
        match &contents.contents[0].body {
            ResourceBody::Text(text) => text.clone(),
            ResourceBody::Blob(_) => panic!("{uri} is text"),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_resource_is_found_by_its_uri_and_read() {
    let stage = Stage::new(&fixtures::PROBE_ROUTES).await;
    let id = stage.sim.fleet("acme").unwrap().devices()[0].id.to_string();
    let status = stage.text(&format!("probe://devices/{id}/status")).await;
    assert!(status.contains(&id), "{status}");
    let Ok(Ended::Done(contents)) = stage.read("probe://bytes", Exchange::default()).await else { panic!() };
    assert_eq!(contents.ttl, Some(Duration::from_secs(60)));
    assert!(matches!(&contents.contents[0].body, ResourceBody::Blob(bytes) if bytes == b"four"));
    assert!(stage.plugin.resource("probe://devices/a/b/status").is_none());
    assert!(stage.plugin.resource("other://bytes").is_none());
    let gone = stage.read("probe://gone", Exchange::default()).await;
    assert!(matches!(gone, Ok(Ended::Declined(Declined::NotFound(_)))), "{gone:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn reading_changes_nothing_whatever_was_granted() {
    let stage = Stage::new(&fixtures::PROBE_ROUTES).await;
    assert_eq!(stage.text("probe://claim").await, "read_only_tool");
    assert!(stage.sim.requests().is_empty());
    let without = Stage::new(&[]).await;
    let denied = without
        .read("probe://devices/5dc4ba6c-c323-4118-a4e4-504f074426f2/status", Exchange::default())
        .await;
    assert!(matches!(denied, Ok(Ended::Declined(_))), "{denied:?}");
    assert!(without.sim.requests().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_resource_may_ask_and_is_read_again_with_the_answer() {
    let stage = Stage::new(&[]).await;
    let roots = Json::parse_object(r#"{"roots":{}}"#, 100).unwrap();
    let exchange = || Exchange { capabilities: roots.clone(), ..Exchange::default() };
    let Ok(Ended::Asked(question)) = stage.read("probe://here", exchange()).await else { panic!() };
    assert_eq!(
        (question.requests[0].key.as_str(), question.requests[0].method.as_str()),
        ("roots", "roots/list")
    );
    let answer = Json::parse_object(r#"{"roots":[{"uri":"file:///home"}]}"#, 100).unwrap();
    let answered = Exchange { responses: vec![("roots".to_owned(), answer)], ..exchange() };
    let Ok(Ended::Done(contents)) = stage.read("probe://here", answered).await else { panic!() };
    assert!(matches!(&contents.contents[0].body, ResourceBody::Text(text) if text == "file:///home"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_exists_for_a_tenant_is_listed_page_by_page() {
    let stage = Stage::new(&[]).await;
    let call = stage.call(Exchange::default()).await;
    let Ok(Ended::Done(page)) = stage.plugin.list_resources(None, call).await else { panic!() };
    assert!(page.resources.as_str().contains("probe://rooms/blue"));
    let call = stage.call(Exchange::default()).await;
    let Ok(Ended::Done(last)) = stage.plugin.list_resources(page.next_cursor.as_deref(), call).await else {
        panic!()
    };
    assert_eq!(last.next_cursor, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_prompt_is_described_and_becomes_messages() {
    let stage = Stage::new(&[]).await;
    let prompt = &stage.plugin.prompts()[0];
    assert_eq!((prompt.name.as_str(), prompt.arguments.len()), ("diagnose", 2));
    assert!(prompt.arguments[0].required && !prompt.arguments[1].required);
    let arguments = [("room".to_owned(), "Blue".to_owned()), ("floor".to_owned(), "3".to_owned())];
    prompt.check_arguments(&arguments).unwrap();
    let call = stage.call(Exchange::default()).await;
    let Ok(Ended::Done(messages)) = stage.plugin.prompt(prompt, &arguments, call).await else { panic!() };
    let said: Vec<(Role, &str)> = messages
        .messages
        .iter()
        .map(|(role, content)| match content {
            Content::Text(text) => (*role, text.as_str()),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(said, [(Role::User, "What is wrong in Blue on floor 3?"), (Role::Assistant, "Let me look.")]);
    let wrong = [("room".to_owned(), "Blue".to_owned()), ("floor".to_owned(), "top".to_owned())];
    let call = stage.call(Exchange::default()).await;
    let refused = stage.plugin.prompt(prompt, &wrong, call).await;
    assert!(matches!(refused, Ok(Ended::Declined(Declined::InvalidParams(_)))), "{refused:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn arguments_are_completed() {
    let stage = Stage::new(&[]).await;
    assert!(stage.plugin.completes());
    let complete = async |target: Target, argument: &str| {
        let call = stage.call(Exchange::default()).await;
        stage.plugin.complete(&target, argument, "bl", &[], call).await
    };
    let Ok(Ended::Done(completion)) = complete(Target::Prompt("diagnose".into()), "room").await else {
        panic!()
    };
    assert_eq!(completion.values, ["Blue", "Black"]);
    let nothing =
        complete(Target::ResourceTemplate("probe://devices/{device_id}/status".into()), "device_id").await;
    assert!(matches!(&nothing, Ok(Ended::Done(completion)) if completion.values.is_empty()), "{nothing:?}");
}

/// A plugin that has none of it serves none of it.
#[tokio::test(flavor = "multi_thread")]
async fn a_plugin_of_tools_alone_serves_nothing_else() {
    let contents = fixtures::load(&fixtures::plugins()).await;
    let claim = contents.plugins.iter().find(|plugin| plugin.id() == "claim-device").unwrap();
    assert!(claim.resources().is_empty() && claim.prompts().is_empty() && !claim.completes());
}
