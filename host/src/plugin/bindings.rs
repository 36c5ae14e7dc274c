//! What the contract, `wit/plugin.wit`, becomes in Rust. Everything generated stays behind this door.

mod generated {
    wasmtime::component::bindgen!({
        path: "../wit",
        world: "plugin-full",
        imports: { default: async | trappable },
        exports: { default: async },
    });
}

pub(super) use generated::PluginFull;
pub(super) use generated::exports::xyte::plugin::{completions, describe, prompts, resources, tools};
pub(super) use generated::xyte::plugin::{call, config, log, notify, state, types, xyte};
