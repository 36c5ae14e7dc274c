//! The contract as Rust sees it, generated from `wit/plugin.wit`.
//!
//! A door for what the rest of this crate does not express. A type is found under its interface's name: [`types`],
//! [`xyte`], [`describe`]. The functions of [`xyte`], [`log`], [`config`], [`call`], [`state`] and [`notify`] exist in
//! WebAssembly alone; natively they end the process, so reach them through [`Cx`](crate::Cx), which a test can answer.
//!
//! A plugin that does without [`#[plugin]`](macro@crate::plugin) implements [`describe::Guest`] and [`tools::Guest`]
//! for a type of its own and exports it with [`export_plugin!`], under `cfg(target_arch = "wasm32")`. Each further
//! interface has an export macro of its own, such as [`export_resources!`].

pub use exports::xyte::plugin::{describe, tools};
pub use imports::xyte::plugin::{call, config, log, notify, state, types, xyte};
pub use plugin::{export_plugin, exports};
pub use with_completions::{export_completions, exports::xyte::plugin::completions};
pub use with_prompts::{export_prompts, exports::xyte::plugin::prompts};
pub use with_resources::{export_resources, exports::xyte::plugin::resources};

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

/// The exports of one world. The component's type sits in the export macro: a plugin exports what it implements.
macro_rules! exports {
    ($world:tt, $export_macro:tt, $module:tt) => {
        wit_bindgen::generate!({
            path: "wit",
            world: $world,
            with: {
                "xyte:plugin/types@0.1.0": crate::bindings::imports::xyte::plugin::types,
                "xyte:plugin/xyte@0.1.0": crate::bindings::imports::xyte::plugin::xyte,
                "xyte:plugin/log@0.1.0": crate::bindings::imports::xyte::plugin::log,
                "xyte:plugin/config@0.1.0": crate::bindings::imports::xyte::plugin::config,
                "xyte:plugin/call@0.1.0": crate::bindings::imports::xyte::plugin::call,
                "xyte:plugin/state@0.1.0": crate::bindings::imports::xyte::plugin::state,
                "xyte:plugin/notify@0.1.0": crate::bindings::imports::xyte::plugin::notify,
            },
            additional_derives: [PartialEq],
            pub_export_macro: true,
            export_macro_name: $export_macro,
            default_bindings_module: $module,
        });
    };
}

/// What every plugin exports.
#[expect(missing_docs, reason = "generated; wit/plugin.wit documents every item")]
mod plugin {
    exports!("plugin", "export_plugin", "xyte_plugin_sdk::bindings");
}

/// What a plugin with resources exports besides.
#[doc(hidden)]
pub mod with_resources {
    exports!("with-resources", "export_resources", "xyte_plugin_sdk::bindings::with_resources");
}

/// What a plugin with prompts exports besides.
#[doc(hidden)]
pub mod with_prompts {
    exports!("with-prompts", "export_prompts", "xyte_plugin_sdk::bindings::with_prompts");
}

/// What a plugin with completions exports besides.
#[doc(hidden)]
pub mod with_completions {
    exports!("with-completions", "export_completions", "xyte_plugin_sdk::bindings::with_completions");
}
