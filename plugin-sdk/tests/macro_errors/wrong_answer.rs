use xyte_plugin_sdk::{Cx, Text, plugin};

pub struct Hello;

/// Says hello.
#[plugin(id = "hello")]
impl Hello {
    /// Greets.
    #[tool(read_only)]
    fn greet(_cx: &Cx) -> Text {
        Text("Hello".to_owned())
    }
}

fn main() {}
