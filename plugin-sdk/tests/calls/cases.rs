//! Every typed call with everything that it takes.

mod devices;
mod partner;
mod people;
mod places;
mod service;

use xyte_plugin_sdk::api::SpaceId;
use xyte_plugin_sdk::route::Route;
use xyte_plugin_sdk::time::{self, Window};
use xyte_plugin_sdk::{Cx, XyteError};

/// A route, and the call that goes to it with all of its options.
pub(crate) struct Case {
    pub(crate) route: &'static Route,
    pub(crate) send: fn(&Cx) -> Result<(), XyteError>,
}

macro_rules! cases {
    ($($($route:ident)::+: $send:expr;)+) => {
        vec![$($crate::cases::Case {
            route: &xyte_plugin_sdk::routes::$($route)::+,
            send: |cx| {
                let send: fn(&xyte_plugin_sdk::Cx) -> Result<_, xyte_plugin_sdk::XyteError> = $send;
                send(cx).map(drop)
            },
        }),+]
    };
}

use cases;

pub(crate) fn all() -> Vec<Case> {
    let groups = [devices::cases(), people::cases(), places::cases(), service::cases(), partner::cases()];
    groups.into_iter().flatten().collect()
}

fn space() -> SpaceId {
    SpaceId::from(7)
}

fn window() -> Window {
    let [from, to] = ["2026-11-01", "2026-12-01"].map(|text| time::parse(text).expect("a time"));
    Window::new(from, to).expect("a window")
}
