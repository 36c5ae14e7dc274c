//! Which spaces a request asks for.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{Call, Refusal};
use crate::fleet::{Space, SpaceType, Spaces};

/// The documented filters; all that are given must hold. Names are compared without regard to case, and part of one
/// is enough.
#[derive(Debug)]
pub(crate) struct Filter {
    id: Option<i64>,
    parent_id: Option<i64>,
    name: Option<String>,
    path_includes: Option<String>,
    space_type: Option<String>,
    created_before: Option<Timestamp>,
    created_after: Option<Timestamp>,
}

impl Filter {
    pub(crate) fn read(call: &Call) -> Result<Filter, Refusal> {
        Ok(Filter {
            id: call.integer_query("id")?,
            parent_id: call.integer_query("parent_id")?,
            name: call.query("name").map(str::to_lowercase),
            path_includes: call.query("path_includes").map(str::to_lowercase),
            space_type: call.query("space_type").map(str::to_owned),
            created_before: time(call, "created_before")?,
            created_after: time(call, "created_after")?,
        })
    }

    pub(crate) fn takes(&self, spaces: &Spaces, space: &Space) -> bool {
        let kind = space.space_type.map(SpaceType::as_str);
        self.id.is_none_or(|id| space.id == id)
            && self.parent_id.is_none_or(|parent| space.parent_id == Some(parent))
            && self.name.as_deref().is_none_or(|name| space.name.to_lowercase().contains(name))
            && self.space_type.as_deref().is_none_or(|wanted| kind == Some(wanted))
            && self.created_before.is_none_or(|before| space.created_at < before)
            && self.created_after.is_none_or(|after| space.created_at > after)
            && self
                .path_includes
                .as_deref()
                .is_none_or(|part| spaces.full_path(space.id).to_lowercase().contains(part))
    }
}

/// A time in ISO 8601, or the beginning of a day in UTC.
fn time(call: &Call, name: &str) -> Result<Option<Timestamp>, Refusal> {
    let read = |text: &str| {
        text.parse().or_else(|_| day(text)).map_err(|_| {
            Refusal::unprocessable(format!("Parameter {name} must be a time such as 2026-01-31T08:00:00Z"))
        })
    };
    call.query(name).map(read).transpose()
}

fn day(text: &str) -> Result<Timestamp, jiff::Error> {
    Ok(text.parse::<Date>()?.to_zoned(TimeZone::UTC)?.timestamp())
}
