//! Resources that are not known beforehand.

use serde::Serialize;

use crate::bindings::resources::Page;
use crate::bindings::types::CallError;
use crate::{Cx, ServeError};

/// A page of a plugin's list of resources.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Listing {
    /// The resources.
    pub resources: Vec<Listed>,
    /// What to hand to the next call of the function, if there are more.
    pub next_cursor: Option<String>,
}

/// One resource of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Listed {
    /// Its whole URI.
    pub uri: String,
    /// What clients call it.
    pub name: String,
    /// Its name for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// What it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The type of what is read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mime_type: Option<String>,
}

impl Listed {
    /// A resource of that URI and name.
    pub fn new(uri: impl Into<String>, name: impl Into<String>) -> Listed {
        Listed { uri: uri.into(), name: name.into(), ..Listed::default() }
    }
}

impl From<Vec<Listed>> for Listing {
    fn from(resources: Vec<Listed>) -> Listing {
        Listing { resources, next_cursor: None }
    }
}

/// Runs the function under `#[list]`.
///
/// # Errors
/// It could not list.
pub fn run_list<T: Into<Listing>, E: Into<ServeError>>(
    cx: &Cx,
    cursor: Option<String>,
    list: fn(&Cx, Option<String>) -> Result<T, E>,
) -> Result<Page, CallError> {
    let not_found = || CallError::InvalidParams("there is no such page".to_owned());
    let listing: Listing =
        list(cx, cursor).map_err(|error| error.into().into_call_error(not_found()))?.into();
    let resources = serde_json::to_string(&listing.resources)
        .map_err(|error| CallError::Internal(format!("the list cannot be written as JSON: {error}")))?;
    Ok(Page { resources, next_cursor: listing.next_cursor })
}
