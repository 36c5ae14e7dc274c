//! News for clients: what they keep is not what it was.
//!
//! Nothing changes in fact. A host passes on what a plugin says, and the suite looks for the news alone.

use xyte_plugin_sdk::{Catalog, Cx, Text};

pub(crate) fn tools(cx: &Cx) -> Text {
    cx.list_changed(Catalog::Tools);
    Text("The list of tools changed.".to_owned())
}

pub(crate) fn prompts(cx: &Cx) -> Text {
    cx.list_changed(Catalog::Prompts);
    Text("The list of prompts changed.".to_owned())
}

pub(crate) fn watched_resource(cx: &Cx) -> Text {
    cx.resource_updated("test://watched-resource");
    Text("The watched resource changed.".to_owned())
}
