//! `server.json`, by which the MCP registry knows this server.

use std::fs;
use std::path::Path;

use anyhow::{Context, bail};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::process::{self, command};
use crate::workspace;

/// The check that knows the registry's own schema, and what the registry asks for besides.
const CHECK: &str = "mcp-registry-server-json-valid";

/// Completes the repository's `server.json` with the hash of the bundle, and has it judged as the registry would.
pub(crate) fn write(bundle: &Path) -> anyhow::Result<()> {
    let template = fs::read_to_string(workspace::root().join("server.json"))?;
    let hash: String = Sha256::digest(fs::read(bundle)?).iter().map(|byte| format!("{byte:02x}")).collect();
    let server = completed(&template, &hash)?;
    let path = workspace::packages().join("server.json");
    fs::write(&path, format!("{server:#}\n"))?;
    check(&path)
}

/// The template with the hash. Its version must be this workspace's, so that nobody forgets it at a release.
fn completed(template: &str, hash: &str) -> anyhow::Result<Value> {
    let version = env!("CARGO_PKG_VERSION");
    let mut server: Value = serde_json::from_str(template).context("server.json")?;
    let package = &mut server["packages"][0];
    let place = format!("/releases/download/v{version}/");
    if !package["identifier"].as_str().is_some_and(|identifier| identifier.contains(&place)) {
        bail!("server.json: the package is not that of {version}, which is at …{place}…");
    }
    if package["version"] != version {
        bail!("server.json: the package is not of version {version}");
    }
    package["fileSha256"] = json!(hash);
    if server["version"] != version {
        bail!("server.json: the server is not of version {version}");
    }
    Ok(server)
}

fn check(path: &Path) -> anyhow::Result<()> {
    let mut lint = command(workspace::clients().join("python/bin/skillsaw"));
    lint.args(["lint", "--type", "mcp-registry", "--rule", CHECK, "--strict", "--no-progress"]).arg(path);
    process::output(&mut lint)
        .map(drop)
        .with_context(|| format!("the registry would refuse {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn template() -> Value {
        serde_json::from_str(&fs::read_to_string(workspace::root().join("server.json")).unwrap()).unwrap()
    }

    #[test]
    fn the_template_is_of_this_version_and_lacks_the_hash_alone() {
        let mut server = completed(&template().to_string(), "0f").unwrap();
        assert_eq!(server["packages"][0]["fileSha256"].take(), "0f");
        server["packages"][0].as_object_mut().unwrap().remove("fileSha256");
        assert_eq!(server, template());
    }

    #[test]
    fn a_template_of_another_version_is_refused() {
        for place in ["/version", "/packages/0/version", "/packages/0/identifier"] {
            let mut server = template();
            *server.pointer_mut(place).unwrap() = json!("https://github.com/releases/download/v0.0.0/x");
            let error = completed(&server.to_string(), "0f").unwrap_err().to_string();
            assert!(error.contains(env!("CARGO_PKG_VERSION")), "{place}: {error}");
        }
    }

    #[test]
    fn the_key_is_asked_for_as_a_secret_and_the_address_as_a_variable() {
        let server = template();
        let remote = &server["remotes"][0];
        assert_eq!(remote["type"], "streamable-http");
        assert_eq!(remote["url"], "https://{host}/mcp");
        assert_eq!(remote["variables"]["host"]["isRequired"], true);
        let header = &remote["headers"][0];
        assert_eq!((&header["name"], &header["isSecret"]), (&json!("Authorization"), &json!(true)));
        assert_eq!(header["variables"]["xyte_api_key"]["isSecret"], true);
    }
}
