//! The routes in an attribute: `routes(routes::GET_DEVICE = "why", …)`.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Error, LitStr, Path, Result, Token, parenthesized};

use crate::keys::value;

/// The longest sentence that the contract allows for a route.
const WHY_CHARS_MAX: usize = 200;

/// A route of the list, with the sentence for the operator.
pub(crate) struct RouteUse {
    route: Path,
    why: Option<LitStr>,
    required: bool,
}

impl RouteUse {
    /// The list in its parentheses.
    pub(crate) fn list(input: ParseStream<'_>, required: bool) -> Result<Vec<RouteUse>> {
        let list;
        parenthesized!(list in input);
        let routes = Punctuated::<RouteUse, Token![,]>::parse_terminated(&list)?;
        Ok(routes.into_iter().map(|route| RouteUse { required, ..route }).collect())
    }
}

impl Parse for RouteUse {
    fn parse(input: ParseStream<'_>) -> Result<RouteUse> {
        let route: Path = input.parse()?;
        let why: Option<LitStr> = input.peek(Token![=]).then(|| value(input)).transpose()?;
        if let Some(why) = why.as_ref().filter(|why| why.value().chars().count() > WHY_CHARS_MAX) {
            return Err(Error::new(
                why.span(),
                "at most 200 characters: it is one sentence for the operator",
            ));
        }
        Ok(RouteUse { route, why, required: true })
    }
}

impl ToTokens for RouteUse {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let RouteUse { route, why, required } = self;
        let why = option(why.as_ref());
        tokens.extend(quote! {
            ::xyte_plugin_sdk::route::RouteUse { route: &#route, why: #why, required: #required }
        });
    }
}

/// `Some(value)` or `None` in the expansion.
pub(crate) fn option(value: Option<&impl ToTokens>) -> TokenStream {
    match value {
        Some(value) => quote!(::core::option::Option::Some(#value)),
        None => quote!(::core::option::Option::None),
    }
}
