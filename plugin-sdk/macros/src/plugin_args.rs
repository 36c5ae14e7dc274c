//! What stands in `#[plugin(…)]`.

use syn::parse::{Parse, ParseStream};
use syn::{Error, Ident, LitStr, Result, Token};

use crate::name;

pub(crate) struct PluginArgs {
    pub(crate) id: LitStr,
    pub(crate) title: String,
    pub(crate) experimental: bool,
}

impl Parse for PluginArgs {
    fn parse(input: ParseStream<'_>) -> Result<PluginArgs> {
        let (mut id, mut title, mut experimental) = (None, None, false);
        while !input.is_empty() {
            let key: Ident = input.parse()?;
            match key.to_string().as_str() {
                "id" if id.is_none() => id = Some(text(input)?),
                "title" if title.is_none() => title = Some(text(input)?),
                "experimental" if !experimental => experimental = true,
                "id" | "title" | "experimental" => return Err(Error::new(key.span(), "said twice")),
                _ => {
                    return Err(Error::new(key.span(), "unknown key; a plugin has: id, title, experimental"));
                }
            }
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        let id = id.ok_or_else(|| input.error("a plugin has an id: #[plugin(id = \"…\")]"))?;
        name::check_id(&id)?;
        let title = title.map_or_else(|| in_words(&id.value()), |title| title.value());
        Ok(PluginArgs { id, title, experimental })
    }
}

fn text(input: ParseStream<'_>) -> Result<LitStr> {
    input.parse::<Token![=]>()?;
    input.parse()
}

/// `Claim device` for `claim-device`.
fn in_words(id: &str) -> String {
    let words = id.replace('-', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + letters.as_str())
}
