//! One function of a `#[resources]` block, and the entry it becomes.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Attribute, Error, Ident, ImplItemFn, LitStr, Result, Type};

use crate::entry_args::EntryArgs;
use crate::parameter::{self, Parameter};
use crate::route_use::option;
use crate::signature::Form;
use crate::{docs, function, template};

const KEYS: &[&str] = &["name", "title", "mime", "routes", "optional", "extra"];
const FORM: Form = Form {
    noun: "resource",
    sentence: "a resource is `fn name(cx: &Cx, variable: String, …) -> Result<T, ServeError>`, with one parameter for \
               each variable of its URI",
};
/// The longest name that the contract allows, in characters.
const NAME_CHARS_MAX: usize = 64;

pub(crate) struct Resource {
    pub(crate) template: LitStr,
    name: LitStr,
    function: Ident,
    description: String,
    variables: Vec<String>,
    parameters: Vec<Parameter>,
    returns: Type,
    args: EntryArgs,
}

impl Resource {
    /// Reads the function if it is a resource, and takes the attribute off it.
    pub(crate) fn take(function: &mut ImplItemFn) -> Option<Result<Resource>> {
        let attribute = function::take_attribute(function, "resource")?;
        Some(Resource::read(&attribute, function))
    }

    fn read(attribute: &Attribute, function: &mut ImplItemFn) -> Result<Resource> {
        let parameters = parameter::take(function, &FORM)?;
        let returns = FORM.read(&function.sig)?.returns.clone();
        let ident = &function.sig.ident;
        let mut args = EntryArgs::read(attribute, "resource", KEYS)?;
        let template = args.template.take().ok_or_else(|| {
            Error::new_spanned(
                attribute,
                "a resource has a URI: #[resource(\"device://{device_id}/status\")]",
            )
        })?;
        let description = docs::text(&function.attrs).ok_or_else(|| {
            Error::new_spanned(
                ident,
                "a resource needs a doc comment: it is what clients and models choose by",
            )
        })?;
        let variables = template::variables(&template)?;
        check_parameters(&template, &variables, &parameters)?;
        let name = args.name.clone().unwrap_or_else(|| LitStr::new(&ident.to_string(), ident.span()));
        if name.value().is_empty() || name.value().chars().count() > NAME_CHARS_MAX {
            return Err(Error::new(name.span(), "a resource's name has 1 to 64 characters"));
        }
        Ok(Resource {
            template,
            name,
            function: ident.clone(),
            description,
            variables,
            parameters,
            returns,
            args,
        })
    }

    /// The resource's entry in the table.
    pub(crate) fn entry(&self, plugin: &Ident) -> TokenStream {
        let Resource { template, name, description, variables, .. } = self;
        let EntryArgs { title, mime, routes, extra, .. } = &self.args;
        let (title, mime, extra) = (option(title.as_ref()), option(mime.as_ref()), option(extra.as_ref()));
        let read = self.read_function(plugin);
        quote! {
            ::xyte_plugin_sdk::resource::Resource {
                template: #template,
                variables: &[#(#variables),*],
                name: #name,
                title: #title,
                description: #description,
                mime: #mime,
                routes: &[#(#routes),*],
                extra: #extra,
                read: #read,
            }
        }
    }

    fn read_function(&self, plugin: &Ident) -> TokenStream {
        let (cx, reading) = (Ident::new("cx", Span::mixed_site()), Ident::new("reading", Span::mixed_site()));
        let function = &self.function;
        // A wrong type is reported at the function, not at the block.
        let plugin = Ident::new(&plugin.to_string(), function.span());
        let values = self.parameters.iter().map(|parameter| {
            let (name, ty) = (parameter.name.to_string(), &parameter.ty);
            quote_spanned!(ty.span()=> #reading.value::<#ty>(#name)?)
        });
        let call = quote_spanned!(function.span()=> #plugin::#function(#cx, #(#values),*));
        quote_spanned!(self.returns.span()=> |#cx, #reading| #reading.outcome(#call))
    }
}

fn check_parameters(template: &LitStr, variables: &[String], parameters: &[Parameter]) -> Result<()> {
    for parameter in parameters {
        let name = &parameter.name;
        if !variables.iter().any(|variable| name == variable) {
            return Err(Error::new(name.span(), format!("the URI has no variable {{{name}}}")));
        }
        if parameter.is_optional {
            return Err(Error::new_spanned(&parameter.ty, "a variable of a URI is never left out"));
        }
    }
    let missing =
        variables.iter().find(|variable| parameters.iter().all(|given| given.name != variable.as_str()));
    match missing {
        Some(missing) => Err(Error::new(template.span(), format!("no parameter takes {{{missing}}}"))),
        None => Ok(()),
    }
}
