//! Resources, read as the host reads them.

use serde_json::Value;

use super::ended::Ended;
use super::served::Served;
use super::{Host, asking};
use crate::bindings::resources::{Guest as _, ReadOutcome};
use crate::bindings::types::{CallError, NeedsInput, ResourceBody, ResourceContents};
use crate::resource::Resources;

/// How reading a resource ended.
pub type Read = Ended<ReadOutcome>;

impl Host {
    /// Reads a resource.
    ///
    /// # Panics
    /// It did what a real host would not let pass, or sent what the test has not scripted.
    pub fn read<P: Resources + crate::Plugin>(&self, uri: &str) -> Read {
        let matching =
            P::RESOURCES.iter().find_map(|resource| Some((resource, values(resource.template, uri)?)));
        let Some((resource, values)) = matching else {
            return Ended::new(Err(CallError::NotFound(uri.to_owned())));
        };
        let served = Some(Served::from(resource));
        let _running = self.enter(&P::INFO, served);
        let result = P::read_resource(uri.to_owned(), resource.template.to_owned(), values);
        Ended::new(asking::checked(&self.state, served, result))
    }

    /// Lists a page of the resources that are not known beforehand: MCP's Resource objects, and where to go on.
    ///
    /// # Panics
    /// It did what a real host would not let pass, or the list could not be made.
    pub fn list_resources<P: Resources + crate::Plugin>(
        &self,
        cursor: Option<&str>,
    ) -> (Value, Option<String>) {
        let served = P::INFO.resource_list.as_ref().map(Served::from);
        let _running = self.enter(&P::INFO, served);
        let page = P::list_resources(cursor.map(str::to_owned));
        let page = page.unwrap_or_else(|error| panic!("the resources cannot be listed: {error:?}"));
        (serde_json::from_str(&page.resources).expect("a list of resources is JSON"), page.next_cursor)
    }
}

impl Read {
    /// What was read.
    ///
    /// # Panics
    /// Nothing was.
    #[track_caller]
    pub fn contents(&self) -> &[ResourceContents] {
        match self.raw() {
            Ok(ReadOutcome::Complete(contents)) => &contents.contents,
            _ => panic!("nothing was read: {self:?}"),
        }
    }

    /// What was asked.
    ///
    /// # Panics
    /// Nothing was.
    #[track_caller]
    pub fn asked(&self) -> &NeedsInput {
        asking::question(self.raw())
    }

    /// The one text that was read.
    ///
    /// # Panics
    /// It is not one text.
    #[track_caller]
    pub fn text(&self) -> &str {
        match self.contents() {
            [ResourceContents { body: ResourceBody::Text(text), .. }] => text,
            _ => panic!("not one text: {self:?}"),
        }
    }

    /// The one JSON text that was read.
    ///
    /// # Panics
    /// It is not one text, or no JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(self.text()).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

impl asking::MayAsk for ReadOutcome {
    fn asked(&self) -> Option<&NeedsInput> {
        match self {
            ReadOutcome::NeedsInput(asked) => Some(asked),
            _ => None,
        }
    }
}

/// The values in the holes, if the URI has the template's form: each is at least one character and has no slash.
fn values(template: &str, uri: &str) -> Option<Vec<(String, String)>> {
    let Some((literal, rest)) = template.split_once('{') else { return (template == uri).then(Vec::new) };
    let (name, template) = rest.split_once('}')?;
    let uri = uri.strip_prefix(literal)?;
    let ends = (1..=uri.len()).filter(|&end| uri.is_char_boundary(end) && !uri[..end].contains('/'));
    ends.rev().find_map(|end| {
        let mut values = values(template, &uri[end..])?;
        values.insert(0, (name.to_owned(), decoded(&uri[..end])?));
        Some(values)
    })
}

/// Without percent encoding, if what it stands for is text.
fn decoded(value: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let digits = [rest.next()?, rest.next()?];
                u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).ok()
}
