//! Which devices are meant.

use xyte_plugin_sdk::api::Device;
use xyte_plugin_sdk::text::quote;

use super::counts::{Counts, NONE, OTHER, Tally};

/// What a device must be. The hub filters by none of this.
pub(crate) struct Filter {
    status: Option<String>,
    effective_status: Option<String>,
    model: Option<String>,
    name: Option<String>,
    space: Option<String>,
}

impl Filter {
    pub(crate) fn new(
        status: Option<String>,
        effective_status: Option<String>,
        model: Option<String>,
        name: Option<String>,
        space: Option<String>,
    ) -> Filter {
        let lower = |text: Option<String>| {
            text.map(|text| text.trim().to_lowercase()).filter(|text| !text.is_empty())
        };
        Filter {
            status: lower(status),
            effective_status: lower(effective_status),
            model: lower(model),
            name: lower(name),
            space: lower(space),
        }
    }

    pub(crate) fn matches(&self, device: &Device) -> bool {
        is(self.status.as_deref(), device.status.as_ref().map(|status| status.as_str()))
            && is(
                self.effective_status.as_deref(),
                device.effective_status.as_ref().map(|status| status.as_str()),
            )
            && contains(self.model.as_deref(), device.model_name())
            && contains(self.name.as_deref(), device.name.as_deref())
            && contains(self.space.as_deref(), device.space_path())
    }

    /// Nothing matches a word that no device has: then it helps to hear which words there are.
    pub(crate) fn note_on_none(&self, seen: &Tally) -> Option<String> {
        let status = unseen("status", self.status.as_deref(), &seen.by_status);
        let effective = self.effective_status.as_deref();
        status.or_else(|| unseen("effective_status", effective, &seen.by_effective_status))
    }
}

fn is(wanted: Option<&str>, status: Option<&str>) -> bool {
    wanted.is_none_or(|wanted| wanted.eq_ignore_ascii_case(status.unwrap_or(NONE)))
}

fn contains(wanted: Option<&str>, text: Option<&str>) -> bool {
    wanted.is_none_or(|wanted| text.is_some_and(|text| text.to_lowercase().contains(wanted)))
}

fn unseen(kind: &str, wanted: Option<&str>, seen: &Counts) -> Option<String> {
    let wanted = wanted.filter(|wanted| !seen.contains_key(wanted) && !seen.contains_key(OTHER))?;
    let seen: Vec<&str> = seen.keys().copied().collect();
    Some(format!("None of the devices has the {kind} {}; there are: {}.", quote(wanted), seen.join(", ")))
}
