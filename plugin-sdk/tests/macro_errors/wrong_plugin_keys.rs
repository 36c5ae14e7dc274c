use xyte_plugin_sdk::{Cx, Text, ToolError, plugin};

pub struct Hello;

/// Says hello.
#[plugin(id = "hello")]
impl Hello {
    /// Greets in a way that there is not.
    #[tool(read_only, task = "sometimes")]
    fn greet(_cx: &Cx) -> Result<Text, ToolError> {
        Ok(Text("Hello".to_owned()))
    }
}

pub struct Other;

/// Has a block that there is not.
#[plugin(id = "other", with(samplings))]
impl Other {}

fn main() {}
