//! What a plugin shows to clients and asks of operators, as data that can be kept and compared.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::schema_diff::{self, Side};
use crate::plugin::Plugin;

/// Everything about a plugin that its clients or operators would notice if it changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Surface {
    id: String,
    tools: BTreeMap<String, ToolSurface>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    resources: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    prompts: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    routes: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct ToolSurface {
    description: String,
    input_schema: Map<String, Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    output_schema: Option<Map<String, Value>>,
    read_only: bool,
    destructive: bool,
    routes: Vec<String>,
}

/// One difference between two surfaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Whether a client or an operator of the old one may be unable to go on.
    pub breaking: bool,
    /// What changed, in one clause.
    pub what: String,
}

impl Change {
    pub(super) fn breaking(what: impl Into<String>) -> Change {
        Change { breaking: true, what: what.into() }
    }

    pub(super) fn compatible(what: impl Into<String>) -> Change {
        Change { breaking: false, what: what.into() }
    }
}

impl Surface {
    /// What a plugin shows.
    pub fn of(plugin: &Plugin) -> Surface {
        let keys = |grant: &crate::xyte::Grant| {
            let mut keys: Vec<String> =
                grant.routes().map(|(route, _)| route.operation.key.clone()).collect();
            keys.sort();
            keys
        };
        let tool = |tool: &crate::plugin::Tool| ToolSurface {
            description: tool.description.clone(),
            input_schema: tool.input.as_object().clone(),
            output_schema: tool.output.as_ref().map(|schema| schema.as_object().clone()),
            read_only: tool.annotations.read_only,
            destructive: tool.annotations.destructive,
            routes: keys(&tool.grant),
        };
        Surface {
            id: plugin.id().to_owned(),
            tools: plugin.tools().iter().map(|one| (one.name.clone(), tool(one))).collect(),
            resources: plugin.resources().iter().map(|served| served.template.to_string()).collect(),
            prompts: plugin.prompts().iter().map(|prompt| prompt.name.clone()).collect(),
            routes: keys(plugin.grant()),
        }
    }

    /// What changed from this surface to a newer one, in an order that does not depend on chance.
    pub fn changes(&self, newer: &Surface) -> Vec<Change> {
        let mut changes = Vec::new();
        if self.id != newer.id {
            changes.push(Change::breaking(format!("the plugin {} is now called {}", self.id, newer.id)));
        }
        for (name, old) in &self.tools {
            match newer.tools.get(name) {
                None => changes.push(Change::breaking(format!("the tool {name} is gone"))),
                Some(new) => old.changes(name, new, &mut changes),
            }
        }
        for name in newer.tools.keys().filter(|name| !self.tools.contains_key(*name)) {
            changes.push(Change::compatible(format!("there is a new tool {name}")));
        }
        compare("resource", &self.resources, &newer.resources, &mut changes);
        compare("prompt", &self.prompts, &newer.prompts, &mut changes);
        routes("what is no tool", &self.routes, &newer.routes, &mut changes);
        changes
    }
}

impl ToolSurface {
    fn changes(&self, name: &str, newer: &ToolSurface, changes: &mut Vec<Change>) {
        if self.description != newer.description {
            changes.push(Change::compatible(format!("{name}: its description reads differently")));
        }
        if self.read_only && !newer.read_only {
            changes.push(Change::breaking(format!("{name}: it is no longer read-only")));
        }
        if !self.destructive && newer.destructive {
            changes.push(Change::breaking(format!("{name}: it is now destructive")));
        }
        let named = |change: Change| Change { what: format!("{name}: {}", change.what), ..change };
        let input = schema_diff::changes(&self.input_schema, &newer.input_schema, Side::Arguments);
        changes.extend(input.into_iter().map(named));
        match (&self.output_schema, &newer.output_schema) {
            (Some(old), Some(new)) => {
                changes.extend(schema_diff::changes(old, new, Side::Answer).into_iter().map(named));
            }
            (Some(_), None) => {
                changes.push(Change::breaking(format!("{name}: its answer has no schema any more")));
            }
            (None, Some(_)) => {
                changes.push(Change::compatible(format!("{name}: its answer has a schema now")));
            }
            (None, None) => {}
        }
        routes(name, &self.routes, &newer.routes, changes);
    }
}

fn compare(kind: &str, old: &[String], new: &[String], changes: &mut Vec<Change>) {
    for gone in old.iter().filter(|name| !new.contains(name)) {
        changes.push(Change::breaking(format!("the {kind} {gone} is gone")));
    }
    for added in new.iter().filter(|name| !old.contains(name)) {
        changes.push(Change::compatible(format!("there is a new {kind} {added}")));
    }
}

/// A plugin that asks for more needs its operator's word; one that asks for less needs nobody's.
fn routes(of: &str, old: &[String], new: &[String], changes: &mut Vec<Change>) {
    for added in new.iter().filter(|key| !old.contains(key)) {
        changes.push(Change::breaking(format!("{of}: it asks for {added}, which an operator must grant")));
    }
    for gone in old.iter().filter(|key| !new.contains(key)) {
        changes.push(Change::compatible(format!("{of}: it no longer asks for {gone}")));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn surface(change: impl FnOnce(&mut Value)) -> Surface {
        let mut value = json!({"id": "p", "tools": {"t": {"description": "d", "read_only": true, "destructive": false,
            "input_schema": {"type": "object", "properties": {"a": {"type": "string"}}},
            "output_schema": {"type": "object", "properties": {"n": {"type": "integer"}}, "required": ["n"]},
            "routes": ["organization.devices.getDevices"]}}, "resources": ["a://b"], "prompts": ["q"]});
        change(&mut value);
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn what_breaks_is_told_from_what_does_not() {
        type Edit = fn(&mut Value);
        let cases: [(Edit, bool, &str); 12] = [
            (|v| v["id"] = json!("q"), true, "is now called q"),
            (|v| v["tools"] = json!({}), true, "the tool t is gone"),
            (|v| v["tools"]["u"] = v["tools"]["t"].clone(), false, "a new tool u"),
            (|v| v["tools"]["t"]["description"] = json!("e"), false, "reads differently"),
            (|v| v["tools"]["t"]["read_only"] = json!(false), true, "no longer read-only"),
            (|v| v["tools"]["t"]["destructive"] = json!(true), true, "now destructive"),
            (|v| v["tools"]["t"]["output_schema"] = Value::Null, true, "no schema any more"),
            (|v| v["tools"]["t"]["input_schema"]["required"] = json!(["a"]), true, "`a` must now be given"),
            (|v| v["tools"]["t"]["routes"] = json!([]), false, "no longer asks for"),
            (
                |v| {
                    v["tools"]["t"]["routes"] =
                        json!(["organization.devices.getDevices", "organization.devices.getDevice"]);
                },
                true,
                "an operator must grant",
            ),
            (|v| v["resources"] = json!([]), true, "the resource a://b is gone"),
            (|v| v["prompts"] = json!(["q", "r"]), false, "a new prompt r"),
        ];
        let old = surface(|_| {});
        assert_eq!(old.changes(&old), []);
        for (edit, breaking, what) in cases {
            let changes = old.changes(&surface(edit));
            let [change] = changes.as_slice() else { panic!("{what}: {changes:?}") };
            assert!(change.breaking == breaking && change.what.contains(what), "{what}: {change:?}");
        }
    }
}
