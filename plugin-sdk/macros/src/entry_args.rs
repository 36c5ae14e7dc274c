//! What stands in `#[resource(…)]`, `#[prompt(…)]` and `#[list(…)]`.

use syn::parse::ParseStream;
use syn::{Error, LitStr, Meta, Result, Token};

use crate::keys::{self, value};
use crate::route_use::RouteUse;

/// The keys of an entry, of which each attribute has some.
#[derive(Default)]
pub(crate) struct EntryArgs {
    /// The literal that a resource begins with.
    pub(crate) template: Option<LitStr>,
    pub(crate) name: Option<LitStr>,
    pub(crate) title: Option<LitStr>,
    pub(crate) mime: Option<LitStr>,
    pub(crate) routes: Vec<RouteUse>,
    pub(crate) extra: Option<LitStr>,
}

impl EntryArgs {
    /// Reads the attribute of a `noun` that has these keys.
    pub(crate) fn read(attribute: &syn::Attribute, noun: &str, known: &[&str]) -> Result<EntryArgs> {
        if matches!(attribute.meta, Meta::Path(_)) {
            return Ok(EntryArgs::default());
        }
        attribute.parse_args_with(|input: ParseStream<'_>| {
            let mut args = EntryArgs::default();
            if input.peek(LitStr) {
                args.template = Some(input.parse()?);
                if !input.is_empty() {
                    input.parse::<Token![,]>()?;
                }
            }
            keys::each(input, |key, input| {
                let word = key.to_string();
                if !known.contains(&word.as_str()) {
                    let sentence = format!("unknown key; a {noun} has: {}", known.join(", "));
                    return Err(Error::new(key.span(), sentence));
                }
                match word.as_str() {
                    "name" => args.name = Some(value(input)?),
                    "title" => args.title = Some(value(input)?),
                    "mime" => args.mime = Some(value(input)?),
                    "routes" => args.routes.extend(RouteUse::list(input, true)?),
                    "optional" => args.routes.extend(RouteUse::list(input, false)?),
                    _ => args.extra = Some(value(input)?),
                }
                Ok(())
            })?;
            Ok(args)
        })
    }
}
