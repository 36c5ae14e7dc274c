//! The attribute macros of `xyte-plugin-sdk`, where they are used.

mod block;
mod completions;
mod docs;
mod entry_args;
mod expand;
mod function;
mod keys;
mod name;
mod parameter;
mod plugin_args;
mod prompts;
mod resource;
mod resources;
mod route_use;
mod signature;
mod template;
mod tool;
mod tool_args;

use proc_macro::TokenStream;
use syn::parse::Nothing;
use syn::parse_macro_input;

use crate::plugin_args::PluginArgs;

/// Makes a plugin of an `impl` block.
///
/// ```text
/// #[plugin(id = "hello", title = "Hello", experimental)]
/// ```
///
/// `id` is the plugin's name, in lower case with dashes; `title` is for people and defaults to the id in words;
/// `experimental` makes every tool so. `config = Settings` names the type that `cx.config()` reads, whose schema the
/// operator's settings are held against; `with(resources, prompts, completions)` names the plugin's other blocks;
/// `extra = "{…}"` is a JSON object of further facts for the operator. The block's documentation is the plugin's
/// description, its version is the crate's.
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
/// | `task = "optional"` | whether a call may become a background task: `never`, `optional`, `required` |
/// | `timeout_ms = 60000` | the time that it asks for |
/// | `routes(routes::GET_DEVICES, …)` | the routes it cannot do without |
/// | `optional(routes::GET_HISTORIES = "why", …)` | the routes it can do without |
/// | `failures("device_not_found", …)` | the failure codes of its own |
/// | `extra = "{…}"` | further fields of MCP as a JSON object: icons, `_meta` |
///
/// A route's `why` is for the operator who grants it; without one the operation's summary is used.
#[proc_macro_attribute]
pub fn plugin(args: TokenStream, item: TokenStream) -> TokenStream {
    let args = parse_macro_input!(args as PluginArgs);
    block::expand("plugin", item.into(), |block| expand::plugin(&args, block), |_| Default::default()).into()
}

/// Serves what the functions of an `impl` block read. The block is one of the type that has `#[plugin]`, which must
/// name it: `#[plugin(…, with(resources))]`.
///
/// ```text
/// /// How a device is.
/// #[resource("device://{device_id}/status", mime = "application/json", routes(routes::GET_DEVICE))]
/// fn status(cx: &Cx, device_id: String) -> Result<Status, ServeError> { … }
/// ```
///
/// A variable of the URI is a parameter of the same name, of any type that is read from text; one that cannot be
/// read so names a resource that does not exist. Beside the URI there may be `name`, `title`, `mime`, `routes(…)`,
/// `optional(…)` and `extra`. One function may have `#[list(routes(…))]`, for resources that are not known
/// beforehand: `fn list(cx: &Cx, cursor: Option<String>) -> Result<Listing, ServeError>`.
#[proc_macro_attribute]
pub fn resources(args: TokenStream, item: TokenStream) -> TokenStream {
    parse_macro_input!(args as Nothing);
    block::expand("resources", item.into(), resources::resources, |plugin| {
        resources::table(plugin, &[], None)
    })
    .into()
}

/// Offers what the functions of an `impl` block say to begin a conversation with. The block is one of the type that
/// has `#[plugin]`, which must name it: `#[plugin(…, with(prompts))]`.
///
/// ```text
/// /// Looks for the cause of a complaint.
/// #[prompt(title = "Diagnose a room")]
/// fn diagnose(
///     cx: &Cx,
///     /// The room's name.
///     room: String,
///     /// What does not work.
///     complaint: Option<String>,
/// ) -> Result<Messages, ServeError> { … }
/// ```
///
/// Each parameter is an argument of the prompt, of any type that is read from text; an `Option` may be left out.
/// In the attribute there may be `name`, `title`, `routes(…)`, `optional(…)` and `extra`.
#[proc_macro_attribute]
pub fn prompts(args: TokenStream, item: TokenStream) -> TokenStream {
    parse_macro_input!(args as Nothing);
    block::expand("prompts", item.into(), prompts::prompts, |plugin| prompts::table(plugin, &[])).into()
}

/// Suggests values by the functions of an `impl` block. The block is one of the type that has `#[plugin]`, which must
/// name it: `#[plugin(…, with(completions))]`.
///
/// ```text
/// #[complete(prompt = "diagnose", argument = "room", routes(routes::GET_SPACES))]
/// fn room(cx: &Cx, typed: &str) -> Result<Completion, ServeError> { … }
/// ```
///
/// `resource = "device://{device_id}/status"` instead of `prompt` completes a variable of a URI. A third parameter,
/// `chosen: &Chosen`, has the arguments that have values already.
#[proc_macro_attribute]
pub fn completions(args: TokenStream, item: TokenStream) -> TokenStream {
    parse_macro_input!(args as Nothing);
    block::expand("completions", item.into(), completions::completions, |plugin| {
        completions::table(plugin, &[])
    })
    .into()
}
