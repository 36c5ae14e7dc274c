//! Every setting there is. The documentation, `.env.example` and the checks are made from this table.

/// One setting.
#[derive(Debug, PartialEq, Eq)]
pub struct Setting {
    /// Its environment variable. Its name in a TOML file is the same without `XYTE_`, in lower case.
    pub name: &'static str,
    /// What it means, with unit, default and example where they help.
    pub summary: &'static str,
    /// What holds when it is not set, as a person would write it. Empty: nothing.
    pub default: &'static str,
    /// Who may set it.
    pub source: Source,
}

/// Where a setting may come from besides the command line and the environment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// Any file.
    Anywhere,
    /// Not a TOML file, which people commit: a secret.
    Secret,
    /// From an `--env-file` only if that file also gives the key. Otherwise a file that came with a cloned project
    /// could send the real key to another server.
    WithKey,
}

impl Setting {
    /// Its name in a TOML file.
    pub fn file_key(&self) -> String {
        self.name.trim_start_matches("XYTE_").to_ascii_lowercase()
    }
}

/// The organization's API key.
pub const API_KEY: Setting = Setting {
    name: "XYTE_API_KEY",
    summary: "The organization's Xyte API key. With it the host runs in single-tenant mode; without it every \
              request must bring its own key (multi-tenant mode). Blank counts as absent.",
    default: "",
    source: Source::Secret,
};

/// A file that holds the key.
pub const API_KEY_FILE: Setting = Setting {
    name: "XYTE_API_KEY_FILE",
    summary: "A file that holds the API key, instead of XYTE_API_KEY: a mounted secret, for example.",
    default: "",
    source: Source::Anywhere,
};

/// Where the Xyte API is.
pub const BASE_URL: Setting = Setting {
    name: "XYTE_BASE_URL",
    summary: "Origin of the Xyte hub. Plain http is accepted to loopback addresses only, for the simulator.",
    default: "https://hub.xyte.io",
    source: Source::WithKey,
};

/// Where the host listens.
pub const LISTEN: Setting = Setting {
    name: "XYTE_LISTEN",
    summary: "Address to serve on, HOST:PORT. Port 0 picks a free one.",
    default: "127.0.0.1:8080",
    source: Source::Anywhere,
};

/// Host names that requests may be addressed to.
pub const ALLOWED_HOSTS: Setting = Setting {
    name: "XYTE_ALLOWED_HOSTS",
    summary: "Host names, comma separated, that requests may be addressed to besides the loopback ones: the \
              public name of a hosted server. A request with another Host header is refused.",
    default: "",
    source: Source::Anywhere,
};

/// Origins of web pages that may call.
pub const ALLOWED_ORIGINS: Setting = Setting {
    name: "XYTE_ALLOWED_ORIGINS",
    summary: "Origins, comma separated, whose requests are not refused, such as https://app.example.com. A request with \
              another Origin header, as every web page sends it, is refused.",
    default: "",
    source: Source::Anywhere,
};

/// Where plugins are.
pub const PLUGINS_DIR: Setting = Setting {
    name: "XYTE_PLUGINS_DIR",
    summary: "Directory of plugins (*.wasm) with their grant files (*.toml).",
    default: "<data directory>/plugins",
    source: Source::WithKey,
};

/// Where the host keeps what must survive a restart.
pub const DATA_DIR: Setting = Setting {
    name: "XYTE_DATA_DIR",
    summary: "Directory for what the host keeps: the secret behind tenant hashes, plugins.",
    default: "the platform's data directory, such as ~/.local/share/xyte-mcp",
    source: Source::WithKey,
};

/// Whether experimental tools exist.
pub const EXPERIMENTAL_APIS: Setting = Setting {
    name: "XYTE_EXPERIMENTAL_APIS",
    summary: "true shows and runs tools that their plugins call experimental; otherwise they are hidden and \
              refused.",
    default: "false",
    source: Source::Anywhere,
};

/// Whether older clients get sessions.
pub const MCP_SESSIONS: Setting = Setting {
    name: "XYTE_MCP_SESSIONS",
    summary: "false serves clients of MCP until 2025-11-25 without sessions: any replica can answer any request, and \
              what needs a connection (questions in between, news of changed lists) is not there for them. Newer \
              clients have no sessions anyway.",
    default: "true",
    source: Source::Anywhere,
};

/// Whose state plugins see over stdio.
pub const USER_TOKEN: Setting = Setting {
    name: "XYTE_USER_TOKEN",
    summary: "A label for the user of a stdio server, so that plugins keep each user's state apart. Over HTTP it \
              comes with each request, as X-Xyte-User-Token. It proves nothing about who calls.",
    default: "",
    source: Source::Anywhere,
};

/// How much is logged.
pub const LOG_LEVEL: Setting = Setting {
    name: "XYTE_LOG_LEVEL",
    summary: "error, warn, info, debug or trace. Logs are JSON lines on stderr. At trace they hold what clients and \
              plugins say.",
    default: "info",
    source: Source::Anywhere,
};

/// Every setting, in the order in which documents list them.
pub const ALL: &[&Setting] = &[
    &API_KEY,
    &API_KEY_FILE,
    &BASE_URL,
    &LISTEN,
    &ALLOWED_HOSTS,
    &ALLOWED_ORIGINS,
    &PLUGINS_DIR,
    &DATA_DIR,
    &EXPERIMENTAL_APIS,
    &MCP_SESSIONS,
    &USER_TOKEN,
    &LOG_LEVEL,
];

/// The setting of that environment variable.
pub fn by_name(name: &str) -> Option<&'static Setting> {
    ALL.iter().copied().find(|setting| setting.name == name)
}

/// The known name that is most like `name`, if one is close enough to be meant.
pub fn nearest(name: &str) -> Option<&'static str> {
    ALL.iter()
        .map(|setting| (edits(setting.name, name), setting.name))
        .min()
        .filter(|(edits, _)| *edits <= TYPO_EDITS_MAX)
        .map(|(_, name)| name)
}

/// How many letters may differ between a name and the one that was meant.
const TYPO_EDITS_MAX: usize = 3;

/// The Levenshtein distance.
fn edits(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(x != *y);
            diagonal = std::mem::replace(&mut row[j + 1], 0);
            row[j + 1] = substituted.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typo_finds_the_name_that_was_meant() {
        assert_eq!(nearest("XYTE_EXPERIMENTAL_API"), Some("XYTE_EXPERIMENTAL_APIS"));
        assert_eq!(nearest("XYTE_LOGLEVEL"), Some("XYTE_LOG_LEVEL"));
        assert_eq!(nearest("XYTE_MCP_SERVICE_HOST"), None);
    }

    #[test]
    fn names_are_distinct_also_in_files() {
        let mut keys: Vec<String> = ALL.iter().map(|setting| setting.file_key()).collect();
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), ALL.len());
    }
}
