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
        return target.func_new(name, |_, _, _, results| {
            results[0] = Val::List(Vec::new());
            Ok(())
        });
    }
    let text = format!("{interface} {name}: plugins have no files and no network");
    target.func_new(name, move |_, _, _, _| Err(wasmtime::Error::msg(text.clone())))
}
