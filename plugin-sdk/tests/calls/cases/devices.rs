//! Cases.

use xyte_plugin_sdk::calls::{self, Identity};
use xyte_plugin_sdk::json;

use super::{Case, cases, space, window};
use crate::ID;

pub(super) fn cases() -> Vec<Case> {
    cases! {
        GET_DEVICES: |cx| calls::get_devices(cx).space_id(space()).per_page(100).page(1);
        GET_DEVICE: |cx| calls::get_device(cx, ID).send();
        CLAIM_DEVICE: |cx| {
            calls::claim_device(cx, &space(), &Identity::CloudId("c")).name("Projector").send()?;
            calls::claim_device(cx, &space(), &Identity::MacAndSn { mac: "m", sn: "s" }).send()
        };
        UPDATE_DEVICE: |cx| {
            calls::update_device(cx, ID)
                .configuration(&json!({"volume": 3}))
                .custom_parameters(&json!({"Port": "80"}))
                .name("Projector")
                .device_host_address("10.0.0.7")
                .sub_model("B")
                .sn("s")
                .mac("m")
                .custom_model_name("X")
                .custom_vendor_name("Y")
                .skip_connectivity_check(true)
                .send()
        };
        DELETE_DEVICE: |cx| calls::delete_device(cx, ID).send();
        MOVE_DEVICE: |cx| calls::move_device(cx, ID, &space()).send();
        MERGE_DEVICE: |cx| calls::merge_device(cx, ID, &[ID]).send();
        SPLIT_DEVICE: |cx| calls::split_device(cx, ID, ID).send();
        SUSPEND_INCIDENTS: |cx| calls::suspend_incidents(cx, ID).send();
        RESUME_INCIDENTS: |cx| calls::resume_incidents(cx, ID).send();
        GET_HISTORIES: |cx| {
            calls::get_histories(cx, &window())
                .status("offline")
                .device_id(ID)
                .space_id(space())
                .name("Projector")
                .per_page(1000)
                .page(1)
        };
        GET_COMMANDS: |cx| calls::get_commands(cx, ID).send();
        SEND_COMMAND: |cx| {
            let extra = json!({"delay": 5});
            calls::send_command(cx, ID, "reboot").friendly_name("Reboot").file_id(ID).extra_params(&extra).send()
        };
        CANCEL_COMMAND: |cx| calls::cancel_command(cx, ID, "c1").send();
        GET_MODELS: |cx| calls::get_models(cx).search("X").edge_only(true).per_page(100).page(1);
        GET_MODEL: |cx| calls::get_model(cx, ID).send();
        GET_EDGES: |cx| calls::get_edges(cx).per_page(100).page(1);
        START_PING: |cx| calls::start_ping(cx, ID, "10.0.0.7").send();
        GET_PING_STATUS: |cx| calls::get_ping_status(cx, ID, "10.0.0.7").send();
        START_CLAIM: |cx| {
            calls::start_claim(cx, ID, "10.0.0.7", ID, &space())
                .display_name("Projector")
                .mac("m")
                .sn("s")
                .custom_parameters(&json!({"Port": "80"}))
                .custom_partner_name("Y")
                .custom_model_name("X")
                .skip_connectivity_check(true)
                .send()
        };
        GET_CLAIM_STATUS: |cx| calls::get_claim_status(cx, ID, "10.0.0.7").send();
        UPDATE_HOSTNAME: |cx| calls::update_hostname(cx, ID, "10.0.0.8").skip_connectivity_check(false).send();
    }
}
