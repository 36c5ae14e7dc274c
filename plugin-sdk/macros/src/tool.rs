//! One function of the block, and the entry it becomes.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Attribute, Error, FnArg, Ident, ImplItemFn, LitStr, Meta, Result, Type};

use crate::route_use::option;
use crate::signature::Form;
use crate::tool_args::{Task, ToolArgs};
use crate::{docs, function, name};

/// The longest description that the contract allows, in bytes.
const DESCRIPTION_BYTES_MAX: usize = 4096;

const FORM: Form = Form {
    noun: "tool",
    sentence: "a tool is `fn name(cx: &Cx, args: Args) -> Result<T, ToolError>`, with or without `args`",
};

pub(crate) struct Tool {
    /// What it is called in the contract.
    pub(crate) name: LitStr,
    function: Ident,
    description: String,
    args: ToolArgs,
    /// None: the tool takes no arguments.
    arguments: Option<Type>,
    returns: Type,
}

impl Tool {
    /// Reads the function if it is a tool, and takes the attribute off it.
    pub(crate) fn take(function: &mut ImplItemFn) -> Option<Result<Tool>> {
        let attribute = function::take_attribute(function, "tool")?;
        Some(Tool::read(&attribute, function))
    }

    fn read(attribute: &Attribute, function: &ImplItemFn) -> Result<Tool> {
        let ident = &function.sig.ident;
        let args = match &attribute.meta {
            Meta::Path(_) => ToolArgs::default(),
            _ => attribute.parse_args()?,
        };
        let description = docs::text(&function.attrs).ok_or_else(|| {
            Error::new_spanned(
                ident,
                "a tool needs a doc comment: it is what the model reads to choose the tool",
            )
        })?;
        if description.len() > DESCRIPTION_BYTES_MAX {
            return Err(Error::new_spanned(ident, "a tool's description is at most 4 KiB"));
        }
        let name = args.name.clone().unwrap_or_else(|| LitStr::new(&ident.to_string(), ident.span()));
        name::check_tool(&name)?;
        let shape = FORM.read(&function.sig)?;
        let arguments = match shape.parameters.as_slice() {
            [] => None,
            [FnArg::Typed(arguments)] => Some((*arguments.ty).clone()),
            _ => return Err(FORM.error(&function.sig.inputs)),
        };
        let returns = shape.returns.clone();
        Ok(Tool { name, function: ident.clone(), description, args, arguments, returns })
    }

    /// The tool's entry in the plugin's table.
    pub(crate) fn entry(&self, plugin: &Ident, all_experimental: bool) -> TokenStream {
        let Tool { name, description, args, .. } = self;
        let ToolArgs { read_only, destructive, idempotent, open_world, routes, failures, .. } = args;
        let title = option(args.title.as_ref());
        let experimental = args.experimental || all_experimental;
        let timeout_ms = option(args.timeout_ms.as_ref());
        let extra = option(args.extra.as_ref());
        let task = match args.task {
            Task::Never => quote!(Never),
            Task::Optional => quote!(Optional),
            Task::Required => quote!(Required),
        };
        let (input_schema, run) = self.input_and_run(plugin);
        let returns = &self.returns;
        let output_schema = quote_spanned! {returns.span()=>
            <#returns as ::xyte_plugin_sdk::plugin::ToolReturn>::output_schema
        };
        quote! {
            ::xyte_plugin_sdk::plugin::Tool {
                name: #name,
                title: #title,
                description: #description,
                annotations: ::xyte_plugin_sdk::plugin::Annotations {
                    read_only: #read_only,
                    destructive: #destructive,
                    idempotent: #idempotent,
                    open_world: #open_world,
                },
                experimental: #experimental,
                task: ::xyte_plugin_sdk::plugin::TaskSupport::#task,
                timeout_ms: #timeout_ms,
                routes: &[#(#routes),*],
                failure_codes: &[#(#failures),*],
                extra: #extra,
                input_schema: #input_schema,
                output_schema: #output_schema,
                run: #run,
            }
        }
    }

    fn input_and_run(&self, plugin: &Ident) -> (TokenStream, TokenStream) {
        let function = &self.function;
        // A wrong type is reported at the function, not at the block.
        let plugin = Ident::new(&plugin.to_string(), function.span());
        let sdk = quote!(::xyte_plugin_sdk::plugin);
        match &self.arguments {
            Some(arguments) => (
                quote_spanned!(arguments.span()=> ::xyte_plugin_sdk::schema::input::<#arguments>),
                quote_spanned!(arguments.span()=> |cx, arguments| {
                    #sdk::run::<#arguments, _>(cx, arguments, #plugin::#function)
                }),
            ),
            None => (
                quote!(::xyte_plugin_sdk::schema::no_input),
                quote_spanned!(function.span()=> |cx, _| #sdk::run_without_arguments(cx, #plugin::#function)),
            ),
        }
    }
}
