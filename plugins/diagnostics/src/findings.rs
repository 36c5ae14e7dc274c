//! What the evidence comes to, in plain sentences, and what to do next.

use schemars::JsonSchema;
use serde::Serialize;
use xyte_plugin_sdk::api::Status;
use xyte_plugin_sdk::text::quote;

use crate::evidence::{Evidence, Health};
use crate::topics::Complaint;

/// So many changes of status in a day are more than switching on and off.
const UNSTABLE_CHANGES: usize = 4;
/// For how many devices next steps are given.
const STEPS_DEVICES_MAX: usize = 3;

/// Something to do next.
#[derive(Serialize, JsonSchema)]
pub(crate) struct NextStep {
    step: String,
    /// The tool that does it; absent when a person must.
    #[serde(skip_serializing_if = "Option::is_none")]
    tool: Option<&'static str>,
    /// The tool's arguments.
    #[serde(skip_serializing_if = "Option::is_none")]
    arguments: Option<StepArguments>,
}

/// The arguments of a tool that looks at one device.
#[derive(Serialize, JsonSchema)]
pub(crate) struct StepArguments {
    device_id: String,
}

/// What was found, one sentence each. Names are quoted: they are not ours.
pub(crate) fn findings(devices: &[Evidence], complaint: &Complaint) -> Vec<String> {
    if devices.is_empty() {
        return vec!["Xyte knows no devices in this room, so it cannot say what is wrong.".to_owned()];
    }
    let mut findings = vec![counts(devices)];
    findings.extend(whole_room(devices));
    findings.push(relation(devices, complaint));
    for device in devices.iter().filter(|device| device.has_problem()) {
        findings.push(format!("{} is {}.{}", called(device), device.health.word(), contradiction(device)));
    }
    for device in devices {
        let Some(recent) = device.recent.as_ref().filter(|recent| recent.changes_24h >= UNSTABLE_CHANGES)
        else {
            continue;
        };
        findings.push(format!(
            "{} is unstable: its status changed {} times in 24 hours.",
            called(device),
            recent.changes_24h
        ));
    }
    findings
}

fn counts(devices: &[Evidence]) -> String {
    let by_health: Vec<String> = Health::ALL
        .into_iter()
        .map(|health| (health, devices.iter().filter(|device| device.health == health).count()))
        .filter(|(_, count)| *count > 0)
        .map(|(health, count)| format!("{count} {}", health.word()))
        .collect();
    let plural = if devices.len() == 1 { "" } else { "s" };
    format!("{} device{plural} in this room: {}.", devices.len(), by_health.join(", "))
}

/// What several devices have in common is more likely their surroundings.
fn whole_room(devices: &[Evidence]) -> Option<String> {
    let all =
        |health: &[Health]| devices.len() > 1 && devices.iter().all(|device| health.contains(&device.health));
    if all(&[Health::Disconnected]) {
        Some(
            "All of them are disconnected: look at what connects them before the devices themselves."
                .to_owned(),
        )
    } else if all(&[Health::Offline, Health::Disconnected]) {
        Some(
            "None of them can be reached: the room's power or network is more likely than a device."
                .to_owned(),
        )
    } else {
        None
    }
}

fn relation(devices: &[Evidence], complaint: &Complaint) -> String {
    let related = devices.iter().filter(|device| device.is_related()).count();
    let with_problem = devices.iter().filter(|device| device.is_related() && device.has_problem()).count();
    let topics: Vec<&str> = complaint.topics.iter().map(|topic| topic.name()).collect();
    let about = if topics.is_empty() { "the description".to_owned() } else { topics.join(" and ") };
    match (related, with_problem) {
        (0, _) if topics.is_empty() => {
            "Nothing in the description points to a kind of device, so they are ordered by health alone."
                .to_owned()
        }
        (0, _) => format!("By name and model, no device here has to do with {about}."),
        (related, 0) => format!(
            "{} to do with {about}, and Xyte sees no problem there: the cause may be something that Xyte does not see, \
             such as a cable, an input, a volume or a setting.",
            have(related)
        ),
        (related, with_problem) => {
            format!("{} to do with {about}, {with_problem} with a problem.", have(related))
        }
    }
}

/// `1 of them has`, `2 of them have`
fn have(devices: usize) -> String {
    format!("{devices} of them {}", if devices == 1 { "has" } else { "have" })
}

/// A device that has a problem and does not know of it.
fn contradiction(device: &Evidence) -> &'static str {
    match &device.status {
        Some(Status::Online) => " It says of itself that it is online.",
        _ => "",
    }
}

/// What to do next, naming only tools that exist.
pub(crate) fn next_steps(devices: &[Evidence]) -> Vec<NextStep> {
    let mut steps = Vec::new();
    for device in devices.iter().filter(|device| device.has_problem()).take(STEPS_DEVICES_MAX) {
        let name = called(device);
        let look = |step: String, tool| NextStep {
            step,
            tool: Some(tool),
            arguments: Some(StepArguments { device_id: device.device_id.clone() }),
        };
        if let Some(step) = by_hand(device.health) {
            steps.push(NextStep { step: format!("{step} {name}."), tool: None, arguments: None });
        }
        steps.push(look(format!("See all that {name} reports."), "get_device"));
        steps.push(look(format!("See when the status of {name} changed."), "search_device_histories"));
    }
    if steps.is_empty() && !devices.is_empty() {
        let step = "Check on site what Xyte does not see: cables, inputs, volume, and who is in the call."
            .to_owned();
        steps.push(NextStep { step, tool: None, arguments: None });
    }
    steps
}

fn by_hand(health: Health) -> Option<&'static str> {
    match health {
        Health::Offline => Some("Check on site the power and the network cable of"),
        Health::Disconnected => Some("Check the connector, edge or parent device that connects"),
        Health::NeverSeen => Some("Check whether anybody has ever installed and connected"),
        Health::Error | Health::Warning | Health::Unknown | Health::Ok => None,
    }
}

fn called(device: &Evidence) -> String {
    quote(device.name.as_deref().unwrap_or(&device.device_id))
}
