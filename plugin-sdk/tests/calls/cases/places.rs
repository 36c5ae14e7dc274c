//! Cases.

use xyte_plugin_sdk::api::{LabelCategory, LicenseState};
use xyte_plugin_sdk::calls::{self, Label};
use xyte_plugin_sdk::json;

use super::{Case, cases, space};
use crate::ID;

pub(super) fn cases() -> Vec<Case> {
    cases! {
        GET_SPACES: |cx| {
            calls::get_spaces(cx)
                .id(space())
                .parent_id(space())
                .name("Room")
                .path_includes("Floor")
                .space_type("room")
                .created_before("2026-11-30")
                .created_after("2026-11-01")
                .per_page(100)
                .page(1)
        };
        GET_SPACE: |cx| calls::get_space(cx, &space()).send();
        CREATE_SPACE: |cx| calls::create_space(cx, "Room").parent_id(space()).config(&json!({})).send();
        UPDATE_SPACE: |cx| {
            calls::update_space(cx, &space()).name("Hall").parent_id(space()).config(&json!({})).send()
        };
        DELETE_SPACE: |cx| calls::delete_space(cx, &space()).send();
        FIND_OR_CREATE_SPACE: |cx| {
            calls::find_or_create_space(cx, "A/B").parent_id(space()).config(&json!({})).send()
        };
        GET_LICENSES: |cx| {
            calls::get_licenses(cx)
                .state(&[LicenseState::InUse, LicenseState::Error])
                .assigned(true)
                .device_id(ID)
                .product_id(ID)
                .device_model_id(ID)
                .bound_device_sn("s")
                .warranty(false)
                .transferable(true)
                .expires_before("2026-12-31")
                .expires_after("2026-01-01")
                .order_short_id("o")
                .per_page(100)
                .page(1)
        };
        GET_ASSETS: |cx| {
            calls::get_assets(cx).name("Screen").serial_number("s").space_id(space()).per_page(100).page(1)
        };
        GET_ASSET: |cx| calls::get_asset(cx, ID).send();
        CREATE_ASSET: |cx| {
            calls::create_asset(cx, "Screen")
                .serial_number("s")
                .space_id(space())
                .purchased_at("2026-01-01")
                .comments("on the wall")
                .icon_name("tv")
                .manufacturer(Label::Id("l1"))
                .device_model(Label::Name("X100"))
                .device_type(Label::Id("l2"))
                .status(Label::Id("l3"))
                .send()
        };
        UPDATE_ASSET: |cx| {
            calls::update_asset(cx, ID)
                .name("Screen")
                .serial_number("s")
                .space_id(space())
                .purchased_at("2026-01-01")
                .comments("on the wall")
                .icon_name("tv")
                .manufacturer(Label::Id("l1"))
                .device_model(Label::Name("X100"))
                .device_type(Label::Id("l2"))
                .status(Label::Id("l3"))
                .send()
        };
        DELETE_ASSET: |cx| calls::delete_asset(cx, ID).send();
        GET_ASSET_LABELS: |cx| calls::get_asset_labels(cx, &LabelCategory::DeviceType).send();
    }
}
