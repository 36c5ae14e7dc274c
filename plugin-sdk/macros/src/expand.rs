//! The expansion of `#[plugin]`: the table of the tools, and the component's exports.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Error, Ident, ItemImpl, Result, Type};

use crate::plugin_args::{Part, PluginArgs, With};
use crate::route_use::option;
use crate::tool::Tool;
use crate::{block, docs};

pub(crate) fn plugin(args: &PluginArgs, block: &mut ItemImpl) -> Result<TokenStream> {
    let tools = block::take(block, Tool::take, |earlier, tool| {
        (earlier.name.value() == tool.name.value())
            .then(|| Error::new(tool.name.span(), "another tool of this plugin has this name"))
    })?;
    let plugin = block::own_type(block)?;
    let description = docs::text(&block.attrs).ok_or_else(|| {
        Error::new_spanned(&block.self_ty, "a plugin needs a doc comment on this block: its description")
    })?;
    if tools.is_empty() && args.with.is_empty() {
        return Err(Error::new_spanned(&block.self_ty, "no function here has #[tool]"));
    }
    let PluginArgs { id, title, experimental, config, extra, with } = args;
    let config_schema = option(config.as_ref().map(config_schema).as_ref());
    let extra = option(extra.as_ref());
    let entries = tools.iter().map(|tool| tool.entry(plugin, *experimental));
    let resources = part(plugin, with, Part::Resources, "RESOURCES");
    let resource_list = part(plugin, with, Part::Resources, "LIST");
    let prompts = part(plugin, with, Part::Prompts, "PROMPTS");
    let completers = part(plugin, with, Part::Completions, "COMPLETERS");
    let named = with.iter().map(|with| {
        let name = with.part.named();
        quote!(impl #name for #plugin {})
    });
    let export = block::export(plugin, "export_plugin", None);
    Ok(quote! {
        impl ::xyte_plugin_sdk::Plugin for #plugin {
            const INFO: ::xyte_plugin_sdk::plugin::PluginInfo = ::xyte_plugin_sdk::plugin::PluginInfo {
                id: #id,
                version: ::core::env!("CARGO_PKG_VERSION"),
                title: #title,
                description: #description,
                config_schema: #config_schema,
                extra: #extra,
                tools: &[#(#entries),*],
                resources: #resources,
                resource_list: #resource_list,
                prompts: #prompts,
                completers: #completers,
            };
        }
        #(#named)*
        #export
    })
}

fn config_schema(settings: &Type) -> TokenStream {
    quote_spanned!(settings.span()=> ::xyte_plugin_sdk::schema::settings::<#settings>)
}

/// The table that another block of the plugin writes, or an empty one. Without that block, the error is at its name
/// in `with(…)`.
fn part(plugin: &Ident, with: &[With], part: Part, table: &str) -> TokenStream {
    let Some(with) = with.iter().find(|with| with.part == part) else {
        return match table {
            "LIST" => quote!(::core::option::Option::None),
            _ => quote!(&[]),
        };
    };
    let span = with.name.span();
    let plugin = Ident::new(&plugin.to_string(), span);
    let table = Ident::new(table, span);
    let written = part.written(span);
    quote_spanned!(span=> <#plugin as #written>::#table)
}
