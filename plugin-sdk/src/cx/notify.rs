//! What clients should look at again.

use super::Cx;
use crate::bindings::notify::Catalog;
use crate::imports::notify;

impl Cx {
    /// Tells the clients of this tenant that a list is not what it was: `cx.list_changed(Catalog::Resources)`. Those
    /// that asked for such news get it, once for what is said several times.
    pub fn list_changed(&self, which: Catalog) {
        notify::list_changed(which);
    }

    /// Tells the clients of this tenant that subscribed to a resource that its contents changed. Nothing comes of a
    /// URI that this plugin does not serve.
    pub fn resource_updated(&self, uri: &str) {
        notify::resource_updated(uri);
    }
}
