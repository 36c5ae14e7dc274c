//! What a plugin says of itself, checked.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use xyte_catalog::Catalog;

use super::answer::{self, is_failure_code};
use super::bindings::describe as wit;
use super::bindings::types;
use super::grant_file::GrantedRoutes;
use super::header_hints;
use super::hidden;
use super::limits::{DESCRIPTION_BYTES_MAX, NAME_BYTES_MAX, TOOL_TIMEOUT, TOOL_TIMEOUT_MAX, TOOLS_MAX};
use super::schema::{Schema, SchemaError};
use crate::json::Json;
use crate::xyte::{Grant, Route};

/// Characters of the sentence that says what a route is for.
const WHY_CHARS_MAX: usize = 200;

/// One tool, as its plugin describes it, with what it was granted.
#[derive(Debug)]
pub struct Tool {
    /// `[A-Za-z0-9_-]{1,64}`, unique in its plugin.
    pub name: String,
    /// For people.
    pub title: Option<String>,
    /// For models.
    pub description: String,
    /// What its arguments are.
    pub input: Schema,
    /// What its structured answer is.
    pub output: Option<Schema>,
    /// What it says of its effects.
    pub annotations: Annotations,
    /// Whether it is to be hidden unless the operator turned experiments on.
    pub experimental: bool,
    /// How long one call may take.
    pub timeout: Duration,
    /// What it may send.
    pub grant: Grant,
    /// The failure codes of its own, which may become labels.
    pub failure_codes: Vec<String>,
    /// Whether a call may become a background task.
    pub task: TaskSupport,
    /// Further members of MCP (icons, `_meta` …), one object.
    pub extra: Option<Json>,
}

/// Whether a call may become a background task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are MCP's")]
pub enum TaskSupport {
    Never,
    Optional,
    Required,
}

/// What a tool says of its effects. Hints, but for `read_only`, which its grant enforces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of MCP's hints")]
pub struct Annotations {
    pub read_only: bool,
    pub destructive: bool,
    pub idempotent: bool,
    pub open_world: bool,
}

/// Why a description was refused.
#[derive(Debug, thiserror::Error)]
pub enum ManifestError {
    /// The plugin said itself that it cannot run.
    #[error("it says that it cannot run: {0}")]
    Declined(String),
    /// The file's name and the plugin's own name for itself differ; its grant would be somebody else's.
    #[error("it calls itself {id:?}; name the file {id}.wasm, or change the plugin's id to {file:?}")]
    AnotherName {
        /// What it calls itself.
        id: String,
        /// What its file is called.
        file: String,
    },
    /// Something about the plugin.
    #[error("{0}")]
    Plugin(String),
    /// Something about one of its tools.
    #[error("tool {tool:?}: {reason}")]
    Tool {
        /// The tool's name.
        tool: String,
        /// What is wrong.
        reason: String,
    },
}

/// A description that passed every check.
#[derive(Debug)]
pub(super) struct Manifest {
    pub(super) version: String,
    pub(super) title: String,
    pub(super) description: String,
    pub(super) tools: Vec<Tool>,
    /// What everything that is not a tool may send.
    pub(super) grant: Grant,
    pub(super) config_schema: Option<Schema>,
}

impl Manifest {
    /// Checks a description against the file's name and applies the operator's grant.
    pub(super) fn check(
        manifest: wit::Manifest,
        file: &str,
        granted: &GrantedRoutes,
    ) -> Result<Manifest, ManifestError> {
        if manifest.id != file {
            return Err(ManifestError::AnotherName { id: shortened(&manifest.id), file: file.to_owned() });
        }
        if manifest.version.len() > NAME_BYTES_MAX || semver::Version::parse(&manifest.version).is_err() {
            let reason = format!(
                "its version {:?} is not a semantic version such as 1.2.3",
                shortened(&manifest.version)
            );
            return Err(ManifestError::Plugin(reason));
        }
        if manifest.tools.len() > TOOLS_MAX {
            return Err(ManifestError::Plugin(format!("it has more than {TOOLS_MAX} tools")));
        }
        text("its title", &manifest.title).map_err(ManifestError::Plugin)?;
        text("its description", &manifest.description).map_err(ManifestError::Plugin)?;
        let granted = &granted.resolve(&manifest);
        let plain = ManifestError::Plugin;
        let config_schema = manifest.config_schema.as_deref().map(|text| schema("its config schema", text));
        let routes = manifest.routes.into_iter().map(route).collect::<Result<Vec<_>, _>>().map_err(plain)?;
        let mut names = BTreeSet::new();
        let mut tools = Vec::with_capacity(manifest.tools.len());
        for tool in manifest.tools {
            let name = shortened(&tool.name);
            let fail = |reason| ManifestError::Tool { tool: name.clone(), reason };
            if !names.insert(tool.name.clone()) {
                return Err(fail("its name is used twice".into()));
            }
            tools.push(check_tool(tool, file, granted).map_err(fail)?);
        }
        Ok(Manifest {
            version: manifest.version,
            title: manifest.title,
            description: manifest.description,
            tools,
            // Reading a resource changes nothing, whoever asks for it in whatever way.
            grant: Grant::new(file, routes, granted.clone(), true),
            config_schema: config_schema.transpose().map_err(plain)?,
        })
    }
}

fn check_tool(tool: wit::Tool, plugin: &str, granted: &Arc<BTreeSet<&'static str>>) -> Result<Tool, String> {
    if !is_name(&tool.name) {
        return Err("a name has 1 to 64 letters, digits, `_` or `-`".into());
    }
    if tool.description.trim().is_empty() {
        return Err("it has no description".into());
    }
    text("its description", &tool.description)?;
    text("its title", tool.title.as_deref().unwrap_or_default())?;
    let input = schema("its input schema", &tool.input_schema)?;
    header_hints::check(input.as_object()).map_err(|reason| format!("its input schema: {reason}"))?;
    let output = tool.output_schema.as_deref().map(|text| schema("its output schema", text)).transpose()?;
    let routes = tool.routes.into_iter().map(route).collect::<Result<Vec<_>, _>>()?;
    let annotations = Annotations {
        read_only: tool.annotations.read_only,
        destructive: tool.annotations.destructive,
        idempotent: tool.annotations.idempotent,
        open_world: tool.annotations.open_world,
    };
    let timeout = tool.timeout_ms.map_or(TOOL_TIMEOUT, |ms| Duration::from_millis(ms.into()));
    Ok(Tool {
        name: tool.name,
        title: tool.title,
        description: tool.description,
        input,
        output,
        annotations,
        experimental: tool.experimental,
        timeout: timeout.min(TOOL_TIMEOUT_MAX),
        grant: Grant::new(plugin, routes, granted.clone(), annotations.read_only),
        failure_codes: tool.failure_codes.into_iter().map(failure_code).collect::<Result<_, _>>()?,
        task: match tool.task {
            wit::TaskSupport::Never => TaskSupport::Never,
            wit::TaskSupport::Optional => TaskSupport::Optional,
            wit::TaskSupport::Required => TaskSupport::Required,
        },
        extra: answer::object("its extra", tool.extra)?,
    })
}

fn schema(what: &str, text: &str) -> Result<Schema, String> {
    let schema = Schema::parse(text).map_err(|error: SchemaError| format!("{what}: {error}"))?;
    match hidden::in_value(&schema.as_object().clone().into()) {
        Some(char) => Err(hidden::found(what, char)),
        None => Ok(schema),
    }
}

fn failure_code(code: String) -> Result<String, String> {
    if is_failure_code(&code) {
        Ok(code)
    } else {
        Err(format!("the failure code {:?} is not snake_case", shortened(&code)))
    }
}

fn route(route: types::Route) -> Result<Route, String> {
    let (scope, method) = (route.scope.into(), route.method.into());
    let operation = Catalog::known().find(scope, method, &route.template).ok_or_else(|| {
        format!("no operation of the Xyte API is {scope} {method} {:?}", shortened(&route.template))
    })?;
    if route.why.chars().count() > WHY_CHARS_MAX
        || route.why.contains(['\n', '\t'])
        || hidden::in_text(&route.why).is_some()
    {
        let key = &operation.key;
        return Err(format!(
            "what it needs {key} for must be one line of at most {WHY_CHARS_MAX} characters, none of them invisible"
        ));
    }
    Ok(Route { operation, why: route.why, required: route.required })
}

/// Whether a text may be the name of a tool or a prompt.
pub(super) fn is_name(name: &str) -> bool {
    (1..=NAME_BYTES_MAX).contains(&name.len())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
}

fn text(what: &str, text: &str) -> Result<(), String> {
    hidden::check(what, text, DESCRIPTION_BYTES_MAX)
}

/// A plugin's own word, short enough for a message.
fn shortened(text: &str) -> String {
    text.chars().take(NAME_BYTES_MAX).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tool() -> wit::Tool {
        wit::Tool {
            name: "list_devices".into(),
            title: None,
            description: "Lists devices.".into(),
            input_schema: r#"{"type":"object"}"#.into(),
            output_schema: None,
            annotations: wit::Annotations {
                read_only: true,
                destructive: false,
                idempotent: true,
                open_world: false,
            },
            experimental: false,
            task: wit::TaskSupport::Never,
            timeout_ms: None,
            routes: vec![types::Route {
                scope: types::Scope::Organization,
                method: types::Method::Get,
                template: "/devices".into(),
                why: "lists".into(),
                required: true,
            }],
            failure_codes: Vec::new(),
            extra: None,
        }
    }

    fn manifest(tools: Vec<wit::Tool>) -> wit::Manifest {
        wit::Manifest {
            id: "devices".into(),
            version: "1.2.3".into(),
            title: "Devices".into(),
            description: "Reads devices.".into(),
            routes: Vec::new(),
            config_schema: None,
            tools,
            extra: None,
        }
    }

    fn check(manifest: wit::Manifest) -> Result<Manifest, String> {
        let granted = GrantedRoutes::Listed(Arc::new(BTreeSet::from(["organization.devices.getDevices"])));
        Manifest::check(manifest, "devices", &granted).map_err(|error| error.to_string())
    }

    #[test]
    fn a_good_description_keeps_what_it_says() {
        let checked = check(manifest(vec![tool()])).unwrap();
        assert_eq!(checked.tools[0].name, "list_devices");
        assert_eq!(checked.tools[0].timeout, TOOL_TIMEOUT);
        assert_eq!(checked.tools[0].grant.missing().count(), 0);
    }

    #[test]
    fn a_tool_gets_the_time_it_asks_for_up_to_the_limit() {
        let timeout = |ms| {
            check(manifest(vec![wit::Tool { timeout_ms: Some(ms), ..tool() }])).unwrap().tools[0].timeout
        };
        assert_eq!(timeout(1_000), Duration::from_secs(1));
        assert_eq!(timeout(u32::MAX), TOOL_TIMEOUT_MAX);
    }

    #[test]
    fn the_file_decides_the_name() {
        let error = check(wit::Manifest { id: "other".into(), ..manifest(Vec::new()) }).unwrap_err();
        assert!(error.contains("name the file other.wasm"), "{error}");
    }

    #[test]
    fn each_mistake_is_named() {
        let route = |template: &str| types::Route { template: template.into(), ..tool().routes.remove(0) };
        let hidden = |char: char| wit::Tool { description: format!("a{char}b"), ..tool() };
        let cases = [
            (wit::Tool { name: "a b".into(), ..tool() }, "a name has 1 to 64"),
            (wit::Tool { name: String::new(), ..tool() }, "a name has 1 to 64"),
            (wit::Tool { name: "x".repeat(65), ..tool() }, "a name has 1 to 64"),
            (wit::Tool { description: " ".into(), ..tool() }, "no description"),
            (
                wit::Tool { description: "x".repeat(DESCRIPTION_BYTES_MAX + 1), ..tool() },
                "more than 4096 bytes",
            ),
            (hidden('\u{202e}'), "invisible character U+202E"),
            (hidden('\u{200b}'), "invisible character U+200B"),
            (hidden('\u{e0041}'), "invisible character U+E0041"),
            (hidden('\u{1b}'), "invisible character U+001B"),
            (
                wit::Tool {
                    input_schema:
                        "{\"type\":\"object\",\"properties\":{\"a\":{\"description\":\"x\u{202e}\"}}}".into(),
                    ..tool()
                },
                "its input schema holds the invisible character U+202E",
            ),
            (wit::Tool { input_schema: "{}".into(), ..tool() }, "its input schema"),
            (wit::Tool { output_schema: Some("[]".into()), ..tool() }, "its output schema"),
            (wit::Tool { routes: vec![route("/none")], ..tool() }, "organization GET \"/none\""),
            (
                wit::Tool {
                    routes: vec![types::Route { why: "a\nb".into(), ..route("/devices") }],
                    ..tool()
                },
                "one line",
            ),
        ];
        for (tool, expected) in cases {
            let error = check(manifest(vec![tool])).unwrap_err();
            assert!(error.contains(expected), "{expected}: {error}");
        }
        assert!(check(manifest(vec![tool(), tool()])).unwrap_err().contains("used twice"));
        let many = (0..=TOOLS_MAX).map(|n| wit::Tool { name: format!("t{n}"), ..tool() }).collect();
        assert!(check(manifest(many)).unwrap_err().contains("more than 64 tools"));
        for version in ["1", "1.2", "1.2.x", "", "1.2.3.4"] {
            let error = check(wit::Manifest { version: version.into(), ..manifest(Vec::new()) }).unwrap_err();
            assert!(error.contains("semantic version"), "{version}: {error}");
        }
    }
}
