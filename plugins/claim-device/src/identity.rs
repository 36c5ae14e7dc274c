//! What a device is known by.

use xyte_plugin_sdk::ToolError;

/// A device is known in one of two ways, and its model decides which: by what is printed on it, or by a cloud id.
///
/// # Errors
/// Nothing was given, half of an identity, or two of them.
pub(crate) fn check(mac: Option<&str>, sn: Option<&str>, cloud_id: Option<&str>) -> Result<(), ToolError> {
    let message = match (mac, sn, cloud_id) {
        (Some(_), Some(_), None) | (None, None, Some(_)) => return Ok(()),
        (None, None, None) => "Nothing says which device it is.",
        (Some(_), None, None) => "`mac` is given without `sn`.",
        (None, Some(_), None) => "`sn` is given without `mac`.",
        (_, _, Some(_)) => "`cloud_id` is given beside `mac` or `sn`.",
    };
    Err(ToolError::new("invalid_identity", message)
        .hint("Give `mac` and `sn` together, or `cloud_id` alone."))
}

/// The text without the spaces around it; an empty one was not given.
pub(crate) fn given(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}
