//! The expansion of `#[resources]`.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{Error, Ident, ImplItemFn, ItemImpl, Result};

use crate::entry_args::EntryArgs;
use crate::resource::Resource;
use crate::route_use::{RouteUse, option};
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
    let entries: Vec<_> = items.iter().filter_map(|item| item.entry(plugin)).collect();
    let list = items.iter().find_map(|item| item.list(plugin));
    let table = table(plugin, &entries, list.as_ref());
    let export = block::export(plugin, "export_resources", Some("with_resources"));
    Ok(quote!(#table #export))
}

/// What `#[plugin]` looks for. An error about it is at the type's name in the block.
pub(crate) fn table(plugin: &Ident, entries: &[TokenStream], list: Option<&TokenStream>) -> TokenStream {
    let list = option(list);
    let named = quote_spanned!(plugin.span()=> ::xyte_plugin_sdk::resource::Resources for #plugin);
    quote! {
        impl #named {
            const RESOURCES: &'static [::xyte_plugin_sdk::resource::Resource] = &[#(#entries),*];
            const LIST: ::core::option::Option<::xyte_plugin_sdk::resource::ResourceList> = #list;
        }
    }
}

impl Item {
    fn entry(&self, plugin: &Ident) -> Option<TokenStream> {
        match self {
            Item::Resource(resource) => Some(resource.entry(plugin)),
            Item::List(_) => None,
        }
    }

    fn list(&self, plugin: &Ident) -> Option<TokenStream> {
        match self {
            Item::List(list) => Some(list.entry(plugin)),
            Item::Resource(_) => None,
        }
    }
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
