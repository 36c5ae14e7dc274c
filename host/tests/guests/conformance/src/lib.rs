//! Every tool, prompt and resource that MCP's conformance suite asks a server for, as a plugin on the public SDK.
//!
//! Names, texts and keys are the suite's, which looks for them letter for letter. What the suite calls a request from
//! the server to the client is a question here, whatever the revision: the host knows how to put it.

mod answer;
mod ask;
mod ask_legacy;
mod capability;
mod change;
mod forge;
mod media;
mod remember;
mod report;
mod schema;
mod serve;
#[cfg(test)]
mod tests;

use xyte_plugin_sdk::bindings::types::ToolOutcome;
use xyte_plugin_sdk::{Cx, Outcome, ServeError, Text, ToolError, plugin};

/// The fixtures.
pub struct Conformance;

/// What MCP's conformance suite asks a server for. It sends nothing and knows nothing of Xyte.
#[plugin(id = "conformance", with(resources, prompts, completions))]
impl Conformance {
    /// Answers with a sentence.
    #[tool(read_only)]
    fn test_simple_text(_cx: &Cx) -> Result<Text, ToolError> {
        Ok(Text("This is a simple text response for testing.".to_owned()))
    }

    /// Answers with a picture.
    #[tool(read_only)]
    fn test_image_content(_cx: &Cx) -> Result<ToolOutcome, ToolError> {
        Ok(answer::picture())
    }

    /// Answers with a sound.
    #[tool(read_only)]
    fn test_audio_content(_cx: &Cx) -> Result<ToolOutcome, ToolError> {
        Ok(answer::sound())
    }

    /// Answers with a resource.
    #[tool(read_only)]
    fn test_embedded_resource(_cx: &Cx) -> Result<ToolOutcome, ToolError> {
        Ok(answer::resource())
    }

    /// Answers with a sentence, a picture and a resource.
    #[tool(read_only)]
    fn test_multiple_content_types(_cx: &Cx) -> Result<ToolOutcome, ToolError> {
        Ok(answer::mixed())
    }

    /// Fails.
    #[tool(read_only, failures("intended"))]
    fn test_error_handling(_cx: &Cx) -> Result<Text, ToolError> {
        Err(ToolError::new("intended", "This tool intentionally returns an error for testing"))
    }

    /// Says three times how far it is.
    #[tool(read_only)]
    fn test_tool_with_progress(cx: &Cx) -> Result<Text, ToolError> {
        Ok(report::progress(cx))
    }

    /// Sends the client three messages.
    #[tool(read_only)]
    fn test_tool_with_logging(cx: &Cx) -> Result<Text, ToolError> {
        Ok(report::messages(cx))
    }

    /// Sends the client a message, which goes out only where the client asked for messages.
    #[tool(read_only)]
    fn test_logging_tool(cx: &Cx) -> Result<Text, ToolError> {
        Ok(report::message(cx))
    }

    /// Takes its time, so that a client may have to come back for the answer.
    #[tool(read_only)]
    fn test_reconnection(cx: &Cx) -> Result<Text, ToolError> {
        Ok(report::late(cx))
    }

    /// Has a schema with what JSON Schema 2020-12 brought.
    #[tool(read_only)]
    fn json_schema_2020_12_tool(_cx: &Cx, args: schema::Contact) -> Result<Text, ToolError> {
        Ok(schema::told(&args))
    }

    /// Repeats its argument, which travels in a header as well.
    #[tool(read_only)]
    fn test_custom_header(_cx: &Cx, args: schema::InHeader) -> Result<Text, ToolError> {
        Ok(Text(args.value))
    }

    /// Works only for a client that can be asked for its model's words.
    #[tool(read_only)]
    fn test_missing_capability(cx: &Cx) -> Result<Text, ServeError> {
        capability::needed(cx)
    }

    /// Asks what the client said that it can answer, and nothing else.
    #[tool(read_only)]
    fn test_input_required_result_capabilities(cx: &Cx) -> Result<Outcome<Text>, ToolError> {
        capability::asked(cx)
    }

    /// Asks for a name and greets.
    #[tool(read_only)]
    fn test_input_required_result_elicitation(cx: &Cx) -> Result<Outcome<Text>, ToolError> {
        Ok(ask::name(cx))
    }

    /// Asks for a name while its answer may be a stream.
    #[tool(read_only)]
    fn test_streaming_elicitation(cx: &Cx) -> Result<Outcome<Text>, ToolError> {
        Ok(ask::name(cx))
    }

    /// Asks the client's model for a capital.
    #[tool(read_only)]
    fn test_input_required_result_sampling(cx: &Cx) -> Result<Outcome<Text>, ToolError> {
        ask::capital(cx)
    }

    /// Asks which folders the client works in.
    #[tool(read_only)]
    fn test_input_required_result_list_roots(cx: &Cx) -> Result<Outcome<Text>, ToolError> {
        ask::roots(cx)
    }

    /// Asks three questions at once.
    #[tool(read_only)]
    fn test_input_required_result_multiple_inputs(cx: &Cx) -> Result<Outcome<Text>, ToolError> {
        ask::three(cx)
    }

    /// Asks, and remembers that it did.
    #[tool(read_only)]
    fn test_input_required_result_request_state(cx: &Cx) -> Result<Outcome<Text>, ToolError> {
        remember::confirmed(cx)
    }

    /// Remembers something that a client may try to change.
    #[tool(read_only)]
    fn test_input_required_result_tampered_state(cx: &Cx) -> Result<Outcome<Text>, ToolError> {
        remember::confirmed(cx)
    }

    /// Asks two questions, one after the other.
    #[tool(read_only)]
    fn test_input_required_result_multi_round(cx: &Cx) -> Result<Outcome<Text>, ToolError> {
        remember::rounds(cx)
    }

    /// Asks the client's model.
    #[tool(read_only)]
    fn test_sampling(cx: &Cx, args: ask_legacy::Prompt) -> Result<Outcome<Text>, ToolError> {
        ask_legacy::sampling(cx, &args)
    }

    /// Asks the user for a name and an address.
    #[tool(read_only)]
    fn test_elicitation(cx: &Cx, args: ask_legacy::Message) -> Result<Outcome<Text>, ToolError> {
        ask_legacy::form(cx, &args)
    }

    /// Asks with a form whose fields are filled in beforehand.
    #[tool(read_only)]
    fn test_elicitation_sep1034_defaults(cx: &Cx) -> Result<Outcome<Text>, ToolError> {
        ask_legacy::defaults(cx)
    }

    /// Asks with a form that has choices of every kind.
    #[tool(read_only)]
    fn test_elicitation_sep1330_enums(cx: &Cx) -> Result<Outcome<Text>, ToolError> {
        ask_legacy::choices(cx)
    }

    /// Says that the list of tools changed.
    #[tool(read_only)]
    fn test_trigger_tool_change(cx: &Cx) -> Result<Text, ToolError> {
        Ok(change::tools(cx))
    }

    /// Says that the list of prompts changed.
    #[tool(read_only)]
    fn test_trigger_prompt_change(cx: &Cx) -> Result<Text, ToolError> {
        Ok(change::prompts(cx))
    }

    /// Says that the watched resource changed.
    #[tool(read_only)]
    fn test_trigger_resource_update(cx: &Cx) -> Result<Text, ToolError> {
        Ok(change::watched_resource(cx))
    }

    /// Greets at once, where the suite's other tools of this kind become tasks.
    #[tool(read_only)]
    fn greet(_cx: &Cx, args: answer::Whom) -> Result<Text, ToolError> {
        Ok(Text(format!("Hello, {}!", args.name)))
    }

    /// Answers with JSON over several lines, which a message of the protocol must not have.
    #[tool(read_only)]
    fn forge_in_answer(_cx: &Cx) -> Result<ToolOutcome, ToolError> {
        Ok(forge::in_answer())
    }

    /// Prints messages of the protocol, which must not reach a client.
    #[tool(read_only)]
    fn forge_in_output(_cx: &Cx) -> Result<Text, ToolError> {
        Ok(forge::in_output())
    }
}
