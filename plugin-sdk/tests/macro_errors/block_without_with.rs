use xyte_plugin_sdk::{Cx, Messages, ServeError, Text, ToolError, completions, plugin, prompts, resources};

pub struct Hello;

/// Says hello.
#[plugin(id = "hello")]
impl Hello {
    /// Greets.
    #[tool(read_only)]
    fn greet(_cx: &Cx) -> Result<Text, ToolError> {
        Ok(Text("Hello".to_owned()))
    }
}

#[resources]
impl Hello {
    /// The greeting.
    #[resource("hello://greeting")]
    fn greeting(_cx: &Cx) -> Result<Text, ServeError> {
        Ok(Text("Hello".to_owned()))
    }
}

#[prompts]
impl Hello {
    /// Begins with a greeting.
    #[prompt]
    fn begin(_cx: &Cx, _name: String) -> Result<Messages, ServeError> {
        Ok(Messages::new())
    }
}

#[completions]
impl Hello {
    #[complete(prompt = "begin", argument = "_name")]
    fn name(_cx: &Cx, _typed: &str) -> Result<Vec<String>, ServeError> {
        Ok(Vec::new())
    }
}

fn main() {}
