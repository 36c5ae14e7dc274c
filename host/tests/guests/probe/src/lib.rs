//! A guest for the host's tests: each tool does on demand one thing that a plugin should not do, or shows one thing
//! that a plugin gets to see.

mod break_out;
mod keep;
mod request;
mod say;
mod serve;
mod show;
#[cfg(test)]
mod tests;

use xyte_plugin_sdk::bindings::types::ToolOutcome;
use xyte_plugin_sdk::{Cx, Outcome, RawJson, Text, ToolError, plugin, routes};

/// Misbehaves.
pub struct Probe;

/// Misbehaves on demand, for the tests of the host.
#[plugin(id = "probe", config = keep::Settings, with(resources, prompts, completions))]
impl Probe {
    /// Sends a request as it is, and returns the answer or the error as it is.
    #[tool(optional(
        routes::GET_ORGANIZATION_INFO,
        routes::GET_DEVICES,
        routes::GET_DEVICE,
        routes::GET_HISTORIES,
        routes::CLAIM_DEVICE,
        routes::SEND_COMMAND,
        routes::CANCEL_COMMAND,
        routes::GET_SPACE
    ))]
    fn send(cx: &Cx, args: request::Send) -> Result<request::Answer, ToolError> {
        Ok(request::send(cx, args))
    }

    /// Sends so many requests at the same time, and counts those that were answered.
    #[tool(read_only, routes(routes::GET_DEVICES))]
    fn send_many(cx: &Cx, args: request::SendMany) -> Result<request::Counted, ToolError> {
        Ok(request::send_many(cx, &args))
    }

    /// Claims a device although it says that it changes nothing.
    #[tool(read_only, routes(routes::CLAIM_DEVICE))]
    fn read_only_writes(cx: &Cx) -> Result<request::Answer, ToolError> {
        Ok(request::claim(cx))
    }

    /// Never ends, and has one second.
    #[tool(read_only, timeout_ms = 1000)]
    fn spin(_cx: &Cx) -> Result<Text, ToolError> {
        break_out::spin()
    }

    /// Never ends, and has more time than it may compute.
    #[tool(read_only, timeout_ms = 60000)]
    fn spin_on(_cx: &Cx) -> Result<Text, ToolError> {
        break_out::spin()
    }

    /// Takes memory until there is none.
    #[tool(read_only)]
    fn hoard(_cx: &Cx) -> Result<Text, ToolError> {
        break_out::hoard()
    }

    /// Calls itself until there is no stack.
    #[tool(read_only)]
    fn overflow(_cx: &Cx) -> Result<Text, ToolError> {
        Ok(Text(break_out::overflow(0).to_string()))
    }

    /// Panics.
    #[tool(read_only)]
    fn trap(_cx: &Cx) -> Result<Text, ToolError> {
        panic!("the probe panics on demand")
    }

    /// Ends the program.
    #[tool(read_only)]
    fn exit(_cx: &Cx) -> Result<Text, ToolError> {
        std::process::exit(1)
    }

    /// Waits so many milliseconds, and has one second.
    #[tool(read_only, timeout_ms = 1000)]
    fn sleep(cx: &Cx, args: show::Sleep) -> Result<show::Slept, ToolError> {
        Ok(show::sleep(cx, &args))
    }

    /// Writes lines to the log, to stdout and to stderr.
    #[tool(read_only)]
    fn say(cx: &Cx, args: say::Say) -> Result<Text, ToolError> {
        say::say(cx, &args)
    }

    /// Answers with this text as its structured content, JSON or not.
    #[tool(read_only)]
    fn answer(_cx: &Cx, args: show::RawAnswer) -> Result<RawJson, ToolError> {
        Ok(RawJson(args.json))
    }

    /// Returns the facts of the call.
    #[tool(read_only)]
    fn facts(cx: &Cx) -> Result<show::Facts, ToolError> {
        Ok(show::facts(cx))
    }

    /// Answers with so many bytes.
    #[tool(read_only)]
    fn big(_cx: &Cx, args: show::Big) -> Result<RawJson, ToolError> {
        Ok(show::big(&args))
    }

    /// Fails with this code.
    #[tool(read_only, failures("lamp_broken"))]
    fn fail(_cx: &Cx, args: show::Fail) -> Result<Text, ToolError> {
        Err(show::failure(args))
    }

    /// Asks the user for a colour, then for a shade, and says both.
    #[tool(read_only)]
    fn needs_input(cx: &Cx, args: show::Wanted) -> Result<Outcome<Text>, ToolError> {
        show::paint(cx, &args)
    }

    /// Asks so many times, one after the other.
    #[tool(read_only)]
    fn ask_often(cx: &Cx, args: show::Often) -> Result<Outcome<Text>, ToolError> {
        show::ask_often(cx, &args)
    }

    /// Says that a list, or a resource, is not what it was.
    #[tool(read_only)]
    fn announce(cx: &Cx, args: show::News) -> Result<Text, ToolError> {
        show::announce(cx, &args);
        Ok(Text("Announced.".to_owned()))
    }

    /// Claims a device, and asks the user a question afterwards.
    #[tool(routes(routes::CLAIM_DEVICE))]
    fn ask_after_write(cx: &Cx) -> Result<ToolOutcome, ToolError> {
        request::claim(cx);
        Ok(show::question())
    }

    /// Reads, writes or removes what outlives the call.
    #[tool(read_only)]
    fn keep(cx: &Cx, args: keep::Keep) -> Result<keep::Kept, ToolError> {
        Ok(keep::keep(cx, &args))
    }

    /// Returns the operator's settings.
    #[tool(read_only)]
    fn settings(cx: &Cx) -> Result<keep::Settings, ToolError> {
        keep::settings(cx)
    }

    /// Says how far it is, so often.
    #[tool(read_only)]
    fn report(cx: &Cx, args: keep::Report) -> Result<Text, ToolError> {
        keep::report(cx, &args);
        Ok(Text("Reported.".to_owned()))
    }

    /// Is there only if experiments are.
    #[tool(read_only, experimental)]
    fn experimental_tool(_cx: &Cx) -> Result<Text, ToolError> {
        Ok(Text("Experiments are on.".to_owned()))
    }
}
