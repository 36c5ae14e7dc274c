//! The route constants are what the operation table says.

use xyte_catalog::{Catalog, sdk_routes};

#[test]
fn the_route_constants_are_those_of_the_catalogue() {
    let committed = include_str!("../src/routes.rs");
    assert!(
        committed == sdk_routes(Catalog::known()),
        "plugin-sdk/src/routes.rs is not what catalog/operations.toml makes of it: run `cargo xtask routes`"
    );
}
