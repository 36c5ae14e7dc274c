use xyte_plugin_sdk::{Cx, Text, ToolError, plugin};

pub struct Hello;

/// Says hello.
#[plugin(id = "hello")]
impl Hello {
    /// Greets.
    #[tool(readonly)]
    fn greet(_cx: &Cx) -> Result<Text, ToolError> {
        Ok(Text("Hello".to_owned()))
    }

    /// Greets again.
    #[tool(read_only, read_only)]
    fn greet_again(_cx: &Cx) -> Result<Text, ToolError> {
        Ok(Text("Hello".to_owned()))
    }

    /// Removes.
    #[tool(read_only, destructive)]
    fn remove(_cx: &Cx) -> Result<Text, ToolError> {
        Ok(Text("Gone".to_owned()))
    }
}

fn main() {}
