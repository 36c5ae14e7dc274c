//! The expansion of `#[resources]`.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Error, Ident, ImplItemFn, ItemImpl, Result};

use crate::entry_args::EntryArgs;
use crate::resource::Resource;
use crate::route_use::RouteUse;
use crate::signature::Form;
use crate::{block, function};

const LIST: Form = Form {
    noun: "list",
    sentence: "a list is `fn list(cx: &Cx, cursor: Option<String>) -> Result<Listing, ServeError>`",
};

enum Item {
    Resource(Box<Resource>),
    List(List),
}

/// The function that lists resources which are not known beforehand.
struct List {
    function: Ident,
    routes: Vec<RouteUse>,
}

pub(crate) fn resources(block: &mut ItemImpl) -> Result<TokenStream> {
    let items = block::take(block, take, same)?;
    let plugin = block::own_type(block)?;
    if items.is_empty() {
        return Err(Error::new_spanned(&block.self_ty, "no function here has #[resource] or #[list]"));
    }
    let entries = items.iter().filter_map(|item| match item {
        Item::Resource(resource) => Some(resource.entry(plugin)),
        Item::List(_) => None,
    });
    let list = items.iter().find_map(|item| match item {
        Item::List(list) => Some(list.entry(plugin)),
        Item::Resource(_) => None,
    });
    let list = crate::route_use::option(list.as_ref());
    let named = quote_spanned!(block.self_ty.span()=> ::xyte_plugin_sdk::resource::Resources for #plugin);
    let export = block::export(plugin, "export_resources", Some("with_resources"));
    Ok(quote! {
        impl #named {
            const RESOURCES: &'static [::xyte_plugin_sdk::resource::Resource] = &[#(#entries),*];
            const LIST: ::core::option::Option<::xyte_plugin_sdk::resource::ResourceList> = #list;
        }
        #export
    })
}

fn take(function: &mut ImplItemFn) -> Option<Result<Item>> {
    if let Some(resource) = Resource::take(function) {
        return Some(resource.map(|resource| Item::Resource(Box::new(resource))));
    }
    let attribute = function::take_attribute(function, "list")?;
    let read = || {
        let EntryArgs { routes, .. } = EntryArgs::read(&attribute, "list", &["routes", "optional"])?;
        match LIST.read(&function.sig)?.parameters.len() {
            1 => Ok(Item::List(List { function: function.sig.ident.clone(), routes })),
            _ => Err(LIST.error(&function.sig.ident)),
        }
    };
    Some(read())
}

fn same(earlier: &Item, item: &Item) -> Option<Error> {
    match (earlier, item) {
        (Item::Resource(earlier), Item::Resource(resource)) => (earlier.template.value()
            == resource.template.value())
        .then(|| Error::new(resource.template.span(), "another resource of this plugin has this URI")),
        (Item::List(_), Item::List(list)) => {
            Some(Error::new(list.function.span(), "a plugin has one function that lists its resources"))
        }
        _ => None,
    }
}

impl List {
    fn entry(&self, plugin: &Ident) -> TokenStream {
        let List { function, routes } = self;
        let plugin = Ident::new(&plugin.to_string(), function.span());
        let list = quote_spanned! {function.span()=>
            |cx, cursor| ::xyte_plugin_sdk::resource::run_list(cx, cursor, #plugin::#function)
        };
        quote! {
            ::xyte_plugin_sdk::resource::ResourceList { routes: &[#(#routes),*], list: #list }
        }
    }
}
