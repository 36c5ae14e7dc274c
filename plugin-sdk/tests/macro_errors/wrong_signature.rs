use xyte_plugin_sdk::{Cx, Text, ToolError, plugin};

pub struct Hello;

/// Says hello.
#[plugin(id = "hello")]
impl Hello {
    /// Greets.
    #[tool(read_only)]
    fn with_self(&self, _cx: &Cx) -> Result<Text, ToolError> {
        Ok(Text("Hello".to_owned()))
    }

    /// Greets.
    #[tool(read_only)]
    async fn waits(_cx: &Cx) -> Result<Text, ToolError> {
        Ok(Text("Hello".to_owned()))
    }

    /// Greets.
    #[tool(read_only)]
    fn answers_nothing(_cx: &Cx) {}

    /// Greets.
    #[tool(read_only)]
    fn takes_too_much(_cx: &Cx, _a: String, _b: String) -> Result<Text, ToolError> {
        Ok(Text("Hello".to_owned()))
    }
}

fn main() {}
