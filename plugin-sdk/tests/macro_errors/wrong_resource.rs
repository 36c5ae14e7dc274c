use xyte_plugin_sdk::{Cx, Listing, ServeError, Text, plugin, resources};

pub struct Hello;

/// Says hello.
#[plugin(id = "hello", with(resources))]
impl Hello {}

#[resources]
impl Hello {
    /// Without a URI.
    #[resource(mime = "text/plain")]
    fn nowhere(_cx: &Cx) -> Result<Text, ServeError> {
        Ok(Text("Hello".to_owned()))
    }

    /// Without a scheme.
    #[resource("greetings/{name}")]
    fn no_scheme(_cx: &Cx, name: String) -> Result<Text, ServeError> {
        Ok(Text(name))
    }

    /// With a parameter too few.
    #[resource("hello://{name}/{language}")]
    fn too_few(_cx: &Cx, name: String) -> Result<Text, ServeError> {
        Ok(Text(name))
    }

    /// With a parameter too many.
    #[resource("hello://{name}")]
    fn too_many(_cx: &Cx, name: String, language: String) -> Result<Text, ServeError> {
        Ok(Text(name + &language))
    }

    /// With what is never left out.
    #[resource("hello://optional/{name}")]
    fn optional(_cx: &Cx, name: Option<String>) -> Result<Text, ServeError> {
        Ok(Text(name.unwrap_or_default()))
    }

    /// More than level 1 of RFC 6570.
    #[resource("hello://{+path}")]
    fn whole_path(_cx: &Cx, path: String) -> Result<Text, ServeError> {
        Ok(Text(path))
    }

    #[resource("hello://silent")]
    fn no_doc(_cx: &Cx) -> Result<Text, ServeError> {
        Ok(Text("Hello".to_owned()))
    }

    /// A first one.
    #[resource("hello://same")]
    fn first(_cx: &Cx) -> Result<Text, ServeError> {
        Ok(Text("Hello".to_owned()))
    }

    /// A second one, with a key that there is not.
    #[resource("hello://other", ttl = 3)]
    fn unknown_key(_cx: &Cx) -> Result<Text, ServeError> {
        Ok(Text("Hello".to_owned()))
    }

    /// The first one again.
    #[resource("hello://same")]
    fn second(_cx: &Cx) -> Result<Text, ServeError> {
        Ok(Text("Hello".to_owned()))
    }

    #[list]
    fn list(_cx: &Cx) -> Result<Listing, ServeError> {
        Ok(Listing::default())
    }
}

fn main() {}
