//! Schemas that cost a model no more tokens than they must, and those that no client could use.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use xyte_plugin_sdk::bindings::describe::Guest as _;
use xyte_plugin_sdk::{Cx, Text, ToolError, json, plugin, schema};

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Order {
    NewestFirst,
    OldestFirst,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "only its schema is looked at")]
struct Inner {
    title: Option<String>,
}

/// What a caller may say.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "only its schema is looked at")]
struct Arguments {
    order: Option<Order>,
    inner: Option<Inner>,
    list: Option<Vec<Inner>>,
    #[schemars(range(max = 100))]
    limit: Option<u8>,
    ratio: f32,
    #[serde(default)]
    all: bool,
    #[schemars(extend("format" = "uuid"))]
    id: String,
}

#[test]
fn arguments_are_described_without_noise() {
    let expected = json!({
        "type": "object",
        "properties": {
            "order": {"type": "string", "enum": ["newest_first", "oldest_first"]},
            "inner": {"type": "object", "properties": {"title": {"type": "string"}}, "additionalProperties": false},
            "list": {
                "type": "array",
                "items": {"type": "object", "properties": {"title": {"type": "string"}}, "additionalProperties": false}
            },
            "limit": {"type": "integer", "minimum": 0, "maximum": 100},
            "ratio": {"type": "number"},
            "all": {"type": "boolean", "default": false},
            "id": {"type": "string", "format": "uuid"}
        },
        "required": ["ratio", "id"],
        "additionalProperties": false
    });
    assert_eq!(schema::input::<Arguments>().as_value(), &expected);
}

#[derive(Serialize, JsonSchema)]
struct Output {
    /// Always there, perhaps null.
    next: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    order: Option<Order>,
    /// Absent or a word, and never null.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    counts: BTreeMap<String, u64>,
}

#[test]
fn an_answer_that_may_be_null_says_so() {
    let output = schema::output::<Output>();
    let properties = &output.as_value()["properties"];
    assert_eq!(properties["next"]["type"], json!(["integer", "null"]));
    assert_eq!(properties["next"]["description"], "Always there, perhaps null.");
    assert_eq!(output.as_value()["required"], json!(["next", "counts"]));
    assert_eq!(properties["note"]["type"], json!("string"));
    assert!(!properties["order"].to_string().contains("null"), "{}", properties["order"]);
}

#[derive(Deserialize, JsonSchema)]
#[expect(dead_code, reason = "only its schema is looked at")]
struct Careless {
    name: String,
}

macro_rules! refused {
    ($plugin:ident, $arguments:ty, $answer:ty) => {
        struct $plugin;

        /// A plugin that no host should load.
        #[plugin(id = "refused")]
        impl $plugin {
            /// Does nothing.
            #[tool(read_only)]
            fn tool(_cx: &Cx, _args: $arguments) -> Result<$answer, ToolError> {
                Err(ToolError::new("nothing", "Nothing."))
            }
        }
    };
}

refused!(CarelessArguments, Careless, Text);
refused!(ListOfArguments, Vec<String>, Text);
refused!(ListAsAnswer, Inner, Vec<String>);
refused!(WordAsAnswer, Inner, String);

struct LooseSettings;

/// A plugin whose settings accept anything.
#[plugin(id = "loose", config = Careless)]
impl LooseSettings {
    /// Does nothing.
    #[tool(read_only)]
    fn tool(_cx: &Cx) -> Result<Text, ToolError> {
        Ok(Text(String::new()))
    }
}

struct StrangeExtra;

/// A plugin with a tool whose further fields are no object.
#[plugin(id = "strange")]
impl StrangeExtra {
    /// Does nothing.
    #[tool(read_only, extra = "[]")]
    fn tool(_cx: &Cx) -> Result<Text, ToolError> {
        Ok(Text(String::new()))
    }
}

#[test]
fn a_schema_that_no_client_could_use_is_refused_with_the_tools_name() {
    let cases = [
        (CarelessArguments::describe(), "tool `tool`: its arguments accept members that nobody reads"),
        (ListOfArguments::describe(), "tool `tool`: its arguments must be a struct"),
        (ListAsAnswer::describe(), "tool `tool`: its answer must be a JSON object"),
        (WordAsAnswer::describe(), "tool `tool`: its answer must be a JSON object"),
        (LooseSettings::describe(), "its settings accept members that nobody reads"),
        (StrangeExtra::describe(), "tool `tool`: its `extra` is no JSON object"),
    ];
    for (described, reason) in cases {
        let refused = described.unwrap_err();
        assert!(refused.starts_with(reason), "{refused}");
    }
}
