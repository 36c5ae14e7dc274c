//! `component-tests.toml`: calls of the built component with what they must come to.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, bail};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::call::fault_rules;
use super::show;
use crate::author::{Behind, Called, Sandbox};
use crate::json::Json;
use crate::plugin::Exchange;
use crate::tools::{ARGUMENTS_BYTES_MAX, Catalog, Outcome};

/// The file, in the project's directory.
pub(super) const FILE: &str = "component-tests.toml";
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    #[serde(default, rename = "case")]
    cases: Vec<Case>,
}

/// One call, and what must come of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    tool: String,
    #[serde(default)]
    arguments: Map<String, Value>,
    /// Members that the structured answer has.
    answer: Option<Map<String, Value>>,
    /// The code that it fails with.
    error: Option<String>,
    /// What goes wrong at the hub.
    hub_fault: Option<String>,
    /// The operations that it sends, in order.
    requests: Option<Vec<String>>,
}

/// Runs every case, and says how many failed.
pub(super) async fn run(path: &Path, plugins: &Arc<Catalog>) -> anyhow::Result<usize> {
    let text = std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let Cases { cases } = toml::from_str(&text).with_context(|| path.display().to_string())?;
    if cases.is_empty() {
        bail!("{} has no [[case]]", path.display());
    }
    let mut failed = 0;
    for case in &cases {
        // A hub and a store for each, so that no case depends on another; the component is compiled once for all.
        let faults = fault_rules(case.hub_fault.as_deref().unwrap_or_default())?;
        let sandbox = Sandbox::start(plugins.clone(), Behind::Simulator(faults), None).await?;
        let arguments = Value::Object(case.arguments.clone()).to_string();
        let arguments = Json::parse_object(&arguments, ARGUMENTS_BYTES_MAX)?;
        let verdict = match sandbox.call(&case.tool, arguments, Exchange::default()).await {
            Some(called) => judge(case, &called, &sandbox),
            None => {
                Err(format!("there is no tool {}; there are: {}", case.tool, sandbox.tool_names().join(", ")))
            }
        };
        match verdict {
            Ok(()) => show::line(&format!("ok    {}", case.name))?,
            Err(reason) => {
                failed += 1;
                show::line(&format!("FAIL  {}\n      {reason}", case.name))?;
            }
        }
    }
    Ok(failed)
}

fn judge(case: &Case, called: &Called, sandbox: &Sandbox) -> Result<(), String> {
    if let Outcome::Asked(question) = &called.outcome {
        let keys: Vec<&str> = question.requests.iter().map(|request| request.key.as_str()).collect();
        return Err(format!("the tool asks {keys:?} instead of answering, and a case cannot answer"));
    }
    let failure = called.outcome.failure();
    let code = failure.as_ref().map(|failure| failure.code.as_str());
    if code != case.error.as_deref() {
        let said = failure.as_ref().map(|failure| format!(": {}", failure.message)).unwrap_or_default();
        let found = code.unwrap_or("no error");
        return Err(format!("expected {}, found {found}{said}", case.error.as_deref().unwrap_or("no error")));
    }
    if let Some(expected) = &case.answer {
        let found = match &called.outcome {
            Outcome::Answered(answer) => answer.structured.as_ref().map(Json::to_value).unwrap_or_default(),
            _ => Value::Null,
        };
        contains("", &Value::Object(expected.clone()), &found)?;
    }
    if let (Some(expected), Some(sim)) = (&case.requests, sandbox.sim()) {
        let sent: Vec<String> =
            sim.requests().iter().map(|request| request.operation.unwrap_or("(none)").to_owned()).collect();
        if sent != *expected {
            return Err(format!("expected the requests {expected:?}, found {sent:?}"));
        }
    }
    Ok(())
}

/// Whether everything that is expected is there. Objects may have more.
fn contains(at: &str, expected: &Value, found: &Value) -> Result<(), String> {
    match (expected, found) {
        (Value::Object(expected), Value::Object(found)) => {
            expected.iter().try_for_each(|(name, expected)| {
                contains(&format!("{at}/{name}"), expected, found.get(name).unwrap_or(&Value::Null))
            })
        }
        (Value::Number(a), Value::Number(b)) if a.as_f64() == b.as_f64() => Ok(()),
        _ if expected == found => Ok(()),
        _ => Err(format!(
            "{}: expected {expected}, found {found}",
            if at.is_empty() { "the answer" } else { at }
        )),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_answer_may_have_more_than_is_expected() {
        let found = json!({"a": 1, "b": {"c": [1, 2], "d": null}});
        assert_eq!(contains("", &json!({"a": 1.0, "b": {"c": [1, 2]}}), &found), Ok(()));
        let error = contains("", &json!({"b": {"c": [1]}}), &found).unwrap_err();
        assert_eq!(error, "/b/c: expected [1], found [1,2]");
        assert!(contains("", &json!({"x": 1}), &found).unwrap_err().contains("found null"));
    }

    /// The form that the guide calls whole.
    #[test]
    fn the_guide_shows_cases_that_are_read_with_every_member() {
        let guide = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../PLUGINS.md")).unwrap();
        let mut blocks = guide.split("```toml\n").skip(1).map(|rest| rest.split("```").next().unwrap());
        let block = blocks.find(|block| block.contains("[[case]]")).unwrap();
        let Cases { cases } = toml::from_str(block).unwrap();
        let some = |has: fn(&Case) -> bool| cases.iter().any(has);
        assert!(some(|case| !case.arguments.is_empty()) && some(|case| case.answer.is_some()));
        assert!(some(|case| case.error.is_some()) && some(|case| case.requests.is_some()));
        let mut faults = cases.iter().filter_map(|case| case.hub_fault.as_deref());
        assert!(fault_rules(faults.next().unwrap()).is_ok());
    }

    #[test]
    fn a_misspelt_member_is_an_error() {
        let error = toml::from_str::<Cases>("[[case]]\nname = 'a'\ntool = 't'\nanswers = {}").unwrap_err();
        assert!(error.to_string().contains("unknown field `answers`"), "{error}");
    }
}
