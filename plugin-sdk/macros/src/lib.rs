//! The attribute macro of `xyte-plugin-sdk`, where it is documented.

mod docs;
mod expand;
mod keys;
mod name;
mod plugin_args;
mod route_use;
mod signature;
mod tool;
mod tool_args;

use proc_macro::TokenStream;
use syn::{ItemImpl, parse_macro_input};

use crate::plugin_args::PluginArgs;

/// Makes a plugin of an `impl` block.
///
/// ```text
/// #[plugin(id = "hello", title = "Hello", experimental)]
/// ```
///
/// `id` is the plugin's name, in lower case with dashes; `title` is for people and defaults to the id in words;
/// `experimental` makes every tool so. The block's documentation is the plugin's description, its version is the
/// crate's.
///
/// Each function with `#[tool(…)]` becomes a tool, whose description is the function's documentation. It is
/// `fn name(cx: &Cx, args: Args) -> Result<T, ToolError>`, or the same without arguments. In its attribute, all of
/// it optional:
///
/// | key | what it says |
/// |---|---|
/// | `read_only` | it changes nothing; the host refuses its writes |
/// | `destructive`, `idempotent`, `open_world` | hints to the client |
/// | `experimental` | hidden unless the operator wants experiments |
/// | `name = "…"`, `title = "…"` | its name, when it is not the function's, and its title |
/// | `timeout_ms = 60000` | the time that it asks for |
/// | `routes(routes::GET_DEVICES, …)` | the routes it cannot do without |
/// | `optional(routes::GET_HISTORIES = "why", …)` | the routes it can do without |
/// | `failures("device_not_found", …)` | the failure codes of its own |
///
/// A route's `why` is for the operator who grants it; without one the operation's summary is used.
#[proc_macro_attribute]
pub fn plugin(args: TokenStream, item: TokenStream) -> TokenStream {
    let args = parse_macro_input!(args as PluginArgs);
    let item: proc_macro2::TokenStream = item.into();
    let span =
        item.clone().into_iter().next().map_or_else(proc_macro2::Span::call_site, |token| token.span());
    match syn::parse2::<ItemImpl>(item) {
        Ok(block) => expand::plugin(&args, block).into(),
        Err(_) => syn::Error::new(span, "#[plugin] belongs on an `impl` block of a unit struct")
            .into_compile_error()
            .into(),
    }
}
