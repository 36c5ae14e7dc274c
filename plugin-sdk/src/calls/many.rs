//! Several calls at the same time.

use super::Call;
use super::call::finish;
use crate::{Cx, XyteError};

/// Sends several calls at the same time. The answers come in the order of the calls, and one failure does not stop
/// the rest.
///
/// ```
/// # use xyte_plugin_sdk::{Cx, XyteError, api::Device, calls};
/// fn names(cx: &Cx, ids: &[String]) -> Result<Vec<Option<String>>, XyteError> {
///     let devices = calls::send_all(cx, ids.iter().map(|id| calls::get_device(cx, id)));
///     devices.into_iter().map(|device| Ok(device?.name)).collect()
/// }
/// ```
pub fn send_all<'cx, T, O>(
    cx: &'cx Cx,
    calls: impl IntoIterator<Item = Call<'cx, T, O>>,
) -> Vec<Result<T, XyteError>> {
    let mut requests = Vec::new();
    let mut waiting = Vec::new();
    for call in calls {
        let (draft, read) = call.into_parts();
        let reads = draft.reads();
        waiting.push(draft.into_request().map(|request| {
            requests.push(request);
            (read, reads)
        }));
    }
    let mut responses = cx.send_all(requests).into_iter();
    let mut answer = |(read, reads)| {
        let response = responses.next().expect("there is an answer to every request")?;
        finish(&response, read, reads)
    };
    waiting.into_iter().map(|waiting| waiting.and_then(&mut answer)).collect()
}
