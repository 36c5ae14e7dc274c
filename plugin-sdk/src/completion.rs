//! Suggestions for the arguments of prompts and the variables of resources.

use crate::bindings::completions::{Guest, Target};
use crate::bindings::types::CallError;
use crate::prompt::Prompt;
use crate::resource::Resource;
use crate::route::RouteUse;
use crate::{Cx, ServeError};

pub use crate::bindings::completions::Completion;

/// The most suggestions of one answer.
const VALUES_MAX: usize = 100;

/// A plugin with completions. Implemented by [`#[completions]`](macro@crate::completions), which also exports it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no `#[completions]` block",
    note = "write `#[completions] impl {Self} {{ … }}`, or take `completions` out of `with(…)`"
)]
pub trait Completions: WithCompletions {
    /// What it completes.
    const COMPLETERS: &'static [Completer];
}

/// A plugin whose [`#[plugin]`](macro@crate::plugin) names its completions, so that their routes are asked for.
#[diagnostic::on_unimplemented(
    message = "the `#[plugin]` of `{Self}` does not name its completions",
    note = "write `#[plugin(…, with(completions))]`, so that the operator is asked for their routes"
)]
pub trait WithCompletions {}

/// What suggests values for one argument.
#[derive(Debug, Clone, Copy)]
pub struct Completer {
    /// What has the argument.
    pub of: Completed,
    /// The argument.
    pub argument: &'static str,
    /// What suggesting sends.
    pub routes: &'static [RouteUse],
    /// Suggests, for what was typed so far.
    pub complete: fn(&Cx, &str, &Chosen<'_>) -> Result<Completion, CallError>,
}

/// What is completed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Completed {
    /// An argument of the prompt of that name.
    Prompt(&'static str),
    /// A variable of the resource of that template.
    Resource(&'static str),
}

/// The arguments that have values already.
#[derive(Debug)]
pub struct Chosen<'a>(&'a [(String, String)]);

impl Chosen<'_> {
    /// The value of that argument, if it has one.
    pub fn get(&self, argument: &str) -> Option<&str> {
        self.0.iter().find(|(name, _)| name == argument).map(|(_, value)| value.as_str())
    }
}

impl Completion {
    /// Those of `values` that contain what was typed, in whatever case.
    pub fn matching(typed: &str, values: impl IntoIterator<Item = String>) -> Completion {
        let typed = typed.to_lowercase();
        let values = values.into_iter().filter(|value| value.to_lowercase().contains(&typed));
        values.collect::<Vec<_>>().into()
    }
}

/// The first 100, and whether that is all.
impl From<Vec<String>> for Completion {
    fn from(mut values: Vec<String>) -> Completion {
        let total = values.len();
        values.truncate(VALUES_MAX);
        Completion { values, total: u32::try_from(total).ok(), has_more: total > VALUES_MAX }
    }
}

/// Runs the function under `#[complete]`.
///
/// # Errors
/// It could not suggest.
pub fn finish<T: Into<Completion>, E: Into<ServeError>>(
    returned: Result<T, E>,
) -> Result<Completion, CallError> {
    let not_found = || CallError::InvalidParams("there is nothing to complete".to_owned());
    Ok(returned.map_err(|error| error.into().into_call_error(not_found()))?.into())
}

impl<P: Completions> Guest for P {
    fn complete(
        target: Target,
        argument: String,
        value: String,
        context: Vec<(String, String)>,
    ) -> Result<Completion, CallError> {
        let is_meant = |completer: &&Completer| {
            let of = match (&target, completer.of) {
                (Target::Prompt(name), Completed::Prompt(of)) => name == of,
                (Target::ResourceTemplate(template), Completed::Resource(of)) => template == of,
                _ => false,
            };
            of && completer.argument == argument
        };
        match P::COMPLETERS.iter().find(is_meant) {
            Some(completer) => (completer.complete)(&Cx::new(), &value, &Chosen(&context)),
            // An argument without suggestions is nothing unusual.
            None => Ok(Vec::new().into()),
        }
    }
}

/// Ends the build where `#[complete]` names a prompt or an argument that is not there.
pub const fn check_prompt(prompts: &[Prompt], name: &str, argument: &str) {
    let mut at = 0;
    while at < prompts.len() {
        if equal(prompts[at].name, name) {
            let mut argument_at = 0;
            while argument_at < prompts[at].arguments.len() {
                if equal(prompts[at].arguments[argument_at].name, argument) {
                    return;
                }
                argument_at += 1;
            }
            panic!("the prompt has no argument of this name");
        }
        at += 1;
    }
    panic!("no #[prompt] has this name");
}

/// Ends the build where `#[complete]` names a resource or a variable that is not there.
pub const fn check_resource(resources: &[Resource], template: &str, variable: &str) {
    let mut at = 0;
    while at < resources.len() {
        if equal(resources[at].template, template) {
            let mut variable_at = 0;
            while variable_at < resources[at].variables.len() {
                if equal(resources[at].variables[variable_at], variable) {
                    return;
                }
                variable_at += 1;
            }
            panic!("the resource has no variable of this name");
        }
        at += 1;
    }
    panic!("no #[resource] has this template");
}

const fn equal(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let mut at = 0;
    while at < a.len() {
        if a[at] != b[at] {
            return false;
        }
        at += 1;
    }
    true
}
