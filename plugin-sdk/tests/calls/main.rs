//! The typed calls.

mod answers;
mod cases;
mod catalogue;
mod histories;
mod options;
mod source;
mod tickets;
mod waiting;

/// Any UUID.
const ID: &str = "5dc4ba6c-c323-4118-a4e4-504f074426f2";
