//! The contract as Rust sees it, generated from `wit/plugin.wit`.
//!
//! A door for what the rest of this crate does not express. A type is found under its interface's name: [`types`],
//! [`xyte`], [`describe`]. The functions of [`xyte`], [`log`] and [`call`] exist in WebAssembly alone; natively
//! they end the process, so reach them through [`Cx`](crate::Cx), which a test can answer.
//!
//! A plugin that does without [`#[plugin]`](macro@crate::plugin) implements [`describe::Guest`] and [`tools::Guest`]
//! for a type of its own and exports it with [`export_plugin!`], under `cfg(target_arch = "wasm32")`.

pub use exports::xyte::plugin::{describe, tools};
pub use imports::xyte::plugin::{call, log, types, xyte};
pub use plugin::{export_plugin, exports};

/// What a plugin imports. Generated once, so that every world of exports shares its types.
#[expect(missing_docs, reason = "generated; wit/plugin.wit documents every item")]
mod imports {
    wit_bindgen::generate!({
        path: "wit",
        world: "imports",
        generate_unused_types: true,
        additional_derives: [PartialEq],
    });
}

/// What every plugin exports. The component's type sits in the export macro: a plugin exports what it implements.
#[expect(missing_docs, reason = "generated; wit/plugin.wit documents every item")]
mod plugin {
    wit_bindgen::generate!({
        path: "wit",
        world: "plugin",
        with: {
            "xyte:plugin/types@0.1.0": super::imports::xyte::plugin::types,
            "xyte:plugin/xyte@0.1.0": super::imports::xyte::plugin::xyte,
            "xyte:plugin/log@0.1.0": super::imports::xyte::plugin::log,
            "xyte:plugin/call@0.1.0": super::imports::xyte::plugin::call,
        },
        additional_derives: [PartialEq],
        pub_export_macro: true,
        export_macro_name: "export_plugin",
        default_bindings_module: "xyte_plugin_sdk::bindings",
    });
}
