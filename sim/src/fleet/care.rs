//! What people and rules have to say about devices: incidents, tickets and notes.

use jiff::Timestamp;
use uuid::Uuid;

/// Something that is wrong with a device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incident {
    /// Its id.
    pub id: Uuid,
    /// The device it is about.
    pub device_id: Uuid,
    /// A short code; a device has one open incident of each.
    pub issue: &'static str,
    /// One line.
    pub title: String,
    /// How bad it is.
    pub priority: Priority,
    /// When it began.
    pub created_at: Timestamp,
    /// When it ended. None: it is active.
    pub closed_at: Option<Timestamp>,
}

/// How bad an incident is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are the API's own")]
pub enum Priority {
    Critical,
    High,
    Moderate,
    Low,
    Planning,
}

/// What a person asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    /// Its id.
    pub id: Uuid,
    /// The device it is about.
    pub device_id: Uuid,
    /// One line, written by a person: not to be trusted.
    pub title: String,
    /// Several lines, written by a person: not to be trusted.
    pub description: String,
    /// Who asked.
    pub user_name: &'static str,
    /// When it was opened.
    pub created_at: Timestamp,
    /// When it was resolved. None: it is open.
    pub resolved_at: Option<Timestamp>,
}

/// What a person wrote down for later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Its id.
    pub id: Uuid,
    /// What it is about.
    pub subject: NoteSubject,
    /// Markdown, written by a person: not to be trusted.
    pub content: String,
    /// Who wrote it.
    pub author: &'static str,
    /// When it was written.
    pub created_at: Timestamp,
}

/// What a note is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoteSubject {
    /// The device of this id.
    Device(Uuid),
    /// The space of this id.
    Space(i64),
}
