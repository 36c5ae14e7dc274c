//! One object that may come as the only row of a list.

use serde::de::DeserializeOwned;

use crate::{Response, XyteError};

/// The object, or the first row: the partner's pages show a single device as `{"data": [ … ]}`.
pub(super) fn first<T: DeserializeOwned>(response: &Response) -> Result<T, XyteError> {
    match response.rows() {
        Ok(rows) => rows.items.into_iter().next().ok_or_else(|| XyteError::unreadable(&"the list is empty")),
        Err(_) => response.json(),
    }
}
