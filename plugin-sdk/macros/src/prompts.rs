//! The expansion of `#[prompts]`.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Attribute, Error, Ident, ImplItemFn, ItemImpl, LitStr, Result, Type};

use crate::entry_args::EntryArgs;
use crate::parameter::{self, Parameter};
use crate::route_use::option;
use crate::signature::Form;
use crate::{block, docs, function, name};

const KEYS: &[&str] = &["name", "title", "routes", "optional", "extra"];
const FORM: Form = Form {
    noun: "prompt",
    sentence: "a prompt is `fn name(cx: &Cx, argument: String, other: Option<String>, …) -> Result<Messages, \
               ServeError>`",
};

struct Prompt {
    name: LitStr,
    function: Ident,
    description: String,
    parameters: Vec<Parameter>,
    returns: Type,
    args: EntryArgs,
}

pub(crate) fn prompts(block: &mut ItemImpl) -> Result<TokenStream> {
    let prompts = block::take(block, Prompt::take, |earlier, prompt| {
        (earlier.name.value() == prompt.name.value())
            .then(|| Error::new(prompt.name.span(), "another prompt of this plugin has this name"))
    })?;
    let plugin = block::own_type(block)?;
    if prompts.is_empty() {
        return Err(Error::new_spanned(&block.self_ty, "no function here has #[prompt]"));
    }
    let entries: Vec<_> = prompts.iter().map(|prompt| prompt.entry(plugin)).collect();
    let table = table(plugin, &entries);
    let export = block::export(plugin, "export_prompts", Some("with_prompts"));
    Ok(quote!(#table #export))
}

/// What `#[plugin]` looks for. An error about it is at the type's name in the block.
pub(crate) fn table(plugin: &Ident, entries: &[TokenStream]) -> TokenStream {
    let named = quote_spanned!(plugin.span()=> ::xyte_plugin_sdk::prompt::Prompts for #plugin);
    quote! {
        impl #named {
            const PROMPTS: &'static [::xyte_plugin_sdk::prompt::Prompt] = &[#(#entries),*];
        }
    }
}

impl Prompt {
    fn take(function: &mut ImplItemFn) -> Option<Result<Prompt>> {
        let attribute = function::take_attribute(function, "prompt")?;
        Some(Prompt::read(&attribute, function))
    }

    fn read(attribute: &Attribute, function: &mut ImplItemFn) -> Result<Prompt> {
        let parameters = parameter::take(function, &FORM)?;
        let returns = FORM.read(&function.sig)?.returns.clone();
        let ident = &function.sig.ident;
        let args = EntryArgs::read(attribute, "prompt", KEYS)?;
        if let Some(template) = &args.template {
            return Err(Error::new(template.span(), "a prompt's name is the function's, or `name = \"…\"`"));
        }
        let description = docs::text(&function.attrs).ok_or_else(|| {
            Error::new_spanned(ident, "a prompt needs a doc comment: it is what people choose by")
        })?;
        let name = args.name.clone().unwrap_or_else(|| LitStr::new(&ident.to_string(), ident.span()));
        name::check_prompt(&name)?;
        Ok(Prompt { name, function: ident.clone(), description, parameters, returns, args })
    }

    fn entry(&self, plugin: &Ident) -> TokenStream {
        let Prompt { name, description, .. } = self;
        let EntryArgs { title, routes, extra, .. } = &self.args;
        let (title, extra) = (option(title.as_ref()), option(extra.as_ref()));
        let arguments = self.parameters.iter().map(argument);
        let get = self.get(plugin);
        quote! {
            ::xyte_plugin_sdk::prompt::Prompt {
                name: #name,
                title: #title,
                description: #description,
                arguments: &[#(#arguments),*],
                routes: &[#(#routes),*],
                extra: #extra,
                get: #get,
            }
        }
    }

    fn get(&self, plugin: &Ident) -> TokenStream {
        let (cx, given) = (Ident::new("cx", Span::mixed_site()), Ident::new("given", Span::mixed_site()));
        let function = &self.function;
        // A wrong type is reported at the function, not at the block.
        let plugin = Ident::new(&plugin.to_string(), function.span());
        let values = self.parameters.iter().map(|Parameter { name, ty, is_optional, .. }| {
            let name = name.to_string();
            let read = Ident::new(if *is_optional { "optional" } else { "required" }, ty.span());
            quote_spanned!(ty.span()=> #given.#read::<#ty>(#name)?)
        });
        let call = quote_spanned!(function.span()=> #plugin::#function(#cx, #(#values),*));
        quote_spanned! {self.returns.span()=>
            |#cx, #given| ::xyte_plugin_sdk::prompt::PromptReturn::into_prompt_outcome(#call)
        }
    }
}

fn argument(parameter: &Parameter) -> TokenStream {
    let (name, required) = (parameter.name.to_string(), !parameter.is_optional);
    let description = option(parameter.docs.as_ref());
    quote! {
        ::xyte_plugin_sdk::prompt::Argument { name: #name, description: #description, required: #required }
    }
}
