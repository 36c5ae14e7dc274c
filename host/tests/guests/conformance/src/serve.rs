//! What is no tool: resources, prompts and completions.

use schemars::JsonSchema;
use serde::Deserialize;
use serde::Serialize;
use xyte_plugin_sdk::prompt::Role;
use xyte_plugin_sdk::{
    Ask, Completion, Content, Contents, Cx, Elicited, Messages, Outcome, ServeError, completions, prompts,
    resources,
};

use crate::answer::embedded;
use crate::{Conformance, media};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Templated {
    id: String,
    template_test: bool,
    data: String,
}

#[derive(Deserialize, JsonSchema)]
struct Context {
    context: String,
}

#[resources]
impl Conformance {
    /// A text that never changes.
    #[resource("test://static-text", mime = "text/plain")]
    fn static_text(_cx: &Cx) -> Result<String, ServeError> {
        Ok("This is the content of the static text resource.".to_owned())
    }

    /// A picture that never changes.
    #[resource("test://static-binary", mime = "image/png")]
    fn static_binary(_cx: &Cx) -> Result<Contents, ServeError> {
        let picture = media::picture();
        Ok(Contents::bytes(&picture.mime_type, picture.data))
    }

    /// Data of an id.
    #[resource("test://template/{id}/data", mime = "application/json")]
    fn template(_cx: &Cx, id: String) -> Result<Templated, ServeError> {
        let data = format!("Data for ID: {id}");
        Ok(Templated { id, template_test: true, data })
    }

    /// What a client may want to be told of when it changes.
    #[resource("test://watched-resource", mime = "text/plain")]
    fn watched_resource(_cx: &Cx) -> Result<String, ServeError> {
        Ok("This is the content of the watched resource.".to_owned())
    }
}

#[prompts]
impl Conformance {
    /// A prompt without arguments.
    #[prompt]
    fn test_simple_prompt(_cx: &Cx) -> Result<Messages, ServeError> {
        Ok(Messages::new().user("This is a simple prompt for testing."))
    }

    /// A prompt with two arguments.
    #[prompt]
    fn test_prompt_with_arguments(
        _cx: &Cx,
        /// The first.
        arg1: String,
        /// The second.
        arg2: String,
    ) -> Result<Messages, ServeError> {
        Ok(Messages::new().user(format!("Prompt with arguments: arg1='{arg1}', arg2='{arg2}'")))
    }

    /// A prompt that shows a resource.
    #[prompt]
    #[expect(non_snake_case, reason = "the suite's name for the argument")]
    fn test_prompt_with_embedded_resource(
        _cx: &Cx,
        /// The URI of the resource.
        resourceUri: String,
    ) -> Result<Messages, ServeError> {
        let resource = embedded(&resourceUri, "text/plain", "Embedded resource content for testing.");
        Ok(Messages::new().turn(Role::User, resource).user("Please process the embedded resource above."))
    }

    /// A prompt that shows a picture.
    #[prompt]
    fn test_prompt_with_image(_cx: &Cx) -> Result<Messages, ServeError> {
        let picture = Content::Image(media::picture());
        Ok(Messages::new().turn(Role::User, picture).user("Please analyze the image above."))
    }

    /// A prompt that asks the user what it is about.
    #[prompt]
    fn test_input_required_result_prompt(cx: &Cx) -> Result<Outcome<Messages>, ServeError> {
        let question = "What context should the prompt use?";
        Ok(match cx.elicited::<Context>("user_context")? {
            Some(Elicited::Accepted(Context { context })) => {
                Outcome::Complete(Messages::new().user(format!("Use this context: {context}")))
            }
            _ => Ask::new().elicit::<Context>("user_context", question).into(),
        })
    }
}

#[completions]
impl Conformance {
    #[complete(prompt = "test_prompt_with_arguments", argument = "arg1")]
    fn arg1(_cx: &Cx, typed: &str) -> Result<Completion, ServeError> {
        Ok(Completion::matching(typed, ["paris", "park", "party", "test", "testing"].map(str::to_owned)))
    }
}
