//! What a plugin offers to begin a conversation with.

use std::collections::BTreeSet;

use super::answer::{self, Content};
use super::bindings::prompts as wit;
use super::hidden;
use super::limits::{DESCRIPTION_BYTES_MAX, PROMPT_ARGUMENTS_MAX, SERVED_MAX};
use super::manifest::is_name;
use crate::json::Json;

/// One prompt.
#[derive(Debug, Clone)]
pub struct Prompt {
    /// `[A-Za-z0-9_-]{1,64}`, unique in its plugin.
    pub name: String,
    /// Its name for people.
    pub title: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// What it may be given.
    pub arguments: Vec<PromptArgument>,
    /// Further members of MCP, one object.
    pub extra: Option<Json>,
}

/// What a prompt may be given.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are MCP's")]
pub struct PromptArgument {
    pub name: String,
    pub title: Option<String>,
    pub description: Option<String>,
    pub required: bool,
}

/// What a prompt becomes.
#[derive(Debug)]
pub struct Messages {
    /// What it is for, with these arguments.
    pub description: Option<String>,
    /// Its turns.
    pub messages: Vec<(Role, Content)>,
    /// MCP's `_meta`.
    pub meta: Option<Json>,
}

/// Who says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Role {
    User,
    Assistant,
}

impl Prompt {
    /// Whether these arguments may be given.
    ///
    /// # Errors
    /// One that the prompt does not have, one that is missing, or one that comes twice.
    pub fn check_arguments(&self, arguments: &[(String, String)]) -> Result<(), String> {
        let mut given = BTreeSet::new();
        for (name, _) in arguments {
            if !self.arguments.iter().any(|argument| argument.name == *name) {
                let known: Vec<&str> = self.arguments.iter().map(|argument| argument.name.as_str()).collect();
                return Err(format!("the prompt has no such argument; it has {known:?}"));
            }
            if !given.insert(name.as_str()) {
                return Err(format!("the argument {name} is given twice"));
            }
        }
        let missing = self
            .arguments
            .iter()
            .find(|argument| argument.required && !given.contains(argument.name.as_str()));
        missing.map_or(Ok(()), |argument| Err(format!("the argument {} is required", argument.name)))
    }
}

/// Checks the prompts that a plugin lists.
pub(super) fn check(prompts: Vec<wit::Prompt>) -> Result<Vec<Prompt>, String> {
    if prompts.len() > SERVED_MAX {
        return Err(format!("it has more than {SERVED_MAX} prompts"));
    }
    let mut names = BTreeSet::new();
    prompts
        .into_iter()
        .map(|prompt| {
            let name: String = prompt.name.chars().take(64).collect();
            let fail = |reason: String| format!("prompt {name:?}: {reason}");
            if !names.insert(prompt.name.clone()) {
                return Err(fail("its name is used twice".into()));
            }
            check_one(prompt).map_err(fail)
        })
        .collect()
}

fn check_one(prompt: wit::Prompt) -> Result<Prompt, String> {
    if !is_name(&prompt.name) {
        return Err("a name has 1 to 64 letters, digits, `_` or `-`".to_owned());
    }
    if prompt.arguments.len() > PROMPT_ARGUMENTS_MAX {
        return Err(format!("it has more than {PROMPT_ARGUMENTS_MAX} arguments"));
    }
    let own = [prompt.title.as_ref(), prompt.description.as_ref()];
    let of_arguments =
        prompt.arguments.iter().flat_map(|a| [Some(&a.name), a.title.as_ref(), a.description.as_ref()]);
    for text in own.into_iter().chain(of_arguments).flatten() {
        hidden::check("what it says of itself", text, DESCRIPTION_BYTES_MAX)?;
    }
    let arguments = prompt.arguments.into_iter().map(|argument| PromptArgument {
        name: argument.name,
        title: argument.title,
        description: argument.description,
        required: argument.required,
    });
    Ok(Prompt {
        name: prompt.name,
        title: prompt.title,
        description: prompt.description,
        arguments: arguments.collect(),
        extra: answer::object("its extra", prompt.extra)?,
    })
}

pub(super) fn check_messages(messages: wit::Messages) -> Result<Messages, String> {
    let message = |message: wit::Message| {
        let role = match message.role {
            wit::Role::User => Role::User,
            wit::Role::Assistant => Role::Assistant,
        };
        Ok::<_, String>((role, answer::content(message.content)?))
    };
    Ok(Messages {
        description: messages.description,
        messages: messages.messages.into_iter().map(message).collect::<Result<_, _>>()?,
        meta: answer::object("its _meta", messages.meta)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_those_that_the_prompt_has() {
        let argument = |name: &str, required| PromptArgument {
            name: name.into(),
            title: None,
            description: None,
            required,
        };
        let prompt = Prompt {
            name: "p".into(),
            title: None,
            description: None,
            arguments: vec![argument("room", true), argument("tone", false)],
            extra: None,
        };
        let check = |names: &[&str]| {
            let given: Vec<_> = names.iter().map(|name| ((*name).to_owned(), "x".to_owned())).collect();
            prompt.check_arguments(&given)
        };
        assert_eq!(check(&["room"]), Ok(()));
        assert_eq!(check(&["tone", "room"]), Ok(()));
        assert!(check(&["tone"]).unwrap_err().contains("room is required"));
        assert!(check(&["room", "room"]).unwrap_err().contains("given twice"));
        assert!(check(&["room", "x"]).unwrap_err().contains("no such argument"));
    }
}
