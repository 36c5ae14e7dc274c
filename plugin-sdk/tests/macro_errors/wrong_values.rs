use xyte_plugin_sdk::{Cx, Messages, ServeError, Text, plugin, prompts, resources};

pub struct Hello;
pub struct Opaque;

/// Says hello.
#[plugin(id = "hello", with(resources, prompts))]
impl Hello {}

#[resources]
impl Hello {
    /// A value that cannot be read from text.
    #[resource("hello://{name}")]
    fn opaque_value(_cx: &Cx, name: Opaque) -> Result<Text, ServeError> {
        let _ = name;
        Ok(Text("Hello".to_owned()))
    }

    /// An answer that cannot be read.
    #[resource("hello://answer")]
    fn opaque_answer(_cx: &Cx) -> Result<Opaque, ServeError> {
        Ok(Opaque)
    }
}

#[prompts]
impl Hello {
    /// No answer.
    #[prompt]
    fn no_result(_cx: &Cx) -> Messages {
        Messages::new()
    }

    /// A surprise in the attribute.
    #[prompt]
    fn begin(_cx: &Cx, argument: Option<Opaque>) -> Result<Messages, ServeError> {
        let _ = argument;
        Ok(Messages::new())
    }
}

fn main() {}
