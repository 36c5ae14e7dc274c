//! Cases.

use xyte_plugin_sdk::api::{IncidentStatus, Priority};
use xyte_plugin_sdk::calls;

use super::{Case, cases, space, window};
use crate::ID;

pub(super) fn cases() -> Vec<Case> {
    cases! {
        GET_INCIDENTS: |cx| {
            calls::get_incidents(cx, &window())
                .page_size(500)
                .space_id(space())
                .status(IncidentStatus::Active)
                .priority(Priority::Critical)
                .title("Offline")
                .description("long")
                .issue("offline")
                .device_model("X100")
                .partner_name("Y")
                .sub_model("B")
                .page(1)
        };
        DELETE_INCIDENT: |cx| calls::delete_incident(cx, ID).send();
        GET_TICKETS: |cx| calls::get_tickets(cx).send();
        GET_TICKET: |cx| calls::get_ticket(cx, ID).send();
        UPDATE_TICKET: |cx| calls::update_ticket(cx, ID).title("Lamp").description("It is dark").send();
        MARK_RESOLVED: |cx| calls::mark_resolved(cx, ID).send();
        SEND_MESSAGE: |cx| calls::send_message(cx, ID, "On my way.").send();
        GET_ALL_DEVICE_NOTES: |cx| calls::get_all_device_notes(cx).per_page(100).page(1);
        GET_DEVICE_NOTES: |cx| calls::get_device_notes(cx, ID).per_page(100).page(1);
        CREATE_DEVICE_NOTE: |cx| calls::create_device_note(cx, ID, "New lamp").send();
        DELETE_DEVICE_NOTE: |cx| calls::delete_device_note(cx, ID, "n1").send();
        GET_ALL_SPACE_NOTES: |cx| calls::get_all_space_notes(cx).per_page(100).page(1);
        GET_SPACE_NOTES: |cx| calls::get_space_notes(cx, &space()).per_page(100).page(1);
        CREATE_SPACE_NOTE: |cx| calls::create_space_note(cx, &space(), "Key at the desk").send();
        DELETE_SPACE_NOTE: |cx| calls::delete_space_note(cx, &space(), "n1").send();
    }
}
