//! What a component needs of the contract, compared with what this host has, in words that a person can act on.

use wasmtime::Engine;
use wasmtime::component::Component;
use wasmtime::component::types::{ComponentInstance, ComponentItem};

/// The contract's package. Its interfaces are named `xyte:plugin/<interface>@<version>`.
pub(super) const PACKAGE: &str = "xyte:plugin/";
/// The version of the contract that this host speaks.
pub(super) const VERSION: &str = "0.1.0";

/// Every function that a plugin may import, by interface. `wit/plugin.wit` is compared with this by a test.
const IMPORTS: [(&str, &[&str]); 7] = [
    ("types", &[]),
    ("xyte", &["send", "send-all"]),
    ("log", &["write"]),
    ("config", &["all", "get"]),
    (
        "call",
        &[
            "request-id",
            "tenant",
            "user",
            "remaining-ms",
            "is-cancelled",
            "now-ms",
            "random",
            "sleep-ms",
            "progress",
            "message",
            "input-responses",
            "input-state",
            "client-capabilities",
        ],
    ),
    ("state", &["get", "set", "remove", "keys"]),
    ("notify", &["list-changed", "resource-updated"]),
];

/// What a component imports of the contract and this host does not have.
///
/// # Errors
/// The first such thing, with the version that the component was built against.
pub(super) fn check_imports(component: &Component, engine: &Engine) -> Result<(), String> {
    let ty = component.component_type();
    for (import, item) in ty.imports(engine) {
        let Some((interface, version)) = of_contract(import) else { continue };
        check_version(version)?;
        let functions =
            IMPORTS.iter().find(|(known, _)| *known == interface).map(|(_, functions)| *functions);
        let functions = functions.ok_or_else(|| unknown("interface", interface, version))?;
        if let ComponentItem::ComponentInstance(instance) = item.ty {
            check_functions(&instance, engine, interface, functions, version)?;
        }
    }
    Ok(())
}

fn check_functions(
    instance: &ComponentInstance,
    engine: &Engine,
    interface: &str,
    known: &[&str],
    version: &str,
) -> Result<(), String> {
    for (name, item) in instance.exports(engine) {
        let is_function = matches!(item.ty, ComponentItem::ComponentFunc(_));
        if is_function && !known.contains(&name) {
            return Err(unknown("function", &format!("{interface}.{name}"), version));
        }
    }
    Ok(())
}

/// The interface and its version, if it is one of ours.
fn of_contract(import: &str) -> Option<(&str, &str)> {
    import.strip_prefix(PACKAGE)?.split_once('@')
}

/// Versions that agree in what may not change: the first number that is not zero.
fn check_version(version: &str) -> Result<(), String> {
    let compatible = |text: &str| {
        let mut numbers = text.split('.').map(str::to_owned);
        let major = numbers.next().unwrap_or_default();
        if major == "0" { format!("0.{}", numbers.next().unwrap_or_default()) } else { major }
    };
    if compatible(version) == compatible(VERSION) {
        return Ok(());
    }
    Err(format!("it was built against version {version}, and this host speaks {VERSION}"))
}

fn unknown(what: &str, name: &str, version: &str) -> String {
    format!(
        "it needs the {what} {name}, which version {version} of the contract has and this host, which speaks \
         {VERSION}, does not. Update the host, or build the plugin with an older SDK"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The functions of one interface, read from the contract's text.
    fn functions(interface: &str) -> Option<Vec<String>> {
        let wit = include_str!("../../../wit/plugin.wit");
        let body = wit.split(&format!("\ninterface {interface} {{\n")).nth(1)?.split("\n}\n").next()?;
        let declared =
            body.lines().filter_map(|line| line.trim().split_once(": func(").map(|(name, _)| name));
        Some(declared.map(str::to_owned).collect())
    }

    #[test]
    fn the_table_is_the_contract() {
        for (interface, known) in IMPORTS {
            assert_eq!(functions(interface).unwrap(), known, "{interface}");
        }
        let wit = include_str!("../../../wit/plugin.wit");
        let imported = wit.split("world imports {").nth(1).unwrap().split('}').next().unwrap();
        let imported: Vec<&str> = imported
            .lines()
            .filter_map(|line| line.trim().strip_prefix("import ")?.strip_suffix(';'))
            .collect();
        let known: Vec<&str> =
            IMPORTS.iter().map(|(name, _)| *name).filter(|name| *name != "types").collect();
        assert_eq!(imported, known);
        assert!(wit.contains(&format!("package xyte:plugin@{VERSION};")));
    }

    #[test]
    fn a_version_is_compatible_while_nothing_may_have_changed() {
        for good in ["0.1.0", "0.1.1", "0.1.99"] {
            assert!(check_version(good).is_ok(), "{good}");
        }
        for bad in ["0.2.0", "1.0.0", "1.1.0", "0", ""] {
            assert!(check_version(bad).unwrap_err().contains("this host speaks 0.1.0"), "{bad}");
        }
    }
}
