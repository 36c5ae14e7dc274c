//! The products that fleets are made of. All of them are invented.

use std::sync::Arc;

use crate::dice::{self, Stream};
use crate::fleet::Model;

/// What is known of a product beyond what the API says.
#[derive(Debug)]
pub(crate) struct Product {
    /// What people call the kind of device.
    pub(crate) noun: &'static str,
    /// What its serial numbers begin with.
    pub(crate) serial: &'static str,
    /// Its firmware versions, newest first.
    pub(crate) firmware: &'static [&'static str],
    /// Whether it is claimed by a cloud id, without serial number and hardware address.
    pub(crate) cloud: bool,
    /// Whether it is reached through an edge, and so has custom parameters.
    pub(crate) edge: bool,
    name: &'static str,
    sub_model: Option<&'static str>,
    partner: &'static str,
}

const fn product(
    noun: &'static str,
    name: &'static str,
    partner: &'static str,
    serial: &'static str,
) -> Product {
    let firmware: &[&str] = &["4.2.1", "4.2.0", "4.1.7", "3.9.12"];
    Product { noun, name, partner, serial, firmware, sub_model: None, cloud: false, edge: false }
}

/// Every product. Its place here is its model's place in [`shared`].
pub(crate) const PRODUCTS: [Product; 10] = [
    Product { sub_model: Some("LX-40W"), ..product("Projector", "Lumora LX-40", "Lumora", "LX40") },
    Product { firmware: &["2026.9.1", "2026.3.4"], ..product("Video Bar", "Parlo Bar 2", "Parlo", "PB2") },
    product("Display", "Vistapane 75", "Vistapane", "VP75"),
    Product { edge: true, ..product("Audio Processor", "Tonwerk DSP 8", "Tonwerk", "TW8") },
    Product { cloud: true, ..product("Touch Panel", "Tapwell T10", "Tapwell", "TT10") },
    Product { edge: true, ..product("Switcher", "Kreuzweg MX-6", "Kreuzweg", "MX6") },
    Product { firmware: &["1.0.3"], ..product("Sensor", "Roomsense One", "Roomsense", "RS1") },
    Product { sub_model: Some("Zoom 20x"), ..product("Camera", "Argus PTZ", "Argus Optics", "APTZ") },
    Product { cloud: true, ..product("Signage Player", "Placard S", "Placard", "PLS") },
    Product { firmware: &["7.0.0-rc.2", "6.8.1"], ..product("Edge", "Gateline G1", "Gateline", "GL1") },
];

/// The models of all products, in their order, with ids that every tenant of one seed shares.
pub(crate) fn shared(seed: u64) -> Vec<Arc<Model>> {
    let mut dice = dice::of(seed, Stream::Models);
    let mut model = |product: &Product| {
        let id = dice::uuid(&mut dice);
        Arc::new(Model { id, name: product.name, sub_model: product.sub_model, partner: product.partner })
    };
    PRODUCTS.iter().map(&mut model).collect()
}
