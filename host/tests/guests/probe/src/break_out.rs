//! Without end, without memory, without stack.

use std::hint::black_box;

const CHUNK_BYTES: usize = 1 << 20;

pub(crate) fn spin() -> ! {
    loop {
        black_box(());
    }
}

pub(crate) fn hoard() -> ! {
    let mut hoard = Vec::new();
    loop {
        hoard.push(black_box(vec![1_u8; CHUNK_BYTES]));
    }
}

/// Something is left to do after each call, so that the compiler cannot make a loop of it.
pub(crate) fn overflow(depth: u64) -> u64 {
    let here = black_box([depth; 8]);
    if black_box(depth) == u64::MAX {
        return depth;
    }
    overflow(depth + 1).wrapping_add(black_box(here)[0])
}
