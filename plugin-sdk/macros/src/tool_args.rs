//! What stands in `#[tool(…)]`.

use proc_macro2::Span;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Error, Ident, LitInt, LitStr, Result, Token, parenthesized};

use crate::keys::{self, value};
use crate::name;
use crate::route_use::RouteUse;

const KEYS: &str = "read_only, destructive, idempotent, open_world, experimental, name, title, task, timeout_ms, \
                    routes, optional, failures, extra";

#[derive(Default)]
pub(crate) struct ToolArgs {
    pub(crate) read_only: bool,
    pub(crate) destructive: bool,
    pub(crate) idempotent: bool,
    pub(crate) open_world: bool,
    pub(crate) experimental: bool,
    pub(crate) name: Option<LitStr>,
    pub(crate) title: Option<LitStr>,
    pub(crate) task: Task,
    pub(crate) timeout_ms: Option<u32>,
    pub(crate) routes: Vec<RouteUse>,
    pub(crate) failures: Vec<LitStr>,
    pub(crate) extra: Option<LitStr>,
}

/// Whether a call may become a background task.
#[derive(Default, Clone, Copy)]
pub(crate) enum Task {
    #[default]
    Never,
    Optional,
    Required,
}

impl Parse for ToolArgs {
    fn parse(input: ParseStream<'_>) -> Result<ToolArgs> {
        let mut args = ToolArgs::default();
        let mut destructive = Span::call_site();
        keys::each(input, |key, input| {
            if key == "destructive" {
                destructive = key.span();
            }
            args.take(key, input)
        })?;
        if args.read_only && args.destructive {
            return Err(Error::new(destructive, "a read_only tool cannot be destructive"));
        }
        Ok(args)
    }
}

impl Parse for Task {
    fn parse(input: ParseStream<'_>) -> Result<Task> {
        let word: LitStr = input.parse()?;
        match word.value().as_str() {
            "never" => Ok(Task::Never),
            "optional" => Ok(Task::Optional),
            "required" => Ok(Task::Required),
            _ => Err(Error::new(word.span(), "a task is \"never\", \"optional\" or \"required\"")),
        }
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
            "task" => self.task = value(input)?,
            "timeout_ms" => self.timeout_ms = Some(value::<LitInt>(input)?.base10_parse()?),
            "routes" => self.routes.extend(RouteUse::list(input, true)?),
            "optional" => self.routes.extend(RouteUse::list(input, false)?),
            "failures" => self.failures = failures(input)?,
            "extra" => self.extra = Some(value(input)?),
            _ => return Err(Error::new(key.span(), format!("unknown key; a tool has: {KEYS}"))),
        }
        Ok(())
    }
}

fn failures(input: ParseStream<'_>) -> Result<Vec<LitStr>> {
    let list;
    parenthesized!(list in input);
    let codes = Punctuated::<LitStr, Token![,]>::parse_terminated(&list)?;
    codes.iter().try_for_each(name::check_code)?;
    Ok(codes.into_iter().collect())
}
