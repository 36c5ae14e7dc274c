//! What an issue is about, and which devices have to do with that. Words are compared, nothing else.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;
use xyte_plugin_sdk::api::Device;
use xyte_plugin_sdk::text::quote;

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

struct Words {
    topic: Topic,
    /// By which people speak of it.
    issue: &'static [&'static str],
    /// By which devices are called that have to do with it.
    device: &'static [&'static str],
}

const WORDS: [Words; 6] = [
    Words {
        topic: Topic::Audio,
        issue: &[
            "audio",
            "sound",
            "hear",
            "mic",
            "mics",
            "microphone",
            "speaker",
            "loudspeaker",
            "volume",
            "mute",
            "echo",
            "noise",
            "voice",
        ],
        device: &[
            "audio",
            "sound",
            "soundbar",
            "mic",
            "mics",
            "microphone",
            "speaker",
            "speakerphone",
            "loudspeaker",
            "dsp",
            "amp",
            "amplifier",
            "mixer",
        ],
    },
    Words {
        topic: Topic::Video,
        issue: &[
            "video",
            "camera",
            "webcam",
            "conference",
            "sharing",
            "share",
            "codec",
            "recording",
            "stream",
        ],
        device: &[
            "video",
            "videobar",
            "camera",
            "cam",
            "webcam",
            "codec",
            "conference",
            "encoder",
            "decoder",
            "capture",
        ],
    },
    Words {
        topic: Topic::Display,
        issue: &[
            "display",
            "screen",
            "tv",
            "television",
            "projector",
            "projection",
            "image",
            "picture",
            "hdmi",
            "black",
            "blank",
            "dark",
            "flicker",
            "lamp",
            "resolution",
        ],
        device: &[
            "display",
            "screen",
            "tv",
            "television",
            "projector",
            "monitor",
            "panel",
            "videowall",
            "led",
            "lcd",
            "signage",
        ],
    },
    Words {
        topic: Topic::Control,
        issue: &["control", "touch", "panel", "button", "remote", "keypad", "tablet", "lights", "blinds"],
        device: &["control", "controller", "touch", "panel", "processor", "keypad", "tablet"],
    },
    Words {
        topic: Topic::Network,
        issue: &[
            "network",
            "wifi",
            "internet",
            "lan",
            "ethernet",
            "connect",
            "connection",
            "disconnected",
            "offline",
            "slow",
            "unreachable",
        ],
        device: &["network", "switch", "router", "gateway", "edge", "ap", "wifi", "firewall"],
    },
    Words {
        topic: Topic::Power,
        issue: &["power", "dead", "reboot", "restart", "boot", "outlet", "plug"],
        device: &["power", "pdu", "ups", "outlet", "sequencer"],
    },
];

/// What was said of the issue.
pub(crate) struct Issue {
    /// In the table's order.
    pub(crate) topics: Vec<Topic>,
    /// Words that are neither of the table nor of the room: they may name a device.
    names: BTreeSet<String>,
}

impl Issue {
    /// What the description is about. The room's own words say nothing: all its devices may be called by them.
    pub(crate) fn read(description: &str, room: &str) -> Issue {
        let words = words(description);
        let topics = WORDS.iter().filter(|entry| words.iter().any(|word| is_one_of(word, entry.issue)));
        let room = self::words(room);
        let names =
            words.iter().filter(|word| word.chars().count() >= NAME_CHARS_MIN && !room.contains(*word));
        Issue { topics: topics.map(|entry| entry.topic).collect(), names: names.cloned().collect() }
    }

    /// Why the device has to do with the issue, if it has.
    pub(crate) fn relation(&self, device: &Device) -> Option<String> {
        let sub_model = device.model.as_ref().and_then(|model| model.sub_model.as_deref());
        let texts = [device.name.as_deref(), device.model_name(), sub_model];
        let called: BTreeSet<String> = texts.into_iter().flatten().flat_map(words).collect();
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

fn words(text: &str) -> BTreeSet<String> {
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
    fn an_issue_is_about_what_its_words_say() {
        let cases: [(&str, &[Topic]); 6] = [
            ("Nobody can hear us, the microphones seem dead", &[Topic::Audio, Topic::Power]),
            ("The SCREEN stays black!", &[Topic::Display]),
            ("camera freezes in Teams calls", &[Topic::Video]),
            ("touch panel does not respond", &[Topic::Control]),
            ("Wi-Fi? no: wifi is slow", &[Topic::Network]),
            ("it smells", &[]),
        ];
        for (description, topics) in cases {
            assert_eq!(Issue::read(description, "Room").topics, topics, "{description}");
        }
    }

    #[test]
    fn a_device_relates_by_its_kind_or_its_name() {
        let issue = Issue::read("no sound in room 101, the X100 is silent", "Org/Room 101");
        let relation = |name, model| issue.relation(&device(name, model));
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
        let issue = Issue::read("no sound", "Room");
        assert_eq!(issue.relation(&device("Ampere meter", "M")), None);
        assert!(issue.relation(&device("AMP 1", "M")).is_some());
    }
}
