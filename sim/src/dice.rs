//! Randomness that is the same in every run of one seed.

use rand::distr::Alphanumeric;
use rand::seq::IndexedRandom;
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use uuid::Uuid;

/// Independent sequences of one seed, so that a change in one does not move the others.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Stream {
    /// The product models, which all tenants share.
    Models,
    /// The key of the tenant with this index.
    Key(u32),
    /// The fleet of the tenant with this index.
    Fleet(u32),
    /// What the tenant with this index adds later, by requests.
    Additions(u32),
    /// What goes wrong in the request of this number.
    Faults(u64),
}

impl Stream {
    fn number(self) -> u64 {
        match self {
            Stream::Models => 0,
            Stream::Key(tenant) => (1 << 32) | u64::from(tenant),
            Stream::Fleet(tenant) => (2 << 32) | u64::from(tenant),
            Stream::Additions(tenant) => (3 << 32) | u64::from(tenant),
            Stream::Faults(request) => (1 << 63) | request,
        }
    }
}

/// The dice of one sequence.
pub(crate) fn of(seed: u64, stream: Stream) -> ChaCha8Rng {
    let mut dice = ChaCha8Rng::seed_from_u64(seed);
    dice.set_stream(stream.number());
    dice
}

/// A random UUID.
pub(crate) fn uuid(dice: &mut impl Rng) -> Uuid {
    uuid::Builder::from_random_bytes(dice.random()).into_uuid()
}

/// One of them. The list must not be empty.
pub(crate) fn pick<'a, T>(dice: &mut impl Rng, of: &'a [T]) -> &'a T {
    of.choose(dice).expect("the lists of names and models are constants with entries")
}

/// So many letters and digits.
pub(crate) fn alphanumeric(dice: &mut impl Rng, length: usize) -> String {
    dice.sample_iter(Alphanumeric).take(length).map(char::from).collect()
}
