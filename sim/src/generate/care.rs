//! The incidents, tickets and notes of a fleet.

use std::time::Duration;

use jiff::Timestamp;
use rand::{Rng, RngExt};
use uuid::Uuid;

use super::names::{NOTES, PEOPLE, TICKETS};
use crate::dice;
use crate::fleet::{Device, Fleet, Health, Incident, Note, NoteSubject, Priority, Ticket};

/// How long ago the oldest incident, ticket or note is from, in seconds. Longer than the week that the API looks at
/// by default, so that a client which does not say from when misses some.
const AGE_SECONDS_MAX: u64 = 30 * 86_400;
/// How likely a device that is well had an incident which is over.
const PAST_INCIDENT: f64 = 0.05;
/// How likely a ticket was written about an incident.
const TICKET: f64 = 0.3;
/// How likely a ticket is resolved.
const RESOLVED: f64 = 0.4;
/// How likely there is a note on a device or a space.
const NOTE: f64 = 0.08;

/// Adds what people and rules have to say about the fleet's devices and spaces.
pub(crate) fn add(fleet: &mut Fleet, dice: &mut impl Rng, now: Timestamp) {
    let incidents: Vec<Incident> =
        fleet.devices().iter().filter_map(|device| incident(dice, device, now)).collect();
    for incident in &incidents {
        if dice.random_bool(TICKET) {
            let ticket = ticket(dice, incident.device_id, now);
            fleet.tickets.push(ticket);
        }
    }
    fleet.incidents = incidents;
    let devices = fleet.devices().iter().map(|device| NoteSubject::Device(device.id));
    let spaces = fleet.spaces().iter().map(|space| NoteSubject::Space(space.id));
    fleet.notes = devices.chain(spaces).filter_map(|subject| note(dice, subject, now)).collect();
}

fn incident(dice: &mut impl Rng, device: &Device, now: Timestamp) -> Option<Incident> {
    let active = priority(dice, device.effective_status);
    if active.is_none() && !dice.random_bool(PAST_INCIDENT) {
        return None;
    }
    let gone = matches!(device.effective_status, Some(Health::Offline | Health::Disconnected));
    let issue = if gone { "offline" } else { dice::pick(dice, &["rule_over_temperature", "cover_open"]) };
    Some(Incident {
        id: dice::uuid(dice),
        device_id: device.id,
        issue,
        title: format!("{}: {}", device.name, issue.replace('_', " ")),
        priority: active.unwrap_or(Priority::Low),
        created_at: now - age(dice),
        closed_at: active.is_none().then_some(now),
    })
}

/// How bad the open incident of a device is whose health is this. None: it has no open incident.
fn priority(dice: &mut impl Rng, health: Option<Health>) -> Option<Priority> {
    let possible: &[Priority] = match health? {
        Health::Error => &[Priority::Critical, Priority::High, Priority::Moderate],
        Health::Warning => &[Priority::Low, Priority::Planning],
        Health::Offline | Health::Disconnected => &[Priority::High, Priority::Moderate],
        Health::Ok | Health::NeverSeen => return None,
    };
    Some(*dice::pick(dice, possible))
}

fn ticket(dice: &mut impl Rng, device_id: Uuid, now: Timestamp) -> Ticket {
    let (title, description) = *dice::pick(dice, &TICKETS);
    Ticket {
        id: dice::uuid(dice),
        device_id,
        title: title.to_owned(),
        description: description.to_owned(),
        user_name: PEOPLE[dice.random_range(0..PEOPLE.len())],
        created_at: now - age(dice),
        resolved_at: dice.random_bool(RESOLVED).then_some(now),
    }
}

fn note(dice: &mut impl Rng, subject: NoteSubject, now: Timestamp) -> Option<Note> {
    dice.random_bool(NOTE).then(|| Note {
        id: dice::uuid(dice),
        subject,
        content: (*dice::pick(dice, &NOTES)).to_owned(),
        author: PEOPLE[dice.random_range(0..PEOPLE.len())],
        created_at: now - age(dice),
    })
}

fn age(dice: &mut impl Rng) -> Duration {
    Duration::from_secs(dice.random_range(60..AGE_SECONDS_MAX))
}
