//! The whole expansion: the block as it was, the table of its tools, and the component's exports.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Error, Ident, ImplItem, ItemImpl, Result, Type};

use crate::docs;
use crate::plugin_args::PluginArgs;
use crate::route_use::option;
use crate::tool::Tool;

/// The block is kept even when something is wrong, so that one mistake does not hide the functions from the rest
/// of the crate and cause errors in places that are right.
pub(crate) fn plugin(args: &PluginArgs, mut block: ItemImpl) -> TokenStream {
    let made = take_tools(&mut block).and_then(|tools| table(args, &block, &tools));
    let made = made.unwrap_or_else(Error::into_compile_error);
    quote!(#block #made)
}

fn take_tools(block: &mut ItemImpl) -> Result<Vec<Tool>> {
    let mut tools: Vec<Tool> = Vec::new();
    let mut errors: Option<Error> = None;
    let mut fail = |error: Error| match &mut errors {
        Some(errors) => errors.combine(error),
        None => errors = Some(error),
    };
    for item in &mut block.items {
        let ImplItem::Fn(function) = item else { continue };
        match Tool::take(function) {
            None => {}
            Some(Err(error)) => fail(error),
            Some(Ok(tool)) if tools.iter().any(|earlier| earlier.name.value() == tool.name.value()) => {
                fail(Error::new(tool.name.span(), "another tool of this plugin has this name"));
            }
            Some(Ok(tool)) => tools.push(tool),
        }
    }
    errors.map_or(Ok(tools), Err)
}

fn table(args: &PluginArgs, block: &ItemImpl, tools: &[Tool]) -> Result<TokenStream> {
    let plugin = plugin_type(block)?;
    let description = docs::text(&block.attrs).ok_or_else(|| {
        Error::new_spanned(&block.self_ty, "a plugin needs a doc comment on this block: its description")
    })?;
    if tools.is_empty() {
        return Err(Error::new_spanned(&block.self_ty, "no function here has #[tool]"));
    }
    let PluginArgs { id, title, experimental, config, extra, .. } = args;
    let config_schema = option(config.as_ref().map(config_schema).as_ref());
    let extra = option(extra.as_ref());
    let entries = tools.iter().map(|tool| tool.entry(plugin, *experimental));
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
            };
        }

        // A native build has no exports: their names mean nothing to a native linker.
        #[cfg(target_arch = "wasm32")]
        const _: () = {
            ::xyte_plugin_sdk::bindings::export_plugin!(#plugin with_types_in ::xyte_plugin_sdk::bindings);
        };
    })
}

fn config_schema(settings: &Type) -> TokenStream {
    quote_spanned!(settings.span()=> ::xyte_plugin_sdk::schema::settings::<#settings>)
}

fn plugin_type(block: &ItemImpl) -> Result<&Ident> {
    let wrong = |tokens: &dyn quote::ToTokens| {
        Error::new_spanned(
            tokens.to_token_stream(),
            "a plugin is a unit struct of this module: `pub struct Hello;`, `impl Hello { … }`",
        )
    };
    if let Some((_, path, _)) = &block.trait_ {
        return Err(wrong(path));
    }
    if !block.generics.params.is_empty() {
        return Err(wrong(&block.generics));
    }
    match &*block.self_ty {
        Type::Path(path) => path.path.get_ident().ok_or_else(|| wrong(path)),
        other => Err(wrong(other)),
    }
}
