//! What stands in `#[tool(…)]`.

use proc_macro2::Span;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Error, Ident, LitInt, LitStr, Path, Result, Token, parenthesized};

use crate::name;

const KEYS: &str = "read_only, destructive, idempotent, open_world, experimental, name, title, timeout_ms, routes, \
                    optional, failures";

/// The longest sentence that the contract allows for a route.
const WHY_CHARS_MAX: usize = 200;

#[derive(Default)]
pub(crate) struct ToolArgs {
    pub(crate) read_only: bool,
    pub(crate) destructive: bool,
    pub(crate) idempotent: bool,
    pub(crate) open_world: bool,
    pub(crate) experimental: bool,
    pub(crate) name: Option<LitStr>,
    pub(crate) title: Option<LitStr>,
    pub(crate) timeout_ms: Option<u32>,
    pub(crate) routes: Vec<RouteUse>,
    pub(crate) failures: Vec<LitStr>,
}

/// A route of the list, with the sentence for the operator.
pub(crate) struct RouteUse {
    pub(crate) route: Path,
    pub(crate) why: Option<LitStr>,
    pub(crate) required: bool,
}

impl Parse for ToolArgs {
    fn parse(input: ParseStream<'_>) -> Result<ToolArgs> {
        let mut args = ToolArgs::default();
        let mut seen: Vec<String> = Vec::new();
        let mut destructive = Span::call_site();
        while !input.is_empty() {
            let key: Ident = input.parse()?;
            if seen.iter().any(|earlier| key == earlier) {
                return Err(Error::new(key.span(), "said twice"));
            }
            if key == "destructive" {
                destructive = key.span();
            }
            args.take(&key, input)?;
            seen.push(key.to_string());
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        if args.read_only && args.destructive {
            return Err(Error::new(destructive, "a read_only tool cannot be destructive"));
        }
        Ok(args)
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

impl ToolArgs {
    fn take(&mut self, key: &Ident, input: ParseStream<'_>) -> Result<()> {
        match key.to_string().as_str() {
            "read_only" => self.read_only = true,
            "destructive" => self.destructive = true,
            "idempotent" => self.idempotent = true,
            "open_world" => self.open_world = true,
            "experimental" => self.experimental = true,
            "name" => self.name = Some(value(input)?),
            "title" => self.title = Some(value(input)?),
            "timeout_ms" => self.timeout_ms = Some(value::<LitInt>(input)?.base10_parse()?),
            "routes" => self.routes.extend(routes(input, true)?),
            "optional" => self.routes.extend(routes(input, false)?),
            "failures" => self.failures = failures(input)?,
            _ => return Err(Error::new(key.span(), format!("unknown key; a tool has: {KEYS}"))),
        }
        Ok(())
    }
}

fn value<T: Parse>(input: ParseStream<'_>) -> Result<T> {
    input.parse::<Token![=]>()?;
    input.parse()
}

fn routes(input: ParseStream<'_>, required: bool) -> Result<Vec<RouteUse>> {
    let list;
    parenthesized!(list in input);
    let routes = Punctuated::<RouteUse, Token![,]>::parse_terminated(&list)?;
    Ok(routes.into_iter().map(|route| RouteUse { required, ..route }).collect())
}

fn failures(input: ParseStream<'_>) -> Result<Vec<LitStr>> {
    let list;
    parenthesized!(list in input);
    let codes = Punctuated::<LitStr, Token![,]>::parse_terminated(&list)?;
    codes.iter().try_for_each(name::check_code)?;
    Ok(codes.into_iter().collect())
}
