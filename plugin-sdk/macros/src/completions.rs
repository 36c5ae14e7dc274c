//! The expansion of `#[completions]`.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::parse::{Parse, ParseStream};
use syn::spanned::Spanned;
use syn::{Error, Ident, ImplItemFn, ItemImpl, LitStr, Result, Type};

use crate::keys::{self, value};
use crate::route_use::RouteUse;
use crate::signature::Form;
use crate::{block, function};

const KEYS: &str = "prompt, resource, argument, routes, optional";
const FORM: Form = Form {
    noun: "completion",
    sentence: "a completion is `fn name(cx: &Cx, typed: &str) -> Result<Vec<String>, ServeError>`, with or without \
               `chosen: &Chosen`",
};
const WHAT: &str = "a completion says what it completes: #[complete(prompt = \"…\", argument = \"…\")], or `resource` \
                    with a URI";

struct Completer {
    function: Ident,
    /// Whether it wants to know what is chosen already.
    takes_chosen: bool,
    returns: Type,
    args: CompleteArgs,
}

struct CompleteArgs {
    of: Of,
    argument: LitStr,
    routes: Vec<RouteUse>,
}

enum Of {
    Prompt(LitStr),
    Resource(LitStr),
}

impl Parse for CompleteArgs {
    fn parse(input: ParseStream<'_>) -> Result<CompleteArgs> {
        let (mut of, mut argument, mut routes) = (None, None, Vec::new());
        keys::each(input, |key, input| {
            match key.to_string().as_str() {
                "prompt" | "resource" if of.is_some() => return Err(Error::new(key.span(), WHAT)),
                "prompt" => of = Some(Of::Prompt(value(input)?)),
                "resource" => of = Some(Of::Resource(value(input)?)),
                "argument" => argument = Some(value(input)?),
                "routes" => routes.extend(RouteUse::list(input, true)?),
                "optional" => routes.extend(RouteUse::list(input, false)?),
                _ => return Err(Error::new(key.span(), format!("unknown key; a completion has: {KEYS}"))),
            }
            Ok(())
        })?;
        match (of, argument) {
            (Some(of), Some(argument)) => Ok(CompleteArgs { of, argument, routes }),
            _ => Err(Error::new(input.span(), WHAT)),
        }
    }
}

pub(crate) fn completions(block: &mut ItemImpl) -> Result<TokenStream> {
    let completers = block::take(block, Completer::take, |_, _| None)?;
    let plugin = block::own_type(block)?;
    if completers.is_empty() {
        return Err(Error::new_spanned(&block.self_ty, "no function here has #[complete]"));
    }
    let entries: Vec<_> = completers.iter().map(|completer| completer.entry(plugin)).collect();
    let checks = completers.iter().map(|completer| completer.check(plugin));
    let table = table(plugin, &entries);
    let export = block::export(plugin, "export_completions", Some("with_completions"));
    Ok(quote!(#table #(#checks)* #export))
}

/// What `#[plugin]` looks for. An error about it is at the type's name in the block.
pub(crate) fn table(plugin: &Ident, entries: &[TokenStream]) -> TokenStream {
    let named = quote_spanned!(plugin.span()=> ::xyte_plugin_sdk::completion::Completions for #plugin);
    quote! {
        impl #named {
            const COMPLETERS: &'static [::xyte_plugin_sdk::completion::Completer] = &[#(#entries),*];
        }
    }
}

impl Completer {
    fn take(function: &mut ImplItemFn) -> Option<Result<Completer>> {
        let attribute = function::take_attribute(function, "complete")?;
        let read = || {
            let args = attribute.parse_args()?;
            let shape = FORM.read(&function.sig)?;
            let takes_chosen = match shape.parameters.len() {
                1 => false,
                2 => true,
                _ => return Err(FORM.error(&function.sig.ident)),
            };
            let returns = shape.returns.clone();
            Ok(Completer { function: function.sig.ident.clone(), takes_chosen, returns, args })
        };
        Some(read())
    }

    fn entry(&self, plugin: &Ident) -> TokenStream {
        let Completer { function, args: CompleteArgs { of, argument, routes }, .. } = self;
        let plugin = Ident::new(&plugin.to_string(), function.span());
        let of = match of {
            Of::Prompt(name) => quote!(Prompt(#name)),
            Of::Resource(template) => quote!(Resource(#template)),
        };
        let [cx, typed, chosen] = ["cx", "typed", "chosen"].map(|name| Ident::new(name, Span::mixed_site()));
        let context = self.takes_chosen.then_some(&chosen).into_iter();
        let call = quote_spanned!(function.span()=> #plugin::#function(#cx, #typed #(, #context)*));
        let complete = quote_spanned! {self.returns.span()=>
            |#cx, #typed, #chosen| ::xyte_plugin_sdk::completion::finish(#call)
        };
        quote! {
            ::xyte_plugin_sdk::completion::Completer {
                of: ::xyte_plugin_sdk::completion::Completed::#of,
                argument: #argument,
                routes: &[#(#routes),*],
                complete: #complete,
            }
        }
    }

    /// What it completes must be there; if it is not, the error is at its name.
    fn check(&self, plugin: &Ident) -> TokenStream {
        let argument = &self.args.argument;
        match &self.args.of {
            Of::Prompt(name) => quote_spanned! {name.span()=>
                const _: () = ::xyte_plugin_sdk::completion::check_prompt(
                    <#plugin as ::xyte_plugin_sdk::prompt::Prompts>::PROMPTS,
                    #name,
                    #argument,
                );
            },
            Of::Resource(template) => quote_spanned! {template.span()=>
                const _: () = ::xyte_plugin_sdk::completion::check_resource(
                    <#plugin as ::xyte_plugin_sdk::resource::Resources>::RESOURCES,
                    #template,
                    #argument,
                );
            },
        }
    }
}
