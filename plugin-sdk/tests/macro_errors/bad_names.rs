use xyte_plugin_sdk::{Cx, Text, ToolError, plugin};

pub struct Hello;

/// Says hello.
#[plugin(id = "hello")]
impl Hello {
    /// Greets.
    #[tool(read_only, name = "say hello")]
    fn greet(_cx: &Cx) -> Result<Text, ToolError> {
        Ok(Text("Hello".to_owned()))
    }

    /// Fails.
    #[tool(read_only, failures("NotFound"))]
    fn fail(_cx: &Cx) -> Result<Text, ToolError> {
        Err(ToolError::new("NotFound", "Nothing is here."))
    }
}

pub struct Shouting;

/// Says hello loudly.
#[plugin(id = "Hello!")]
impl Shouting {}

pub struct Nameless;

/// Says hello.
#[plugin(title = "Hello")]
impl Nameless {}

fn main() {}
