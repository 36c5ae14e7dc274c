//! The smallest picture and the shortest sound.

use xyte_plugin_sdk::bindings::types::Blob;

/// One red pixel, as PNG.
#[rustfmt::skip]
const PIXEL: [u8; 69] = [
    137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0,
    144, 119, 83, 222, 0, 0, 0, 12, 73, 68, 65, 84, 120, 218, 99, 248, 207, 192, 0, 0, 3, 1, 1, 0, 247, 3,
    65, 67, 0, 0, 0, 0, 73, 69, 78, 68, 174, 66, 96, 130,
];

/// Eight samples of silence, as WAV.
#[rustfmt::skip]
const SILENCE: [u8; 52] = [
    82, 73, 70, 70, 44, 0, 0, 0, 87, 65, 86, 69, 102, 109, 116, 32, 16, 0, 0, 0, 1, 0, 1, 0, 64, 31, 0, 0,
    64, 31, 0, 0, 1, 0, 8, 0, 100, 97, 116, 97, 8, 0, 0, 0, 128, 128, 128, 128, 128, 128, 128, 128,
];

pub(crate) fn picture() -> Blob {
    Blob { data: PIXEL.to_vec(), mime_type: "image/png".to_owned() }
}

pub(crate) fn sound() -> Blob {
    Blob { data: SILENCE.to_vec(), mime_type: "audio/wav".to_owned() }
}
