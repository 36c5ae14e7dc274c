//! What the contract, `wit/plugin.wit`, becomes in Rust. Everything generated stays behind this door.

mod generated {
    wasmtime::component::bindgen!({
        path: "../wit",
        world: "plugin",
        imports: { default: async | trappable },
        exports: { default: async },
    });
}

pub(super) use generated::exports::xyte::plugin::describe;
pub(super) use generated::xyte::plugin::{call, log, types, xyte};
pub(super) use generated::{Plugin, PluginPre};
