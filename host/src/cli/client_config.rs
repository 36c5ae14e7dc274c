//! `xyte-mcp client-config`: what an MCP client needs to know of this server, printed or merged into the client's file.
//!
//! The key is no argument and is not read: the entry says where the client takes it from.

mod client;
mod entry;
mod file;
mod jsonc;
mod merge;
mod place;

use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Args;

use client::Client;
use entry::{KeyFile, Name, Server, Snippet};
use file::ClientFile;
use merge::Merged;

const EXAMPLES: &str = "\
Examples:
  xyte-mcp client-config cursor --plugins DIR                Cursor starts this program itself
  xyte-mcp client-config vscode --url https://host/mcp       VS Code asks a server elsewhere
  xyte-mcp client-config claude-code --plugins DIR --write   into .mcp.json of this directory
  xyte-mcp client-config cursor --write ~/.cursor/mcp.json   for every project of this user
  xyte-mcp client-config claude-desktop --plugins DIR --key-file ~/xyte.key --write

The key is never written: the entry names the variable, prompt or file that it is taken from.
Without --write, standard output holds the JSON and nothing else.";

/// Arguments of `xyte-mcp client-config`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct ClientConfigArguments {
    /// Which client
    client: Client,
    /// Address of a server that runs already, such as https://host/mcp; without it the client starts this program
    #[arg(long, value_name = "URL", conflicts_with_all = ["plugins", "key_file"])]
    url: Option<String>,
    /// Directory of plugins that the client's server is started with
    #[arg(long, value_name = "DIR")]
    plugins: Option<PathBuf>,
    /// A file that holds the API key; the server reads it when the client starts it, this command does not
    #[arg(long, value_name = "FILE")]
    key_file: Option<PathBuf>,
    /// What the client calls this server
    #[arg(long, default_value = "xyte")]
    name: Name,
    /// Merge into the client's file instead of printing: .mcp.json, .vscode/mcp.json or .cursor/mcp.json of this
    /// directory, the user's own file for Claude Desktop, or FILE
    #[arg(long, value_name = "FILE", num_args = 0..=1)]
    write: Option<Option<PathBuf>>,
    /// Replace an entry of this name that says something else
    #[arg(long, requires = "write")]
    force: bool,
}

pub(super) fn run(arguments: &ClientConfigArguments) -> anyhow::Result<()> {
    let server = server(arguments)?;
    let snippet = Snippet::new(arguments.client, arguments.name.clone(), &server)?;
    match &arguments.write {
        None => {
            std::io::stdout().lock().write_all(snippet.document().as_bytes())?;
            hint(&format!("it goes into {}", arguments.client.where_it_goes()))?;
        }
        Some(path) => write(arguments, path.as_deref(), &snippet)?,
    }
    snippet.hints().iter().try_for_each(|text| hint(text))
}

fn server(arguments: &ClientConfigArguments) -> anyhow::Result<Server> {
    if let Some(url) = &arguments.url {
        if !arguments.client.takes_urls() {
            bail!(
                "Claude Desktop's file takes no URLs, it skips such entries. Add {url} under Settings > Connectors \
                 (it signs in with OAuth and sends no header of yours), or leave --url away for a server that \
                 Claude Desktop starts itself"
            );
        }
        return Ok(Server::Remote(url.parse().context("--url")?));
    }
    let program = std::env::current_exe().context("this program's own path cannot be found out")?;
    let absolute = |path: &Path, option| {
        std::path::absolute(path).with_context(|| format!("{option} {} has no absolute path", path.display()))
    };
    let plugins = arguments.plugins.as_deref().map(|path| absolute(path, "--plugins")).transpose()?;
    if let Some(path) = plugins.as_deref().filter(|path| !path.is_dir()) {
        bail!("--plugins {} is no directory; name the one that holds the plugins", path.display());
    }
    let key_file = arguments.key_file.as_deref().map(|path| absolute(path, "--key-file")).transpose()?;
    Ok(Server::Local { program, plugins, key_file: key_file.map(KeyFile) })
}

fn write(arguments: &ClientConfigArguments, path: Option<&Path>, snippet: &Snippet) -> anyhow::Result<()> {
    let (path, is_default) = match path {
        Some(path) => (path.to_owned(), false),
        None => (arguments.client.default_file()?, true),
    };
    let name = arguments.name.as_str();
    let file = ClientFile::read(&path)?;
    let merged = match &file.text {
        Some(text) => merge::merge(text, snippet, arguments.force)
            .with_context(|| format!("{}, which stays as it is", path.display()))?,
        None => Merged::Changed(snippet.document()),
    };
    match merged {
        Merged::Unchanged => hint(&format!("{} has this entry {name:?} already", path.display())),
        Merged::Changed(text) => {
            if is_default && let Some(parent) = path.parent() {
                std::fs::create_dir_all(parent)
                    .with_context(|| format!("{} cannot be made", parent.display()))?;
            }
            file.write(&text, arguments.client.is_per_user())?;
            hint(&format!("{} has the entry {name:?} now; restart the client", path.display()))
        }
    }
}

/// Says something to the person, away from standard output, which may be piped.
fn hint(text: &str) -> anyhow::Result<()> {
    Ok(writeln!(std::io::stderr(), "xyte-mcp: {text}")?)
}
