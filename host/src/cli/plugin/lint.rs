//! What a host lets through and an author should look at all the same.

use serde_json::{Map, Value};
use xyte_catalog::{Catalog, Effect};

use crate::plugin::{Plugin, Tool};

/// Characters of a description that says something.
const DESCRIPTION_CHARS_MIN: usize = 15;
/// Bytes of a component that carries its language's runtime; what is smaller imports what it uses.
const RUNTIME_BYTES_MIN: usize = 1_000_000;
/// Characters of a description that every model reads with every list.
const DESCRIPTION_CHARS_MAX: usize = 1_000;

/// Something to look at, with what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Doubt {
    pub(super) text: String,
    pub(super) fix: String,
}

fn doubt(text: impl Into<String>, fix: impl Into<String>) -> Doubt {
    Doubt { text: text.into(), fix: fix.into() }
}

/// Everything worth a look in a plugin. `bytes` is its component, `imports` what that imports.
pub(super) fn doubts(plugin: &Plugin, bytes: &[u8], imports: &[String]) -> Vec<Doubt> {
    let mut doubts: Vec<Doubt> = plugin.tools().iter().flat_map(of_tool).collect();
    doubts.extend(unasked(plugin, bytes));
    doubts.extend(of_imports(imports, bytes.len()));
    doubts
}

fn of_tool(tool: &Tool) -> Vec<Doubt> {
    let name = &tool.name;
    let mut doubts = Vec::new();
    match tool.description.chars().count() {
        0..DESCRIPTION_CHARS_MIN => doubts.push(doubt(
            format!("{name}: its description hardly says anything"),
            "say what it does, for what, and what it does not do; a model chooses by it",
        )),
        DESCRIPTION_CHARS_MAX.. => doubts.push(doubt(
            format!("{name}: its description is long, and every model reads it with every list"),
            format!("say it in less than {DESCRIPTION_CHARS_MAX} characters"),
        )),
        _ => {}
    }
    for member in without_description(tool.input.as_object()) {
        let fix = "a doc comment on the member becomes its description";
        doubts.push(doubt(format!("{name}: the argument `{member}` has no description"), fix));
    }
    if tool.output.is_none() {
        let fix = "answer with a type that has a schema, so that programs can read it";
        doubts.push(doubt(format!("{name}: its answer has no schema"), fix));
    }
    doubts.extend(of_effects(tool));
    doubts
}

fn of_effects(tool: &Tool) -> Vec<Doubt> {
    let name = &tool.name;
    let mut doubts = Vec::new();
    for (route, _) in tool.grant.routes() {
        let key = &route.operation.key;
        let effect = route.operation.effect;
        if tool.annotations.read_only && effect.mutates() {
            let fix = "do not call the tool read-only, or do not name the route";
            doubts.push(doubt(
                format!("{name}: it is read-only, and {key} changes something: it is always refused"),
                fix,
            ));
        }
        if effect == Effect::Destructive && !tool.annotations.destructive {
            let fix = "say destructive in the tool's attribute, so that clients can ask before they call";
            doubts.push(doubt(format!("{name}: {key} is destructive, and the tool does not say so"), fix));
        }
    }
    doubts
}

fn without_description(schema: &Map<String, Value>) -> Vec<String> {
    let properties = schema.get("properties").and_then(Value::as_object);
    let bare = |member: &Value| member.get("description").is_none() && member.get("$ref").is_none();
    properties
        .into_iter()
        .flatten()
        .filter(|(_, member)| bare(member))
        .map(|(name, _)| name.clone())
        .collect()
}

/// Templates of the catalogue that stand in the component although nothing in it asks for them: a request by one of
/// them would be refused. Text of the component is all there is to go by, so that this is a doubt and no more.
fn unasked(plugin: &Plugin, bytes: &[u8]) -> Vec<Doubt> {
    let tools = plugin.tools().iter().flat_map(|tool| tool.grant.routes());
    let asked: Vec<&str> =
        tools.chain(plugin.grant().routes()).map(|(route, _)| route.operation.template.as_str()).collect();
    let operations = Catalog::known().operations();
    // Only templates with a parameter: the others are words that stand in many texts.
    let mut templates: Vec<&str> = operations.iter().map(|operation| operation.template.as_str()).collect();
    templates.retain(|template| template.contains('{'));
    templates.sort_unstable_by_key(|template| std::cmp::Reverse(template.len()));
    templates.dedup();
    let mut found: Vec<&str> = Vec::new();
    for at in slashes(bytes) {
        let longest = templates.iter().find(|template| bytes[at..].starts_with(template.as_bytes()));
        found.extend(longest.filter(|template| !asked.contains(template) && !found.contains(template)));
    }
    let fix = "name the route in the attribute of the tool that uses it, or drop the call";
    found
        .into_iter()
        .map(|template| doubt(format!("the component holds {template}, and no tool asks for it"), fix))
        .collect()
}

fn slashes(bytes: &[u8]) -> impl Iterator<Item = usize> + '_ {
    bytes.iter().enumerate().filter(|(_, byte)| **byte == b'/').map(|(at, _)| at)
}

fn of_imports(imports: &[String], size: usize) -> Vec<Doubt> {
    let has = |package: &str| imports.iter().any(|import| import.starts_with(package));
    let mut doubts = Vec::new();
    // Language runtimes import files and sockets whether or not anybody uses them, and are answered by refusals.
    let has_runtime = size > RUNTIME_BYTES_MIN;
    if !has_runtime && (has("wasi:filesystem/") || has("wasi:sockets/")) {
        doubts.push(doubt(
            "it imports files or sockets, and every use of them fails",
            "reach out through the xyte import alone, and keep what must last in state",
        ));
    }
    if has("wasi:random/insecure") {
        doubts.push(doubt(
            "it may use its language's own random numbers, which some toolchains freeze at build",
            "take them from call.random",
        ));
    }
    doubts
}
