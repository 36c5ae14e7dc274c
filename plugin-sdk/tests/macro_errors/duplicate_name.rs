use xyte_plugin_sdk::{Cx, Text, ToolError, plugin};

pub struct Hello;

/// Says hello.
#[plugin(id = "hello")]
impl Hello {
    /// Greets.
    #[tool(read_only)]
    fn greet(_cx: &Cx) -> Result<Text, ToolError> {
        Ok(Text("Hello".to_owned()))
    }

    /// Greets in another way.
    #[tool(read_only, name = "greet")]
    fn greet_differently(_cx: &Cx) -> Result<Text, ToolError> {
        Ok(Text("Good morning".to_owned()))
    }
}

fn main() {}
