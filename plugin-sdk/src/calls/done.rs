//! What a write answers whose answer is not documented.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};

use crate::api::object::read_members;
use crate::{Response, XyteError};

/// It was done. What Xyte said to it is not documented, may be nothing, and is kept as it was received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    body: String,
}

/// What such answers may have.
#[derive(Default)]
struct Answered {
    id: Option<String>,
    success: Option<bool>,
}

impl<'de> Deserialize<'de> for Answered {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read_members!(Answered { id: Option<String>, success: Option<bool>, });
        deserializer.deserialize_map(ObjectVisitor)
    }
}

impl Done {
    /// # Errors
    /// Xyte answered, and said that it was not done.
    pub(super) fn read(response: &Response) -> Result<Done, XyteError> {
        let done = Done { body: response.body().to_owned() };
        match done.answered().success {
            Some(false) => Err(XyteError::not_done(response.status(), response.body())),
            _ => Ok(done),
        }
    }

    /// The id in what was answered, if there is one: of the command that was sent, say.
    pub fn id(&self) -> Option<String> {
        self.answered().id
    }

    /// What was answered as a `T`, if it is one.
    pub fn object<T: DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_str(&self.body).ok()
    }

    /// What was answered: JSON, or nothing.
    pub fn body(&self) -> &str {
        &self.body
    }

    fn answered(&self) -> Answered {
        self.object().unwrap_or_default()
    }
}
