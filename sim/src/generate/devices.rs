//! The devices of a fleet.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use rand::{Rng, RngExt};
use serde_json::{Map, Value, json};

use super::models::{PRODUCTS, Product};
use super::names::{FOREIGN_DEVICES, HOSTILE_DEVICES};
use super::states;
use crate::dice;
use crate::fleet::{Device, Fleet, Health, Model, SpaceType};

/// Every so many devices has a name in another script, beginning with the sixth: even the smallest tenant has one.
const FOREIGN_EVERY: usize = 23;
/// Every so many devices has a hostile name, beginning with the seventh.
const HOSTILE_EVERY: usize = 31;
/// How many of a thousand devices are not in a room but anywhere in the tree.
const ASTRAY_PER_MILLE: u32 = 60;
/// What the API shows in place of a password that is set.
const MASKED_PASSWORD: &str = "*****";
/// How long ago a device that is gone was last seen, at most, in seconds.
const GONE_SECONDS_MAX: u64 = 40 * 86_400;

/// Adds `count` devices to the fleet's spaces.
pub(crate) fn add(
    fleet: &mut Fleet,
    models: &[Arc<Model>],
    dice: &mut impl Rng,
    count: usize,
    now: Timestamp,
) {
    let rooms: Vec<i64> = in_rooms(fleet);
    let anywhere: Vec<i64> = fleet.spaces().iter().map(|space| space.id).collect();
    for index in 0..count {
        let astray = rooms.is_empty() || dice.random_ratio(ASTRAY_PER_MILLE, 1000);
        let space_id = *dice::pick(dice, if astray { &anywhere } else { &rooms });
        let kind = dice.random_range(0..PRODUCTS.len());
        let room = fleet.spaces().get(space_id).map_or("", |space| &space.name);
        let name = name(index, room, PRODUCTS[kind].noun);
        let device = device(dice, index, &PRODUCTS[kind], Arc::clone(&models[kind]), now);
        fleet.add_device(Device { name, space_id, ..device });
    }
}

fn in_rooms(fleet: &Fleet) -> Vec<i64> {
    let rooms = fleet.spaces().iter().filter(|space| space.space_type == Some(SpaceType::Room));
    rooms.map(|space| space.id).collect()
}

fn name(index: usize, room: &str, noun: &str) -> String {
    if index % FOREIGN_EVERY == 5 {
        FOREIGN_DEVICES[index / FOREIGN_EVERY % FOREIGN_DEVICES.len()].to_owned()
    } else if index % HOSTILE_EVERY == 6 {
        HOSTILE_DEVICES[index / HOSTILE_EVERY % HOSTILE_DEVICES.len()].to_owned()
    } else {
        format!("{room} {noun}")
    }
}

/// A device without a name, in no space.
fn device(dice: &mut impl Rng, index: usize, product: &Product, model: Arc<Model>, now: Timestamp) -> Device {
    let (status, effective_status) = states::condition(dice);
    let serial = format!("{}-{index:06}-{}", product.serial, dice::alphanumeric(dice, 4).to_uppercase());
    let mac = mac(dice);
    let cloud_id = dice::alphanumeric(dice, 10).to_lowercase();
    let details = json!({ "ip": format!("10.{}.{}.{}", index >> 16, index >> 8 & 255, index & 255) });
    Device {
        id: dice::uuid(dice),
        name: String::new(),
        sn: (!product.cloud).then_some(serial),
        mac: (!product.cloud).then_some(mac),
        cloud_id: product.cloud.then_some(cloud_id),
        status,
        effective_status,
        last_seen_at: status.map(|_| last_seen(dice, effective_status, now)),
        details: details.as_object().filter(|_| dice.random_bool(0.7)).cloned(),
        state: states::telemetry(dice, product.noun, status),
        model,
        firmware: Some((*dice::pick(dice, product.firmware)).to_owned()),
        space_id: 0,
        custom_parameters: product.edge.then(|| custom_parameters(dice)),
    }
}

/// A locally administered address, which no real product has.
fn mac(dice: &mut impl Rng) -> String {
    let bytes: [u8; 5] = dice.random();
    let [a, b, c, d, e] = bytes;
    format!("02:{a:02x}:{b:02x}:{c:02x}:{d:02x}:{e:02x}")
}

fn last_seen(dice: &mut impl Rng, health: Option<Health>, now: Timestamp) -> Timestamp {
    let gone = matches!(health, Some(Health::Offline | Health::Disconnected));
    let ago = if gone { dice.random_range(600..GONE_SECONDS_MAX) } else { dice.random_range(1..120) };
    now - Duration::from_secs(ago)
}

/// Set passwords are masked, unset ones are empty; other parameters that are not set are null.
fn custom_parameters(dice: &mut impl Rng) -> Map<String, Value> {
    let password = if dice.random_bool(0.5) { MASKED_PASSWORD } else { "" };
    let community = if dice.random_bool(0.5) { json!("public") } else { Value::Null };
    let parameters =
        [("Admin password", json!(password)), ("SNMP community", community), ("Port", json!(23))];
    parameters.into_iter().map(|(label, value)| (label.to_owned(), value)).collect()
}
