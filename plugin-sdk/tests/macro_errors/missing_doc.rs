use xyte_plugin_sdk::{Cx, Text, ToolError, plugin};

pub struct Hello;

/// Says hello.
#[plugin(id = "hello")]
impl Hello {
    #[tool(read_only)]
    fn greet(_cx: &Cx) -> Result<Text, ToolError> {
        Ok(Text("Hello".to_owned()))
    }
}

fn main() {}
