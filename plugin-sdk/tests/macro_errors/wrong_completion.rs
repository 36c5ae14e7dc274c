use xyte_plugin_sdk::{Cx, Messages, ServeError, Text, completions, plugin, prompts, resources};

pub struct Hello;

/// Says hello.
#[plugin(id = "hello", with(resources, prompts, completions))]
impl Hello {}

#[resources]
impl Hello {
    /// A greeting.
    #[resource("hello://{name}")]
    fn greeting(_cx: &Cx, name: String) -> Result<Text, ServeError> {
        Ok(Text(name))
    }
}

#[prompts]
impl Hello {
    /// Begins with a greeting.
    #[prompt]
    fn begin(_cx: &Cx, name: String) -> Result<Messages, ServeError> {
        Ok(Messages::new().user(name))
    }
}

#[completions]
impl Hello {
    #[complete(prompt = "end", argument = "name")]
    fn no_prompt(_cx: &Cx, _typed: &str) -> Result<Vec<String>, ServeError> {
        Ok(Vec::new())
    }

    #[complete(prompt = "begin", argument = "colour")]
    fn no_argument(_cx: &Cx, _typed: &str) -> Result<Vec<String>, ServeError> {
        Ok(Vec::new())
    }

    #[complete(resource = "hello://{name}", argument = "language")]
    fn no_variable(_cx: &Cx, _typed: &str) -> Result<Vec<String>, ServeError> {
        Ok(Vec::new())
    }
}

fn main() {}
