//! Requests of one handler, from the protocol's parameters to the layer below and back.

use rmcp::model::{ArgumentInfo, Resource};
use rmcp::service::RequestContext;
use rmcp::{ErrorData, RoleServer};

use super::handler::Handler;
use super::lists;
use super::render;
use super::rounds::{Brought, Called, End, Rounds};
use super::running::{either, reporting};
use crate::plugin::{Completion, Exchange, Fault, Messages, ResourceContents, Target};
use crate::tenant::Caller;
use crate::tools::{CallScope, Outcome, Place, Reply, ToolCall, TraceId, Unknown};

type Context = RequestContext<RoleServer>;

/// Calls a tool.
pub(super) async fn call(
    handler: &Handler,
    context: &Context,
    call: &ToolCall,
    brought: Brought,
) -> Result<End<crate::plugin::Answer>, ErrorData> {
    let (caller, tools) = (handler.connection.caller(context), &handler.shared.tools);
    let unknown = |unknown: Unknown| ErrorData::invalid_params(unknown.to_string(), None);
    let digest = tools.digest_of_tool(&call.name).map_err(unknown)?;
    let called = Called { kind: "tool", name: &call.name, arguments: call.arguments.as_str(), digest };
    let make = |scope| tools.call(&caller, call, scope);
    in_rounds(handler, context, &caller, &called, brought, make).await?.map_err(unknown)
}

/// Reads a resource.
pub(super) async fn read(
    handler: &Handler,
    context: &Context,
    uri: &str,
    brought: Brought,
) -> Result<End<ResourceContents>, ErrorData> {
    let (caller, tools) = (handler.connection.caller(context), &handler.shared.tools);
    let unknown = |_| render::no_resource(uri);
    let digest = tools.digest_of_resource(uri).map_err(unknown)?;
    let called = Called { kind: "resource", name: uri, arguments: "", digest };
    let make = |scope| tools.read(&caller, uri, scope);
    in_rounds(handler, context, &caller, &called, brought, make).await?.map_err(unknown)
}

/// Gets a prompt.
pub(super) async fn prompt(
    handler: &Handler,
    context: &Context,
    name: &str,
    arguments: &[(String, String)],
    brought: Brought,
) -> Result<End<Messages>, ErrorData> {
    let (caller, tools) = (handler.connection.caller(context), &handler.shared.tools);
    let unknown = |unknown: Unknown| ErrorData::invalid_params(unknown.to_string(), None);
    let digest = tools.digest_of_prompt(name).map_err(unknown)?;
    let given = serde_json::to_string(arguments).unwrap_or_default();
    let called = Called { kind: "prompt", name, arguments: &given, digest };
    let make = |scope| tools.prompt(&caller, name, arguments, scope);
    in_rounds(handler, context, &caller, &called, brought, make).await?.map_err(unknown)
}

/// Asks for suggestions.
pub(super) async fn complete(
    handler: &Handler,
    context: &Context,
    target: &Target,
    argument: &ArgumentInfo,
    chosen: &[(String, String)],
) -> Result<Outcome<Completion>, ErrorData> {
    let (caller, tools) = (handler.connection.caller(context), &handler.shared.tools);
    let (cancelled, _watching) = either(&context.ct, handler.connection.end_beside(context).as_ref());
    let scope = CallScope { cancelled, trace: trace(context), ..CallScope::default() };
    let outcome = tools.complete(&caller, target, &argument.name, &argument.value, chosen, scope).await;
    outcome.map_err(|unknown| ErrorData::invalid_params(unknown.to_string(), None))
}

/// One page of resources, those of all plugins.
pub(super) async fn resources(
    handler: &Handler,
    context: &Context,
    cursor: Option<&str>,
) -> Result<(Vec<Resource>, Option<String>), ErrorData> {
    let (caller, tools) = (handler.connection.caller(context), &handler.shared.tools);
    let from = cursor.map(|cursor| Place::parse(cursor).ok_or_else(lists::no_such_cursor)).transpose()?;
    let (cancelled, _watching) = either(&context.ct, handler.connection.end_beside(context).as_ref());
    let scope = CallScope { cancelled, trace: trace(context), ..CallScope::default() };
    let page = tools.resource_page(&caller, from.as_ref(), &scope).await;
    let mut resources: Vec<Resource> =
        page.known.iter().filter_map(|entry| render::resource(entry.served())).collect();
    for (plugin, outcome) in page.listed {
        let listed = match outcome {
            Outcome::Answered(listed) => listed,
            // A list without what could not be had now would be kept for the whole.
            Outcome::Refused(_) | Outcome::Broken(Fault::Cancelled) => return Err(render::no_list(outcome)),
            Outcome::Asked(_) | Outcome::Declined(_) | Outcome::Broken(_) => continue,
        };
        let items: Vec<serde_json::Value> =
            serde_json::from_str(listed.resources.as_str()).unwrap_or_default();
        let found = items.into_iter().filter_map(render::listed_resource);
        // What a plugin lists and does not serve could not be read.
        resources.extend(found.filter(|resource| plugin.resource(&resource.uri).is_some()));
    }
    Ok((resources, page.next.map(|place| place.to_text())))
}

/// Makes a call under everything that surrounds it: its caller may stop it, hear of it, and be asked in between.
async fn in_rounds<T, F>(
    handler: &Handler,
    context: &Context,
    caller: &Caller,
    called: &Called<'_>,
    brought: Brought,
    make: impl Fn(CallScope) -> F,
) -> Result<Result<End<T>, Unknown>, ErrorData>
where
    T: Reply,
    F: Future<Output = Result<Outcome<T>, Unknown>>,
{
    let (cancelled, _watching) = either(&context.ct, handler.connection.end_beside(context).as_ref());
    let rounds = Rounds {
        context,
        sealer: &handler.shared.sealer,
        caller,
        called,
        asking: handler.connection.asking(context),
        cancelled: &cancelled,
        questions: &handler.shared.questions,
    };
    let exchange = rounds.exchange(brought)?;
    let (level, trace) = (handler.connection.level(context), trace(context));
    let (make, cancelled) = (&make, &cancelled);
    let call = |exchange: Exchange| {
        reporting(context, level, move |reports| {
            make(CallScope { cancelled: cancelled.clone(), exchange, reports, trace, ..CallScope::default() })
        })
    };
    Ok(rounds.run(exchange, call).await)
}

/// The trace that a request belongs to: from its `_meta`, or from HTTP.
fn trace(context: &Context) -> Option<TraceId> {
    let of_meta = context.meta.get_traceparent().and_then(TraceId::of_traceparent);
    of_meta.or_else(|| {
        let parts = context.extensions.get::<http::request::Parts>()?;
        TraceId::of_traceparent(parts.headers.get("traceparent")?.to_str().ok()?)
    })
}
