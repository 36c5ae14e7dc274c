//! What every result carries besides its content: how long it may be kept, by whom, and who made it.

use rmcp::RoleServer;
use rmcp::model::{
    CacheScope, CallToolResult, CompleteResult, GetPromptResult, InputRequiredResult, ListPromptsResult,
    ListResourceTemplatesResult, ListResourcesResult, ListToolsResult, MetaObject, ReadResourceResult,
};
use rmcp::service::RequestContext;

use super::handler::implementation;
use super::render;

/// How long a client may keep a list. It changes only when an operator changes something.
pub(super) const LIST_TTL_MS: u64 = 60_000;

const SERVER_INFO: &str = "io.modelcontextprotocol/serverInfo";

/// Says who answers, to clients that were not told when they connected.
fn signed(meta: &mut Option<MetaObject>) {
    if let Ok(info) = serde_json::to_value(implementation()) {
        meta.get_or_insert_default().insert(SERVER_INFO.to_owned(), info);
    }
}

/// Results of one request each, signed where the client's revision wants it.
macro_rules! single {
    ($($name:ident($result:ty);)+) => {$(
        pub(super) fn $name(mut result: $result, context: &RequestContext<RoleServer>) -> $result {
            if render::is_modern(context.protocol_version().as_ref()) {
                signed(&mut result.meta);
            }
            result
        }
    )+};
}

single! {
    called(CallToolResult);
    read(ReadResourceResult);
    messages(GetPromptResult);
    completion(CompleteResult);
}

/// Pages of lists. What is listed depends on who asks, so that nothing in between may keep it for others.
macro_rules! page {
    ($($name:ident($result:ty);)+) => {$(
        pub(super) fn $name(
            result: $result,
            next_cursor: Option<String>,
            context: &RequestContext<RoleServer>,
        ) -> $result {
            let mut result = result.with_cache_scope(CacheScope::Private).with_ttl_ms(LIST_TTL_MS);
            result.next_cursor = next_cursor;
            if render::is_modern(context.protocol_version().as_ref()) {
                signed(&mut result.meta);
            }
            result
        }
    )+};
}

page! {
    tools(ListToolsResult);
    resources(ListResourcesResult);
    templates(ListResourceTemplatesResult);
    prompts(ListPromptsResult);
}

/// Questions are asked of clients that want to know who asks.
pub(super) fn questions(mut result: InputRequiredResult) -> InputRequiredResult {
    signed(&mut result.meta);
    result
}
