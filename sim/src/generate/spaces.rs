//! The tree of places: organization, country, building, floor, room.

use jiff::Timestamp;
use serde_json::{Map, json};

use super::names::{COUNTRIES, ROOMS};
use crate::fleet::{SpaceType, Spaces};

/// How many floors a building has.
const FLOORS: usize = 3;
/// How many numbered rooms a floor has: "Room 101", "Room 102".
const NUMBERED_ROOMS: usize = 2;
/// How many rooms with a name of their own a floor has.
const NAMED_ROOMS: usize = 2;

/// Adds spaces until there are `total`. Building after building is made complete, so that even a small tree has
/// rooms.
pub(crate) fn plant(spaces: &mut Spaces, total: usize, founded: Timestamp) {
    let mut planter = Planter { spaces, total, founded, rooms_named: 0 };
    let mut building = 0;
    let mut country = None;
    while !planter.is_complete() {
        let (round, place) = (building / 2 / COUNTRIES.len(), building / 2 % COUNTRIES.len());
        if building % 2 == 0 {
            country = planter.country(&numbered(COUNTRIES[place].0, round));
        }
        if let Some(country) = country {
            planter.building(country, COUNTRIES[place].1[building % 2]);
        }
        building += 1;
    }
}

/// "Norway", and "Norway 2" when the names are used up.
fn numbered(name: &str, round: usize) -> String {
    if round == 0 { name.to_owned() } else { format!("{name} {}", round + 1) }
}

struct Planter<'a> {
    spaces: &'a mut Spaces,
    total: usize,
    founded: Timestamp,
    rooms_named: usize,
}

impl Planter<'_> {
    fn is_complete(&self) -> bool {
        self.spaces.len() >= self.total
    }

    fn country(&mut self, name: &str) -> Option<i64> {
        let root = self.spaces.root();
        self.plant(root, name.to_owned(), SpaceType::Country)
    }

    fn building(&mut self, country: i64, name: &str) {
        let Some(building) = self.plant(country, name.to_owned(), SpaceType::Building) else { return };
        for floor in 1..=FLOORS {
            self.floor(building, floor);
        }
    }

    fn floor(&mut self, building: i64, number: usize) {
        let Some(floor) = self.plant(building, format!("Floor {number}"), SpaceType::Floor) else { return };
        for room in 1..=NUMBERED_ROOMS {
            self.plant(floor, format!("Room {number}{room:02}"), SpaceType::Room);
        }
        for _ in 0..NAMED_ROOMS {
            let name = ROOMS[self.rooms_named % ROOMS.len()];
            self.rooms_named += 1;
            self.plant(floor, name.to_owned(), SpaceType::Room);
        }
    }

    /// None once there are enough.
    fn plant(&mut self, parent: i64, name: String, kind: SpaceType) -> Option<i64> {
        if self.is_complete() {
            return None;
        }
        let space = self.spaces.plant(parent, name, kind, self.founded);
        space.general = general(kind);
        Some(space.id)
    }
}

fn general(kind: SpaceType) -> Map<String, serde_json::Value> {
    let mut general = Map::new();
    general.insert("temperature_units".to_owned(), json!("celsius"));
    general.insert("priority_factor".to_owned(), json!(0));
    if kind == SpaceType::Building {
        let location =
            json!({ "location": { "lat": 60.39, "lng": 5.32 }, "utc_offset": 60, "region_name": "West" });
        general.insert("location".to_owned(), location);
    }
    general
}
