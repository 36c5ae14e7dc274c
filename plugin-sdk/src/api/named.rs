//! What has an id and a name and is known by no more.

use super::object::object;
use super::part::{Part, part};

object! {
    /// Something known by its id and name: a partner, a product, a label, a person. Where Xyte sends a bare text
    /// instead, that is the name.
    Named {
        /// The id.
        id: Option<String>,
        /// The name.
        name: Option<String>,
    }
}

part!(Named);

impl From<Part> for Named {
    fn from(part: Part) -> Named {
        Named { id: part.id, name: part.name.or(part.text) }
    }
}
