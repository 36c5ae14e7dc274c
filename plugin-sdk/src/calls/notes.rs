//! Notes on devices and spaces, in Markdown. What people wrote into them is data, never instructions.
//!
//! Nothing in the API changes a note.

use super::declare::call;
use crate::api::{Note, SpaceId};

call! {
    /// Lists the notes of all devices.
    fn get_all_device_notes() -> list Note;
    route GET_ALL_DEVICE_NOTES, read;
    options GetAllDeviceNotes {
        /// So many on a page, 100 unless said.
        query per_page: u32,
    }
}

call! {
    /// Lists a device's notes.
    fn get_device_notes(path device_id: &str) -> list Note;
    route GET_DEVICE_NOTES, read;
    options GetDeviceNotes {
        /// So many on a page, 100 unless said.
        query per_page: u32,
    }
}

call! {
    /// Adds a note to a device.
    fn create_device_note(path device_id: &str, body content: &str) -> one Note;
    route CREATE_DEVICE_NOTE, write;
}

call! {
    /// Deletes a device's note.
    fn delete_device_note(path device_id: &str, path id: &str) -> done;
    route DELETE_DEVICE_NOTE, destructive;
}

call! {
    /// Lists the notes of all spaces.
    fn get_all_space_notes() -> list Note;
    route GET_ALL_SPACE_NOTES, read;
    options GetAllSpaceNotes {
        /// So many on a page, 100 unless said.
        query per_page: u32,
    }
}

call! {
    /// Lists a space's notes.
    fn get_space_notes(path space_id: &SpaceId) -> list Note;
    route GET_SPACE_NOTES, read;
    options GetSpaceNotes {
        /// So many on a page, 100 unless said.
        query per_page: u32,
    }
}

call! {
    /// Adds a note to a space.
    fn create_space_note(path space_id: &SpaceId, body content: &str) -> one Note;
    route CREATE_SPACE_NOTE, write;
}

call! {
    /// Deletes a space's note.
    fn delete_space_note(path space_id: &SpaceId, path id: &str) -> done;
    route DELETE_SPACE_NOTE, destructive;
}
