use xyte_plugin_sdk::{Cx, Text, ToolError, plugin};

pub struct Hello;

/// Says hello.
#[plugin(id = "hello", with(resources, prompts, completions))]
impl Hello {
    /// Greets.
    #[tool(read_only)]
    fn greet(_cx: &Cx) -> Result<Text, ToolError> {
        Ok(Text("Hello".to_owned()))
    }
}

fn main() {}
