//! Fleets from a seed: the same seed gives the same fleets, times aside, which are counted back from the start.

mod care;
mod devices;
mod histories;
mod models;
mod names;
mod spaces;
mod states;

use std::time::Duration;

use jiff::Timestamp;
use rand::{Rng, RngExt};

use crate::config::TenantConfig;
use crate::dice::{self, Stream};
use crate::fleet::{Fleet, Organization, Spaces};

/// What every key of the simulator begins with, so that none can be mistaken for a real one.
pub(crate) const KEY_PREFIX: &str = "sim_";
/// How long the rest of a key is. Real keys are of about that length.
const KEY_LENGTH: usize = 40;
/// How many space ids a tenant has for itself: ids are unique in the whole hub. Far above what can be generated, so
/// that there is room for what requests create.
const SPACE_IDS_PER_TENANT: i64 = 1_000_000;
/// The first space id, so that ids look like those of a hub that has been there for a while.
const FIRST_SPACE_ID: i64 = 41_000;
/// How long ago the organizations were created.
const ORGANIZATION_AGE: Duration = Duration::from_secs(900 * 86_400);

/// The key of the tenant with this index.
pub(crate) fn key(seed: u64, tenant: u32) -> String {
    let mut dice = dice::of(seed, Stream::Key(tenant));
    format!("{KEY_PREFIX}{}", dice::alphanumeric(&mut dice, KEY_LENGTH))
}

/// The fleet of the tenant with this index, as of `now`.
pub(crate) fn fleet(seed: u64, tenant: u32, config: &TenantConfig, now: Timestamp) -> Fleet {
    let mut dice = dice::of(seed, Stream::Fleet(tenant));
    let founded = now - ORGANIZATION_AGE;
    let organization = organization(&mut dice, config, founded);
    let root_id = FIRST_SPACE_ID + i64::from(tenant) * SPACE_IDS_PER_TENANT;
    let mut spaces = Spaces::new(root_id, &organization.name, founded);
    spaces::plant(&mut spaces, config.spaces, founded);

    let models = models::shared(seed);
    let mut fleet =
        Fleet::new(organization, spaces, models.clone(), dice::of(seed, Stream::Additions(tenant)));
    devices::add(&mut fleet, &models, &mut dice, config.devices, now);
    histories::add(&mut fleet, &mut dice);
    care::add(&mut fleet, &mut dice, now);
    fleet
}

fn organization(dice: &mut impl Rng, config: &TenantConfig, created_at: Timestamp) -> Organization {
    let domain = format!("{}.example", config.name);
    Organization {
        id: dice::uuid(dice),
        name: capitalised(&config.name),
        created_at,
        partner: "Harbour Light AV".to_owned(),
        admin_email: format!("admin@{domain}"),
        admin_name: "Ingrid Solheim",
        finance_email: format!("finance@{domain}"),
        finance_name: "Tomás Arroyo",
        domain,
        pricing_plan: "professional",
        users: dice.random_range(3..40),
        groups: dice.random_range(1..8),
        pending_invoices: dice.random_range(0..3),
    }
}

fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
