//! Files and sockets, for runtimes that import them and need not use them.
//!
//! JavaScript's and Python's runtimes import all of WASI's files, and Python's its sockets. What they import is
//! defined here, function by function, as a refusal; nothing of a real implementation is linked.

use wasmtime::Engine;
use wasmtime::component::types::ComponentItem;
use wasmtime::component::{Component, Linker, LinkerInstance, ResourceType, Val};

use super::call_state::CallState;

const STUBBED: [&str; 2] = ["wasi:filesystem/", "wasi:sockets/"];
/// The one function that runtimes call at their start: which directories there are. There are none.
const GET_DIRECTORIES: &str = "get-directories";

/// Behind handles that nobody ever gets.
struct Nothing;

/// Whether an interface is answered by refusals.
pub(super) fn covers(interface: &str) -> bool {
    STUBBED.iter().any(|package| interface.starts_with(package))
}

/// Defines what a component imports of files and sockets. The linker should be one for this component alone, since
/// each toolchain imports another version.
pub(super) fn add_to_linker(
    linker: &mut Linker<CallState>,
    component: &Component,
    engine: &Engine,
) -> wasmtime::Result<()> {
    let ty = component.component_type();
    // Handles that an earlier interface owns are its own; only new ones are defined.
    let mut owned: Vec<ResourceType> = Vec::new();
    for (interface, item) in ty.imports(engine) {
        let ComponentItem::ComponentInstance(instance) = item.ty else { continue };
        let stubbed = covers(interface);
        let mut target = if stubbed { Some(linker.instance(interface)?) } else { None };
        for (name, item) in instance.exports(engine) {
            match (item.ty, &mut target) {
                (ComponentItem::Resource(handle), target) if !owned.contains(&handle) => {
                    owned.push(handle);
                    if let Some(target) = target {
                        target.resource(name, ResourceType::host::<Nothing>(), |_, _| Ok(()))?;
                    }
                }
                (ComponentItem::ComponentFunc(_), Some(target)) => refuse(target, interface, name)?,
                _ => {}
            }
        }
    }
    Ok(())
}

fn refuse(target: &mut LinkerInstance<'_, CallState>, interface: &str, name: &str) -> wasmtime::Result<()> {
    if name == GET_DIRECTORIES {
        // The component says how many results there are, and it may say anything.
        return target.func_new(name, |_, _, _, results| {
            if let [only] = results {
                *only = Val::List(Vec::new());
                return Ok(());
            }
            Err(wasmtime::Error::msg("get-directories answers with one list"))
        });
    }
    let text = format!("{interface} {name}: plugins have no files and no network");
    target.func_new(name, move |_, _, _, _| Err(wasmtime::Error::msg(text.clone())))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::Map;

    use super::*;
    use crate::plugin::engine::{self, Runtime};
    use crate::plugin::guest_log::{GuestLog, Origin};
    use crate::plugin::settings::PluginSettings;

    /// Runs a component that calls `get-directories` at its start.
    async fn start(result: &str, core: &str) -> wasmtime::Result<()> {
        let text = format!(
            r#"(component
                (import "wasi:filesystem/preopens@0.2.6" (instance $fs (export "get-directories" (func {result}))))
                (core module $memory
                    (memory (export "memory") 1)
                    (func (export "realloc") (param i32 i32 i32 i32) (result i32) i32.const 0))
                (core instance $memory (instantiate $memory))
                (core func $get (canon lower (func $fs "get-directories")
                    (memory (core memory $memory "memory")) (realloc (core func $memory "realloc"))))
                (core module $m (import "fs" "get" (func $get {core})) (func $start {call}) (start $start))
                (core instance (instantiate $m (with "fs" (instance (export "get" (func $get)))))))"#,
            call = if core.is_empty() { "(call $get)" } else { "(call $get (i32.const 0))" }
        );
        let runtime = Runtime::new().unwrap();
        let component = Component::new(runtime.engine(), wat::parse_str(text).unwrap()).unwrap();
        let nobody: Arc<str> = "-".into();
        let origin = Origin {
            plugin: nobody.clone(),
            tool: nobody.clone(),
            tenant: nobody.clone(),
            request_id: nobody,
        };
        let settings = Arc::new(PluginSettings::new(&Map::new()).unwrap());
        let state = CallState::new(Arc::new(GuestLog::new(origin)), settings, None);
        let mut store = engine::store(runtime.engine(), state);
        runtime.link(&component)?.instantiate_async(&mut store).await.map(|_| ())
    }

    #[tokio::test]
    async fn there_are_no_directories() {
        start("(result (list u8))", "(param i32)").await.unwrap();
    }

    /// The types of what is stubbed are the component's own, and it may write down anything.
    #[tokio::test]
    async fn a_strange_type_is_an_error_and_no_panic() {
        let error = start("", "").await.unwrap_err();
        assert!(format!("{error:#}").contains("answers with one list"), "{error:#}");
    }
}
