//! What stands in `#[plugin(…)]`.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Error, Ident, LitStr, Result, Token, Type, parenthesized};

use crate::keys::{self, value};
use crate::name;

const KEYS: &str = "id, title, experimental, config, with, extra";

pub(crate) struct PluginArgs {
    pub(crate) id: LitStr,
    pub(crate) title: String,
    pub(crate) experimental: bool,
    /// The type of its settings.
    pub(crate) config: Option<Type>,
    /// The other blocks of the plugin.
    pub(crate) with: Vec<With>,
    pub(crate) extra: Option<LitStr>,
}

/// Another block of the plugin, by the name of its attribute.
pub(crate) struct With {
    pub(crate) name: Ident,
    pub(crate) part: Part,
}

/// The other blocks that a plugin may have.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Part {
    Resources,
    Prompts,
    Completions,
}

impl Part {
    /// The trait that the other block implements.
    pub(crate) fn written(self, span: Span) -> TokenStream {
        match self {
            Part::Resources => quote_spanned!(span=> ::xyte_plugin_sdk::resource::Resources),
            Part::Prompts => quote_spanned!(span=> ::xyte_plugin_sdk::prompt::Prompts),
            Part::Completions => quote_spanned!(span=> ::xyte_plugin_sdk::completion::Completions),
        }
    }

    /// The trait that `with(…)` implements.
    pub(crate) fn named(self) -> TokenStream {
        match self {
            Part::Resources => quote!(::xyte_plugin_sdk::resource::WithResources),
            Part::Prompts => quote!(::xyte_plugin_sdk::prompt::WithPrompts),
            Part::Completions => quote!(::xyte_plugin_sdk::completion::WithCompletions),
        }
    }
}

impl Parse for PluginArgs {
    fn parse(input: ParseStream<'_>) -> Result<PluginArgs> {
        let (mut id, mut title, mut experimental) = (None, None::<LitStr>, false);
        let (mut config, mut with, mut extra) = (None, Vec::new(), None);
        keys::each(input, |key, input| {
            match key.to_string().as_str() {
                "id" => id = Some(value(input)?),
                "title" => title = Some(value(input)?),
                "experimental" => experimental = true,
                "config" => config = Some(value(input)?),
                "with" => with = parts(input)?,
                "extra" => extra = Some(value(input)?),
                _ => return Err(Error::new(key.span(), format!("unknown key; a plugin has: {KEYS}"))),
            }
            Ok(())
        })?;
        let id: LitStr = id.ok_or_else(|| input.error("a plugin has an id: #[plugin(id = \"…\")]"))?;
        name::check_id(&id)?;
        let title = title.map_or_else(|| in_words(&id.value()), |title| title.value());
        Ok(PluginArgs { id, title, experimental, config, with, extra })
    }
}

impl Parse for With {
    fn parse(input: ParseStream<'_>) -> Result<With> {
        let name: Ident = input.parse()?;
        let part = match name.to_string().as_str() {
            "resources" => Part::Resources,
            "prompts" => Part::Prompts,
            "completions" => Part::Completions,
            _ => {
                return Err(Error::new(
                    name.span(),
                    "unknown block; there are: resources, prompts, completions",
                ));
            }
        };
        Ok(With { name, part })
    }
}

fn parts(input: ParseStream<'_>) -> Result<Vec<With>> {
    let list;
    parenthesized!(list in input);
    Ok(Punctuated::<With, Token![,]>::parse_terminated(&list)?.into_iter().collect())
}

/// `Claim device` for `claim-device`.
fn in_words(id: &str) -> String {
    let words = id.replace('-', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + letters.as_str())
}
