use xyte_plugin_sdk::plugin;

#[plugin(id = "hello")]
pub struct Hello;

pub struct Generic<T>(T);

/// Says hello.
#[plugin(id = "hello")]
impl<T> Generic<T> {}

pub struct Empty;

/// Says nothing.
#[plugin(id = "empty")]
impl Empty {}

pub struct Silent;

#[plugin(id = "silent")]
impl Silent {}

fn main() {}
