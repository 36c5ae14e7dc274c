//! `diagnose_av_issue`

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use xyte_plugin_sdk::api::{Device, Space, SpaceId};
use xyte_plugin_sdk::{Answer, Cx, End, Request, ToolError, XyteErrorKind, routes};

use crate::evidence::{self, Evidence};
use crate::findings::{self, NextStep};
use crate::history;
use crate::room;
use crate::topics::{Complaint, Topic};
use crate::tree::Tree;

/// The most that Xyte puts on a page.
const PER_PAGE: u32 = 100;
/// In how many spaces of a room devices are looked for: a request each, of the 64 that one call has.
const SPACES_MAX: usize = 12;

/// The arguments of `diagnose_av_issue`.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DiagnoseAvIssue {
    /// The room's name, a part of it, or its path where the name is not unique: `Berlin/Floor 2/Room 101`.
    #[schemars(length(min = 1, max = 500))]
    room_name: String,
    /// What is wrong, in the words of whoever reported it: `nobody can hear us`.
    #[schemars(length(max = 2000))]
    issue_description: String,
}

/// The answer of `diagnose_av_issue`.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Diagnosis {
    room: Room,
    /// What the description is about, as far as its words say so.
    topics: Vec<Topic>,
    /// What was found.
    findings: Vec<String>,
    /// The devices: what relates to the complaint and has a problem comes first.
    devices: Vec<Evidence>,
    /// What could not be looked at.
    not_seen: Vec<String>,
    /// What to do next.
    next_steps: Vec<NextStep>,
}

/// The room that was meant.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Room {
    space_id: SpaceId,
    path: String,
}

pub(crate) fn run(cx: &Cx, args: &DiagnoseAvIssue) -> Result<Answer<Diagnosis>, ToolError> {
    let mut not_seen = Vec::new();
    let tree = read_tree(cx, &mut not_seen)?;
    let space = room::resolve(&tree, &args.room_name).map_err(|error| with_hint(error, &not_seen))?;
    let path = tree.path(space);
    let complaint = Complaint::read(&args.issue_description, &path);
    let now = cx.now();
    let devices = read_devices(cx, &tree, space, &mut not_seen)?;
    let mut devices: Vec<Evidence> =
        devices.into_iter().map(|device| Evidence::of(device, &complaint, now)).collect();
    evidence::sort(&mut devices);
    read_recent(cx, &mut devices, &mut not_seen)?;
    not_seen.push("open incidents and tickets, cables, inputs, volume and settings".to_owned());
    let diagnosis = Diagnosis {
        room: Room { space_id: space.id.clone(), path },
        findings: findings::findings(&devices, &complaint),
        next_steps: findings::next_steps(&devices),
        topics: complaint.topics,
        devices,
        not_seen,
    };
    let text = format!("{}\nNot seen: {}.", diagnosis.findings.join("\n"), diagnosis.not_seen.join("; "));
    Ok(Answer::new(diagnosis).summary(text))
}

fn read_tree(cx: &Cx, not_seen: &mut Vec<String>) -> Result<Tree, ToolError> {
    let spaces = cx.request(&routes::GET_SPACES).query("per_page", PER_PAGE).pages::<Space>().collect()?;
    not_seen.extend(cut("some spaces of the organization", &spaces.end));
    Ok(Tree::new(spaces.items))
}

/// A room that was not found among half of the spaces may be among the others.
fn with_hint(error: ToolError, not_seen: &[String]) -> ToolError {
    match not_seen {
        [] => error,
        [not_seen, ..] => error.hint(format!("Not looked at: {not_seen}.")),
    }
}

/// The devices of the room and of the spaces inside of it, each asked for by itself: Xyte does not say whether a
/// space's devices include those of the spaces inside.
fn read_devices(
    cx: &Cx,
    tree: &Tree,
    room: &Space,
    not_seen: &mut Vec<String>,
) -> Result<Vec<Device>, ToolError> {
    let spaces = tree.within(room);
    let mut devices: Vec<Device> = Vec::new();
    for (at, space_id) in spaces.iter().take(SPACES_MAX).enumerate() {
        match devices_of(cx.request(&routes::GET_DEVICES).query("space_id", space_id)) {
            Ok((found, end)) => {
                not_seen.extend(cut("some devices of this room", &end));
                let known = |device: &Device| devices.iter().any(|earlier| earlier.id == device.id);
                let new: Vec<Device> = found.into_iter().filter(|device| !known(device)).collect();
                devices.extend(new);
            }
            Err(error) if at == 0 => return Err(error.into()),
            Err(error) => not_seen.push(format!("the devices of a space inside of this room ({error})")),
        }
    }
    if spaces.len() > SPACES_MAX {
        not_seen
            .push(format!("the devices of {} further spaces inside of this room", spaces.len() - SPACES_MAX));
    }
    Ok(devices)
}

fn devices_of(request: Request<'_>) -> Result<(Vec<Device>, End), xyte_plugin_sdk::XyteError> {
    let collected = request.query("per_page", PER_PAGE).pages().collect()?;
    Ok((collected.items, collected.end))
}

fn cut(what: &str, end: &End) -> Option<String> {
    end.why().map(|why| format!("{what} ({why})"))
}

fn read_recent(cx: &Cx, devices: &mut [Evidence], not_seen: &mut Vec<String>) -> Result<(), ToolError> {
    let looked_at = devices.len().min(history::DEVICES_MAX);
    let ids: Vec<&str> = devices[..looked_at].iter().map(|device| device.device_id.as_str()).collect();
    let mut failed = Vec::new();
    let answers = if ids.is_empty() { Vec::new() } else { history::read(cx, &ids)? };
    for (device, recent) in devices.iter_mut().zip(answers) {
        match recent {
            Ok(recent) => device.recent = Some(recent),
            Err(error) => failed.push(error),
        }
    }
    if let Some(first) = failed.first() {
        let what = match first.kind() {
            XyteErrorKind::Denied => "what the devices reported over time".to_owned(),
            _ => format!("what {} of the devices reported over time", failed.len()),
        };
        not_seen.push(format!("{what} ({first})"));
    }
    if devices.len() > looked_at {
        not_seen.push(format!("what {} further devices reported over time", devices.len() - looked_at));
    }
    Ok(())
}
