//! What a complaint is about, and which devices have to do with that. Words are compared, nothing else.

mod words;

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;
use xyte_plugin_sdk::api::Device;
use xyte_plugin_sdk::text::quote;

use words::WORDS;

/// The shortest word of the table that is also found at the beginning of a longer one: `speaker` in `speakers`.
const STEM_CHARS_MIN: usize = 4;
/// The shortest word of the description that can name a device.
const NAME_CHARS_MIN: usize = 3;

/// A kind of trouble.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Topic {
    Audio,
    Video,
    Display,
    Control,
    Network,
    Power,
}

/// What was complained of.
pub(crate) struct Complaint {
    /// In the table's order.
    pub(crate) topics: Vec<Topic>,
    /// Words that are not of the room: they may name a device.
    names: BTreeSet<String>,
}

impl Complaint {
    /// What the description is about. The room's own words say nothing: all its devices may be called by them.
    pub(crate) fn read(description: &str, room: &str) -> Complaint {
        let words = split(description);
        let topics = WORDS.iter().filter(|entry| words.iter().any(|word| is_one_of(word, entry.said)));
        let room = split(room);
        let names =
            words.iter().filter(|word| word.chars().count() >= NAME_CHARS_MIN && !room.contains(*word));
        Complaint { topics: topics.map(|entry| entry.topic).collect(), names: names.cloned().collect() }
    }

    /// Why the device has to do with the complaint, if it has.
    pub(crate) fn relation(&self, device: &Device) -> Option<String> {
        let sub_model = device.model.as_ref().and_then(|model| model.sub_model.as_deref());
        let texts = [device.name.as_deref(), device.model_name(), sub_model];
        let called: BTreeSet<String> = texts.into_iter().flatten().flat_map(split).collect();
        if let Some(name) = called.iter().find(|word| self.names.contains(*word) && !is_common(word)) {
            return Some(format!("the description names it: {}", quote(name)));
        }
        let (entry, word) = WORDS
            .iter()
            .filter(|entry| self.topics.contains(&entry.topic))
            .find_map(|entry| Some((entry, called.iter().find(|word| is_one_of(word, entry.device))?)))?;
        Some(format!("the description is about {}, and it is called {}", entry.topic.name(), quote(word)))
    }
}

impl Topic {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Topic::Audio => "audio",
            Topic::Video => "video",
            Topic::Display => "displays",
            Topic::Control => "control",
            Topic::Network => "the network",
            Topic::Power => "power",
        }
    }
}

/// Words that many devices and descriptions have without meaning each other.
fn is_common(word: &str) -> bool {
    let common = [
        "room", "main", "the", "and", "not", "device", "system", "left", "right", "front", "rear", "new",
        "pro",
    ];
    common.contains(&word)
}

fn is_one_of(word: &str, table: &[&str]) -> bool {
    table.iter().any(|entry| word == *entry || (entry.len() >= STEM_CHARS_MIN && word.starts_with(entry)))
}

fn split(text: &str) -> BTreeSet<String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use xyte_plugin_sdk::api::Model;

    use super::*;

    fn device(name: &str, model: &str) -> Device {
        let model = Model { name: Some(model.to_owned()), ..Model::default() };
        Device { name: Some(name.to_owned()), model: Some(model), ..Device::default() }
    }

    #[test]
    fn a_complaint_is_about_what_its_words_say() {
        let cases: [(&str, &[Topic]); 6] = [
            ("Nobody can hear us, the microphones seem dead", &[Topic::Audio, Topic::Power]),
            ("The SCREEN stays black!", &[Topic::Display]),
            ("camera freezes in Teams calls", &[Topic::Video]),
            ("touch panel does not respond", &[Topic::Control]),
            ("Wi-Fi? no: wifi is slow", &[Topic::Network]),
            ("it smells", &[]),
        ];
        for (description, topics) in cases {
            assert_eq!(Complaint::read(description, "Room").topics, topics, "{description}");
        }
    }

    #[test]
    fn a_device_relates_by_its_kind_or_its_name() {
        let complaint = Complaint::read("no sound in room 101, the X100 is silent", "Org/Room 101");
        let relation = |name, model| complaint.relation(&device(name, model));
        assert_eq!(
            relation("Ceiling speakers", "C7").as_deref(),
            Some("the description is about audio, and it is called \"speakers\"")
        );
        assert_eq!(relation("Room 101 left", "X100").as_deref(), Some("the description names it: \"x100\""));
        assert_eq!(relation("Room 101 projector", "P1"), None, "the room's own words relate nothing");
        assert_eq!(relation("", ""), None);
    }

    #[test]
    fn a_short_word_is_not_found_inside_of_another() {
        let complaint = Complaint::read("no sound", "Room");
        assert_eq!(complaint.relation(&device("Ampere meter", "M")), None);
        assert!(complaint.relation(&device("AMP 1", "M")).is_some());
    }
}
