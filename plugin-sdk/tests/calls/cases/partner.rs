//! Cases.

use xyte_plugin_sdk::api::CommandStatus;
use xyte_plugin_sdk::calls::partner;

use super::{Case, cases, window};
use crate::ID;

pub(super) fn cases() -> Vec<Case> {
    cases! {
        partner::GET_DEVICES: |cx| partner::get_devices(cx).model_id(ID).sn("s").mac("m").page(1);
        partner::GET_DEVICE_INFO: |cx| partner::get_device_info(cx, ID).send();
        partner::DELETE_DEVICE: |cx| partner::delete_device(cx, ID).send();
        partner::GET_TELEMETRIES: |cx| partner::get_telemetries(cx, ID).send();
        partner::GET_CONFIGURATION: |cx| partner::get_configuration(cx, ID).send();
        partner::GET_COMMANDS: |cx| partner::get_commands(cx, ID).status(CommandStatus::Done).page(1);
        partner::GET_STATE_HISTORY: |cx| {
            partner::get_state_history(cx, ID, &window()).status("online").page(1)
        };
        partner::GET_STATE_HISTORY_MULTI_DEVICES: |cx| {
            partner::get_state_history_multi_devices(cx, &window()).status("online").page(1)
        };
        partner::CREATE_ORGANIZATION: |cx| {
            partner::create_organization(cx, "New", "a@example.com", "A")
                .finance_contact_email("b@example.com")
                .finance_contact_name("B")
                .send()
        };
        partner::GET_TICKETS: |cx| partner::get_tickets(cx).send();
        partner::GET_TICKET: |cx| partner::get_ticket(cx, ID).send();
        partner::UPDATE_TICKET: |cx| partner::update_ticket(cx, ID).title("Lamp").description("Dark").send();
        partner::CLOSE_TICKET: |cx| partner::close_ticket(cx, ID).send();
        partner::ADD_COMMENT: |cx| partner::add_comment(cx, ID, "On my way.").send();
    }
}
