//! What a plugin serves to be read.

mod contents;
mod list;

use crate::Cx;
use crate::bindings::resources::{Guest, Page, ReadOutcome, ServedResource};
use crate::bindings::types::CallError;
use crate::plugin::extra;
use crate::route::RouteUse;
use crate::value::Value;

pub use contents::{Contents, ReadReturn, Readable};
pub use list::{Listed, Listing, run_list};

/// A plugin with resources. Implemented by [`#[resources]`](macro@crate::resources), which also exports it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no `#[resources]` block",
    note = "write `#[resources] impl {Self} {{ … }}`, or take `resources` out of `with(…)`"
)]
pub trait Resources: WithResources {
    /// Its resources, in the order of the source.
    const RESOURCES: &'static [Resource];
    /// What lists those that are not known beforehand.
    const LIST: Option<ResourceList>;
}

/// A plugin whose [`#[plugin]`](macro@crate::plugin) names its resources, so that their routes are asked for.
#[diagnostic::on_unimplemented(
    message = "the `#[plugin]` of `{Self}` does not name its resources",
    note = "write `#[plugin(…, with(resources))]`, so that the operator is asked for their routes"
)]
pub trait WithResources {}

/// One resource, or one kind of them.
#[derive(Debug, Clone, Copy)]
pub struct Resource {
    /// Its URI, with a hole for each value: `device://{device_id}/status`.
    pub template: &'static str,
    /// The names of the holes, in order.
    pub variables: &'static [&'static str],
    /// What clients call it.
    pub name: &'static str,
    /// Its name for people.
    pub title: Option<&'static str>,
    /// What it is.
    pub description: &'static str,
    /// The type of what is read.
    pub mime: Option<&'static str>,
    /// What reading it sends.
    pub routes: &'static [RouteUse],
    /// Further fields of MCP, as one JSON object.
    pub extra: Option<&'static str>,
    /// Reads it.
    pub read: fn(&Cx, &Reading<'_>) -> Result<ReadOutcome, CallError>,
}

/// What lists the resources that are not known beforehand.
#[derive(Debug, Clone, Copy)]
pub struct ResourceList {
    /// What listing sends.
    pub routes: &'static [RouteUse],
    /// Lists a page.
    pub list: fn(&Cx, Option<String>) -> Result<Page, CallError>,
}

/// One reading of a resource.
#[derive(Debug)]
pub struct Reading<'a> {
    uri: &'a str,
    mime: Option<&'static str>,
    values: &'a [(String, String)],
}

impl Reading<'_> {
    /// The value in a hole of the URI. One that is no `T` names a resource that does not exist.
    ///
    /// # Errors
    /// It is no `T`.
    pub fn value<T: Value>(&self, name: &str) -> Result<T, CallError> {
        let value = self.values.iter().find(|(variable, _)| variable == name);
        let value = value.and_then(|(_, value)| T::from_text(value).ok());
        value.ok_or_else(|| CallError::NotFound(self.uri.to_owned()))
    }

    /// What the resource's function returned, as the contract has it.
    ///
    /// # Errors
    /// It could not be read, or not be written as JSON.
    pub fn outcome(&self, returned: impl ReadReturn) -> Result<ReadOutcome, CallError> {
        returned.into_read_outcome(self.uri, self.mime)
    }
}

impl<P: Resources> Guest for P {
    fn serves() -> Result<Vec<ServedResource>, String> {
        P::RESOURCES.iter().map(served).collect()
    }

    fn list_resources(cursor: Option<String>) -> Result<Page, CallError> {
        match P::LIST {
            Some(list) => (list.list)(&Cx::new(), cursor),
            None => Ok(Page { resources: "[]".to_owned(), next_cursor: None }),
        }
    }

    fn read_resource(
        uri: String,
        template: String,
        values: Vec<(String, String)>,
    ) -> Result<ReadOutcome, CallError> {
        let Some(resource) = P::RESOURCES.iter().find(|resource| resource.template == template) else {
            return Err(CallError::NotFound(uri));
        };
        let reading = Reading { uri: &uri, mime: resource.mime, values: &values };
        (resource.read)(&Cx::new(), &reading)
    }
}

fn served(resource: &Resource) -> Result<ServedResource, String> {
    let named = |reason| format!("resource `{}`: {reason}", resource.template);
    Ok(ServedResource {
        template: resource.template.to_owned(),
        name: resource.name.to_owned(),
        title: resource.title.map(str::to_owned),
        description: Some(resource.description.to_owned()),
        mime_type: resource.mime.map(str::to_owned),
        extra: resource.extra.map(extra).transpose().map_err(named)?,
    })
}
