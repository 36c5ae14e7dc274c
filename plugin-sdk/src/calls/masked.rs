//! Values that Xyte hides and must not get back.

use std::collections::BTreeMap;

use serde::Serialize;

use super::draft::Draft;
use crate::api::Json;
use crate::text::quote;

impl Draft<'_> {
    /// A member of the body whose own members are read masked where they are passwords: a mask is refused, since
    /// Xyte would take it for the password.
    pub(super) fn unmasked(self, name: &str, values: impl Serialize) -> Self {
        let masked = serde_json::to_string(&values).ok().and_then(|json| masked(&json));
        let mut draft = self.body(name, values);
        if let Some(label) = masked {
            let message =
                format!("{} of `{name}` is a mask: it would become the password itself.", quote(&label));
            draft.refuse("masked_value", message);
        }
        draft
    }
}

/// The label of the first value that consists of asterisks.
fn masked(json: &str) -> Option<String> {
    let values: BTreeMap<String, Json> = serde_json::from_str(json).ok()?;
    let is_mask = |text: &str| text.len() > 2 && text[1..text.len() - 1].bytes().all(|byte| byte == b'*');
    values.into_iter().find(|(_, value)| is_mask(value.text())).map(|(label, _)| label)
}
