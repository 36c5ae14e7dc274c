use xyte_plugin_sdk::{Cx, ServeError, completions, plugin};

pub struct Hello;

/// Says hello.
#[plugin(id = "hello", with(completions))]
impl Hello {}

#[completions]
impl Hello {
    #[complete(argument = "name")]
    fn of_nothing(_cx: &Cx, _typed: &str) -> Result<Vec<String>, ServeError> {
        Ok(Vec::new())
    }

    #[complete(prompt = "begin", argument = "name")]
    fn takes_nothing(_cx: &Cx) -> Result<Vec<String>, ServeError> {
        Ok(Vec::new())
    }
}

fn main() {}
