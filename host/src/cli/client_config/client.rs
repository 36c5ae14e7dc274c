//! The clients, and what is particular to each: its file, its words, and whether comments may stand there.

use std::path::PathBuf;

use anyhow::anyhow;
use clap::ValueEnum;
use etcetera::BaseStrategy;

/// An MCP client whose configuration is known here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Client {
    /// .mcp.json of a project
    ClaudeCode,
    /// claude_desktop_config.json of the user
    ClaudeDesktop,
    /// .vscode/mcp.json of a project
    Vscode,
    /// .cursor/mcp.json of a project, or ~/.cursor/mcp.json
    Cursor,
}

impl Client {
    /// The member of its file that holds the servers.
    pub(super) fn section(self) -> &'static str {
        match self {
            Client::Vscode => "servers",
            Client::ClaudeCode | Client::ClaudeDesktop | Client::Cursor => "mcpServers",
        }
    }

    /// Whether its file may name a server by URL.
    pub(super) fn takes_urls(self) -> bool {
        self != Client::ClaudeDesktop
    }

    /// Whether its file is read as JSON with comments and trailing commas.
    pub(super) fn takes_comments(self) -> bool {
        self == Client::Vscode
    }

    /// Whether the file that it is usually kept in is the user's own, of no interest to others.
    pub(super) fn is_per_user(self) -> bool {
        self == Client::ClaudeDesktop
    }

    /// The file that `--write` means when it names none.
    pub(super) fn default_file(self) -> anyhow::Result<PathBuf> {
        match self {
            Client::ClaudeCode => Ok(".mcp.json".into()),
            Client::Vscode => Ok(".vscode/mcp.json".into()),
            Client::Cursor => Ok(".cursor/mcp.json".into()),
            Client::ClaudeDesktop => desktop_file(),
        }
    }

    /// For a person who pastes it.
    pub(super) fn where_it_goes(self) -> &'static str {
        match self {
            Client::ClaudeCode => ".mcp.json in the project's directory",
            Client::Vscode => {
                ".vscode/mcp.json in the workspace, or the user's mcp.json (MCP: Open User Configuration)"
            }
            Client::Cursor => ".cursor/mcp.json in the project's directory, or ~/.cursor/mcp.json",
            Client::ClaudeDesktop => {
                "claude_desktop_config.json, which Settings > Developer > Edit Config opens"
            }
        }
    }
}

/// Where Claude Desktop keeps its file: with the application data of the user, which systems keep in different places.
fn desktop_file() -> anyhow::Result<PathBuf> {
    let strategy = etcetera::base_strategy::choose_native_strategy().map_err(|_| {
        anyhow!("this system names no directory of the current user; name the file: --write FILE")
    })?;
    // Apple's directory of application data is etcetera's data directory; its configuration directory is Preferences.
    let directory = if cfg!(target_os = "macos") { strategy.data_dir() } else { strategy.config_dir() };
    Ok(directory.join("Claude").join("claude_desktop_config.json"))
}
