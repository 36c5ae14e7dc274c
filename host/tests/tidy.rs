//! The shape of the house, read from its source: which layer may name which, and the invariants that hold by what is
//! nowhere written.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The modules of `host/src`, top layer first. A module names itself and what stands below it.
const LAYERS: [&str; 14] = [
    "cli",
    "author",
    "server",
    "rest",
    "mcp",
    "tools",
    "plugin",
    "xyte",
    "store",
    "tenant",
    "telemetry",
    "config",
    "arrival",
    "json",
];

/// What a layer may not name although it stands below, with the reason.
const APART: [(&str, &str, &str); 7] = [
    ("xyte", "store", "a request leaves nothing behind"),
    ("server", "plugin", "the server serves a surface and knows nothing of sandboxes"),
    ("rest", "mcp", "two faces of the same tools, neither of which knows of the other"),
    ("rest", "xyte", "plain HTTP hands over calls and never sees the API"),
    ("mcp", "xyte", "the protocol hands over calls and never sees the API"),
    ("telemetry", "tenant", "what is logged is decided where it happens"),
    ("config", "json", "settings are TOML and text"),
];

/// Words with the only places that may write them, and why.
const HOMES: [(&str, &[&str], &str); 13] = [
    ("sqlx", &["store"], "one place knows the database"),
    ("wasmtime", &["plugin", "plugin.rs"], "only plugin/ names the engine"),
    ("rmcp", &["mcp", "mcp.rs"], "only mcp/ names the protocol's library"),
    ("axum", &["server"], "only server/ names the web framework"),
    ("reqwest", &["xyte/hub.rs"], "one HTTP client, in one file"),
    ("expose_secret", &["tenant/key.rs"], "one file looks at a key"),
    (".authorization()", &["xyte/hub.rs"], "one place attaches the key to a request"),
    (
        "std::env::",
        &["main.rs", "config", "config.rs", "cli/client_config.rs"],
        "settings are read in one place; a client is told where this program is",
    ),
    ("env::var", &["main.rs", "config", "config.rs"], "settings are read in one place"),
    ("anyhow", &["main.rs", "cli", "cli.rs"], "errors below the command line are typed"),
    (
        "std::io::stdout",
        &["cli"],
        "standard output belongs to the protocol, and to commands that are no server",
    ),
    ("unsafe", &[], "nothing here needs it"),
    ("clap", &["main.rs", "cli", "cli.rs"], "arguments end at the command line"),
];

/// Words that nobody writes in code that stays.
const UNWANTED: [&str; 6] = ["todo!(", "unimplemented!(", "dbg!(", "#[ignore", "FIXME", "XXX"];

struct File {
    /// Below `host/src`, with slashes.
    path: String,
    /// Without comments, and without the tests at its end.
    code: String,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the host stands in the workspace")
}

fn files_below(directory: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![directory.to_owned()];
    while let Some(directory) = open.pop() {
        for entry in
            fs::read_dir(&directory).unwrap_or_else(|error| panic!("{}: {error}", directory.display()))
        {
            let path = entry.expect("a directory of the repository can be read").path();
            let name = path.file_name().expect("an entry has a name").to_string_lossy().into_owned();
            if path.is_dir()
                && !path.is_symlink()
                && !["target", "node_modules", ".git"].contains(&name.as_str())
            {
                open.push(path);
            } else if path.extension().is_some_and(|found| found == extension) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn host_files() -> Vec<File> {
    let source = root().join("host/src");
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).expect("source is text");
        let path =
            path.strip_prefix(&source).expect("it was found there").to_string_lossy().replace('\\', "/");
        File { path, code: code(&text) }
    };
    files_below(&source, "rs").into_iter().map(read).collect()
}

/// The text without line comments, and cut where its tests begin.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let lines = text.lines().map(|line| match line.find("//") {
        Some(start) if !line[..start].ends_with(':') => &line[..start],
        _ => line,
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn layer_of(path: &str) -> Option<usize> {
    let first = path.split('/').next().unwrap_or(path).trim_end_matches(".rs");
    LAYERS.iter().position(|layer| *layer == first)
}

/// The layers that a text names as `crate::layer` or in `use crate::{layer, …}`.
fn named_layers(code: &str) -> BTreeSet<usize> {
    let is_word = |rest: &str, layer: &str| {
        rest.strip_prefix(layer)
            .is_some_and(|after| !after.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
    };
    let mut named = BTreeSet::new();
    for (start, _) in code.match_indices("crate::") {
        let rest = &code[start + "crate::".len()..];
        let group = rest.strip_prefix('{').map(|group| group.split('}').next().unwrap_or_default());
        for (index, layer) in LAYERS.iter().enumerate() {
            let in_group =
                group.is_some_and(|group| group.split(',').any(|item| is_word(item.trim(), layer)));
            if is_word(rest, layer) || in_group {
                named.insert(index);
            }
        }
    }
    named
}

#[test]
fn every_module_has_its_layer_and_the_library_lists_them_in_order() {
    let library = fs::read_to_string(root().join("host/src/lib.rs")).unwrap();
    let listed: Vec<&str> =
        library.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    assert_eq!(listed, LAYERS);
    for file in host_files() {
        assert!(
            layer_of(&file.path).is_some() || ["lib.rs", "main.rs"].contains(&file.path.as_str()),
            "{}",
            file.path
        );
    }
}

#[test]
fn no_arrow_points_up() {
    let mut wrong = Vec::new();
    for file in host_files() {
        let Some(own) = layer_of(&file.path) else { continue };
        for named in named_layers(&file.code) {
            let forbidden = APART.iter().find(|(from, to, _)| (*from, *to) == (LAYERS[own], LAYERS[named]));
            if named < own {
                wrong.push(format!("{}: crate::{} is above this layer", file.path, LAYERS[named]));
            } else if let Some((_, _, reason)) = forbidden {
                wrong.push(format!("{}: crate::{}: {reason}", file.path, LAYERS[named]));
            }
        }
        if file.code.contains("super::super::") && file.path.matches('/').count() < 2 {
            wrong.push(format!("{}: name another layer as crate::…", file.path));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn words_stay_in_their_homes() {
    let mut wrong = Vec::new();
    for file in host_files() {
        for (word, homes, reason) in HOMES {
            let at_home =
                homes.iter().any(|home| file.path == *home || file.path.starts_with(&format!("{home}/")));
            // `xyte_mcp` and the crate's description of itself are not the library of that name.
            if !at_home && file.code.contains(word) {
                wrong.push(format!("{}: `{word}`: {reason}", file.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_unfinished_stays() {
    let mut wrong = Vec::new();
    for path in files_below(root(), "rs") {
        let text = fs::read_to_string(&path).unwrap();
        for word in UNWANTED {
            if code(&text).contains(word) && !path.ends_with("tests/tidy.rs") {
                wrong.push(format!("{}: `{word}`", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn plugins_know_the_sdk_and_never_the_host() {
    for manifest in files_below(&root().join("plugins"), "toml") {
        let text = fs::read_to_string(&manifest).unwrap();
        assert!(!text.contains("xyte-mcp ") && !text.contains("xyte-mcp."), "{}", manifest.display());
    }
}

#[test]
fn an_upward_arrow_would_be_seen() {
    let named = |text: &str| named_layers(text).into_iter().map(|index| LAYERS[index]).collect::<Vec<_>>();
    assert_eq!(named("use crate::server::App;"), ["server"]);
    assert_eq!(named("use crate::{config, tools::Tools};"), ["tools", "config"]);
    assert_eq!(named("crate::tools_of_mine::x; xyte_mcp::server"), Vec::<&str>::new());
    assert_eq!(code("a // crate::server\nb"), "a \nb");
}
