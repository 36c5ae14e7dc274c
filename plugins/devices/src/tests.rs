//! The plugin, run natively against a scripted host.

mod get;
mod histories;
mod list;
mod resources;

use xyte_plugin_sdk::mock;

use crate::Devices;

#[test]
fn the_default_grant_is_what_the_plugin_asks_for() {
    let grant: toml::Table = include_str!("../plugin.toml").parse().unwrap();
    assert_eq!(grant["enabled"].as_bool(), Some(true));
    let mut routes: Vec<&str> =
        grant["routes"].as_array().unwrap().iter().map(|route| route.as_str().unwrap()).collect();
    routes.sort_unstable();
    assert_eq!(routes, mock::route_keys::<Devices>());
}

#[test]
fn the_description_changes_on_purpose_only() {
    insta::with_settings!({ sort_maps => true }, {
        insta::assert_json_snapshot!("description", mock::golden::<Devices>());
    });
}
