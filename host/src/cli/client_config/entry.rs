//! What a client is told: which program to start or which address to ask, and where the key comes from.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use anyhow::Context;
use serde::Serialize;

use super::client::Client;
use super::place::Place;
use crate::config::setting;

/// Stands where a key belongs that the client has no other way to ask for. Xyte refuses it as a key, so that a
/// forgotten one is noticed at the first call.
const PLACEHOLDER: &str = "REPLACE-WITH-YOUR-XYTE-API-KEY";
/// The longest name of a server. Clients put it before each tool's name, and models take 64 characters for both.
const NAME_LENGTH_MAX: usize = 32;

/// What a client calls a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name(String);

/// A name that some client would not take.
#[derive(Debug, thiserror::Error)]
#[error("expected 1 to {NAME_LENGTH_MAX} letters, digits, `-` and `_`")]
pub(super) struct NameError;

impl Name {
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Name {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Name, NameError> {
        let is_plain = text.chars().all(|char| char.is_ascii_alphanumeric() || "-_".contains(char));
        let fits = (1..=NAME_LENGTH_MAX).contains(&text.len());
        if is_plain && fits { Ok(Name(text.to_owned())) } else { Err(NameError) }
    }
}

/// The file that holds the key. It is named to the server and not opened here.
#[derive(Debug)]
pub(super) struct KeyFile(pub(super) PathBuf);

/// The server that a client is to use.
#[derive(Debug)]
pub(super) enum Server {
    /// The client starts it and speaks over its standard input and output.
    Local { program: PathBuf, plugins: Option<PathBuf>, key_file: Option<KeyFile> },
    /// It runs already.
    Remote(Place),
}

/// One server, in the words of the client's file.
#[derive(Debug, Serialize)]
pub(super) struct Entry {
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    transport: Option<&'static str>,
    #[serde(flatten)]
    way: Way,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Way {
    Start { command: String, args: Vec<String>, env: BTreeMap<&'static str, String> },
    Ask { url: String, headers: BTreeMap<&'static str, String> },
}

/// A prompt that VS Code shows once and whose answer it keeps in its secret storage.
#[derive(Debug, Serialize)]
pub(super) struct Input {
    #[serde(rename = "type")]
    kind: &'static str,
    pub(super) id: String,
    description: &'static str,
    password: bool,
}

/// Everything that goes into a client's file.
#[derive(Debug)]
pub(super) struct Snippet {
    pub(super) client: Client,
    pub(super) name: Name,
    pub(super) entry: Entry,
    pub(super) input: Option<Input>,
    hints: Vec<String>,
}

impl Snippet {
    pub(super) fn new(client: Client, name: Name, server: &Server) -> anyhow::Result<Snippet> {
        let key = Key::of(client, &name);
        let hints = hints(&key, server);
        let (entry, asks) = match server {
            Server::Local { program, plugins, key_file } => {
                let way = start(program, plugins.as_deref(), key_file.as_ref(), &key)?;
                (Entry { transport: client.stdio_type(), way }, key_file.is_none())
            }
            Server::Remote(place) => {
                let headers = BTreeMap::from([("Authorization", format!("Bearer {}", key.text()))]);
                let way = Way::Ask { url: place.as_str().to_owned(), headers };
                (Entry { transport: client.http_type(), way }, true)
            }
        };
        let input = match key {
            Key::Prompt { id } if asks => Some(Input::of(id)),
            _ => None,
        };
        Ok(Snippet { client, name, entry, input, hints })
    }

    /// A whole file with this and nothing else.
    pub(super) fn document(&self) -> String {
        #[derive(Serialize)]
        struct Document<'a> {
            #[serde(skip_serializing_if = "Option::is_none")]
            inputs: Option<[&'a Input; 1]>,
            #[serde(flatten)]
            servers: BTreeMap<&'static str, BTreeMap<&'a str, &'a Entry>>,
        }
        let servers = BTreeMap::from([(self.name.as_str(), &self.entry)]);
        let document = Document {
            inputs: self.input.as_ref().map(|input| [input]),
            servers: BTreeMap::from([(self.client.section(), servers)]),
        };
        let text = serde_json::to_string_pretty(&document).expect("text has a form in JSON");
        text + "\n"
    }

    /// What is left to do for the person.
    pub(super) fn hints(&self) -> &[String] {
        &self.hints
    }
}

impl Client {
    /// How its file calls a server that it starts; nothing where that goes without saying.
    fn stdio_type(self) -> Option<&'static str> {
        (self == Client::Vscode).then_some("stdio")
    }

    /// How its file calls a server behind a URL; nothing where that goes without saying.
    fn http_type(self) -> Option<&'static str> {
        matches!(self, Client::Vscode | Client::ClaudeCode).then_some("http")
    }
}

impl Input {
    fn of(id: String) -> Input {
        Input { kind: "promptString", id, description: "Xyte API key", password: true }
    }
}

/// Where a client takes the key from.
enum Key {
    /// An environment variable of the client's own, in the client's notation.
    Variable(String),
    /// It asks the person.
    Prompt { id: String },
    /// Nowhere: it stands in the file itself.
    Written,
}

impl Key {
    fn of(client: Client, name: &Name) -> Key {
        let variable = setting::API_KEY.name;
        match client {
            Client::ClaudeCode => Key::Variable(format!("${{{variable}}}")),
            Client::Cursor => Key::Variable(format!("${{env:{variable}}}")),
            Client::Vscode => Key::Prompt { id: format!("{}-key", name.as_str()) },
            Client::ClaudeDesktop => Key::Written,
        }
    }

    fn text(&self) -> String {
        match self {
            Key::Variable(notation) => notation.clone(),
            Key::Prompt { id } => format!("${{input:{id}}}"),
            Key::Written => PLACEHOLDER.to_owned(),
        }
    }
}

fn start(
    program: &Path,
    plugins: Option<&Path>,
    key_file: Option<&KeyFile>,
    key: &Key,
) -> anyhow::Result<Way> {
    let mut args = vec!["stdio".to_owned()];
    if let Some(plugins) = plugins {
        args.extend(["--plugins".to_owned(), text(plugins)?]);
    }
    let (variable, value) = match key_file {
        Some(KeyFile(path)) => (setting::API_KEY_FILE.name, text(path)?),
        None => (setting::API_KEY.name, key.text()),
    };
    Ok(Way::Start { command: text(program)?, args, env: BTreeMap::from([(variable, value)]) })
}

fn text(path: &Path) -> anyhow::Result<String> {
    let text = path.to_str().with_context(|| {
        format!("{} is not valid UTF-8, which JSON cannot hold; move it to another path", path.display())
    })?;
    Ok(text.to_owned())
}

fn hints(key: &Key, server: &Server) -> Vec<String> {
    let mut hints = Vec::new();
    match (server, key) {
        (Server::Local { key_file: Some(KeyFile(path)), .. }, _) => hints.push(format!(
            "the server reads the key from {}; keep it readable for yourself alone, and {} unset",
            path.display(),
            setting::API_KEY.name
        )),
        (_, Key::Variable(_)) => {
            hints.push(format!("the client needs {} in its environment", setting::API_KEY.name));
        }
        (_, Key::Prompt { .. }) => hints.push("the client asks for the key when it starts the server".into()),
        (_, Key::Written) => hints.push(format!(
            "put the key in place of {PLACEHOLDER}, or name a file that holds it: --key-file FILE"
        )),
    }
    match server {
        Server::Local { plugins: None, .. } => hints.push(
            "without --plugins the server takes those in its data directory; `xyte-mcp doctor` shows them"
                .into(),
        ),
        Server::Remote(place) if place.is_bare() => {
            hints.push(format!("xyte-mcp answers at /mcp; did you mean {}mcp?", place.as_str()));
        }
        Server::Local { .. } | Server::Remote(_) => {}
    }
    hints
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_that_every_client_takes() {
        for good in ["xyte", "xyte-2", "A_b", &"n".repeat(NAME_LENGTH_MAX)] {
            assert_eq!(good.parse::<Name>().unwrap().as_str(), good);
        }
        for bad in ["", "my xyte", "xyte/1", "xyte\"", "é", "${X}", &"n".repeat(NAME_LENGTH_MAX + 1)] {
            assert!(bad.parse::<Name>().unwrap_err().to_string().contains("letters, digits"), "{bad}");
        }
    }
}
