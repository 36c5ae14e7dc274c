//! How something other than a tool ended.

use crate::bindings::types::CallError;

/// How reading a resource, or getting a prompt, ended. What a test does not expect ends the test with the whole of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Ended<T>(Result<T, CallError>);

impl<T: std::fmt::Debug> Ended<T> {
    pub(super) fn new(result: Result<T, CallError>) -> Ended<T> {
        Ended(result)
    }

    /// As the contract has it.
    pub fn raw(&self) -> &Result<T, CallError> {
        &self.0
    }

    /// Why it could not be served.
    ///
    /// # Panics
    /// It could.
    #[track_caller]
    pub fn call_error(&self) -> &CallError {
        match &self.0 {
            Err(error) => error,
            Ok(outcome) => panic!("it was served: {outcome:?}"),
        }
    }
}
