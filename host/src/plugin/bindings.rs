//! What the contract, `wit/plugin.wit`, becomes in Rust. Everything generated stays behind this door.

mod generated {
    #![expect(missing_docs, reason = "generated from the contract, which documents every item")]
    #![expect(unreachable_pub, reason = "generated")]

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
