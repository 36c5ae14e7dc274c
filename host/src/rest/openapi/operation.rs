//! One path with its operation.

use http::StatusCode;
use serde_json::{Map, Value, json};

use super::schema;
use crate::plugin::{Prompt, Served, Tool, UriTemplate};

/// What any request may be answered: with the headers it has, the host it names, the key it brings.
const ALWAYS: [u16; 5] = [400, 401, 403, 405, 500];
/// What may become of a plugin that is run.
const RUN: [u16; 6] = [404, 409, 422, 502, 503, 504];

/// An operation while it is written.
pub(super) struct Operation {
    method: &'static str,
    members: Map<String, Value>,
    parameters: Vec<Value>,
    responses: Map<String, Value>,
}

impl Operation {
    pub(super) fn get(id: &str, tag: &str, summary: &str) -> Operation {
        Operation::new("get", id, tag, summary)
    }

    fn post(id: &str, tag: &str, summary: &str) -> Operation {
        Operation::new("post", id, tag, summary)
    }

    fn new(method: &'static str, id: &str, tag: &str, summary: &str) -> Operation {
        let mut members = Map::new();
        members.insert("operationId".into(), json!(id));
        members.insert("tags".into(), json!([tag]));
        members.insert("summary".into(), json!(summary));
        let parameters = vec![json!({"$ref": "#/components/parameters/user_token"})];
        Operation { method, members, parameters, responses: Map::new() }.may_answer(&ALWAYS)
    }

    fn described(mut self, text: Option<&str>) -> Operation {
        if let Some(text) = text {
            self.members.insert("description".into(), json!(text));
        }
        self
    }

    pub(super) fn parameter(mut self, parameter: Value) -> Operation {
        self.parameters.push(parameter);
        self
    }

    /// Answers with one of the schemas of `parts`.
    pub(super) fn answers(self, schema: &str) -> Operation {
        self.answers_as(&json!({"$ref": format!("#/components/schemas/{schema}")}))
    }

    fn answers_as(mut self, schema: &Value) -> Operation {
        let answer =
            json!({"description": "What was asked for", "content": {"application/json": {"schema": schema}}});
        self.responses.insert("200".into(), answer);
        self
    }

    pub(super) fn may_answer(mut self, statuses: &[u16]) -> Operation {
        for status in statuses {
            let response = json!({"$ref": format!("#/components/responses/problem_{status}")});
            self.responses.insert(status.to_string(), response);
        }
        self
    }

    fn body(mut self, schema: &Value) -> Operation {
        let body = json!({"required": true, "content": {"application/json": {"schema": schema}}});
        self.members.insert("requestBody".into(), body);
        let of_bodies = [StatusCode::PAYLOAD_TOO_LARGE, StatusCode::UNSUPPORTED_MEDIA_TYPE];
        self.may_answer(&of_bodies.map(|status| status.as_u16()))
    }

    pub(super) fn into_path(self) -> Value {
        let mut members = self.members;
        members.insert("parameters".into(), json!(self.parameters));
        members.insert("responses".into(), json!(self.responses));
        json!({self.method: members})
    }
}

/// A call of a tool.
pub(super) fn of_tool(tool: &Tool) -> Value {
    let summary = tool.title.as_deref().unwrap_or(&tool.name);
    Operation::post(&format!("call_{}", tool.name), "tools", summary)
        .described(Some(&tool.description))
        .body(&schema::input_of(tool))
        .answers_as(&schema::answer_of(tool))
        .may_answer(&RUN)
        .into_path()
}

/// Getting a prompt.
pub(super) fn of_prompt(prompt: &Prompt) -> Value {
    let summary = prompt.title.as_deref().unwrap_or(&prompt.name);
    let mut operation = Operation::get(&format!("get_{}", prompt.name), "prompts", summary)
        .described(prompt.description.as_deref())
        .answers("Messages")
        .may_answer(&RUN);
    for argument in &prompt.arguments {
        operation = operation.parameter(json!({
            "name": argument.name, "in": "query", "required": argument.required,
            "description": argument.description.as_deref().unwrap_or_default(), "schema": {"type": "string"},
        }));
    }
    operation.into_path()
}

/// Reading a resource. What a template's variables may be, its plugin decides.
pub(super) fn of_resource(served: &Served) -> Value {
    let summary = served.title.as_deref().unwrap_or(&served.name);
    let mut operation = Operation::get(&format!("read {}", served.template), "resources", summary)
        .described(served.description.as_deref())
        .answers("Contents")
        .may_answer(&RUN);
    for variable in served.template.variables() {
        operation = operation.parameter(json!({
            "name": variable, "in": "path", "required": true, "schema": {"type": "string", "minLength": 1},
        }));
    }
    operation.into_path()
}

/// Where a resource is found. None: OpenAPI has no form for it, since a query is no part of its paths.
pub(super) fn path_of(template: &UriTemplate) -> Option<String> {
    let (scheme, rest) = template.as_str().split_once("://")?;
    let path = if rest.is_empty() { format!("/v1/{scheme}") } else { format!("/v1/{scheme}/{rest}") };
    (!path.contains(['?', '#'])).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_resource_has_one_path() {
        let path = |template: &str| path_of(&UriTemplate::parse(template).unwrap());
        assert_eq!(path("devices://").as_deref(), Some("/v1/devices"));
        assert_eq!(path("device://{id}/status").as_deref(), Some("/v1/device/{id}/status"));
        assert_eq!(path("doc://find?q={q}"), None);
    }

    #[test]
    fn a_template_names_its_variables() {
        let served = Served {
            template: UriTemplate::parse("device://{id}/status").unwrap(),
            name: "status".into(),
            title: None,
            description: Some("How it is.".into()),
            mime_type: Some("text/html".into()),
            extra: None,
        };
        let path = of_resource(&served);
        assert_eq!(path["get"]["parameters"][1]["name"], "id");
        assert_eq!(path["get"]["description"], "How it is.");
        assert!(!path.to_string().contains("text/html"));
    }
}
