//! Lines for the operator.

use std::fmt::Display;

use super::Cx;
use crate::imports::log;

pub use crate::bindings::log::Level;

impl Cx {
    /// Writes a line to the operator's log. The client never sees it.
    pub fn log(&self, level: Level, message: &str, fields: &[(&str, &dyn Display)]) {
        let fields: Vec<_> =
            fields.iter().map(|(name, value)| ((*name).to_owned(), value.to_string())).collect();
        log::write(level, message, &fields);
    }

    /// [`log`](Cx::log) at level debug.
    pub fn debug(&self, message: &str, fields: &[(&str, &dyn Display)]) {
        self.log(Level::Debug, message, fields);
    }

    /// [`log`](Cx::log) at level info.
    pub fn info(&self, message: &str, fields: &[(&str, &dyn Display)]) {
        self.log(Level::Info, message, fields);
    }

    /// [`log`](Cx::log) at level warn.
    pub fn warn(&self, message: &str, fields: &[(&str, &dyn Display)]) {
        self.log(Level::Warn, message, fields);
    }

    /// [`log`](Cx::log) at level error.
    pub fn error(&self, message: &str, fields: &[(&str, &dyn Display)]) {
        self.log(Level::Error, message, fields);
    }
}
