//! The calls of a manufacturer's partner key. Partners cannot send commands.

use super::declare::call;
use crate::api::partner::{Configuration, Device, Telemetry};
use crate::api::{Command, CommandStatus, History, Organization, Ticket};
use crate::time::Window;

call! {
    /// Lists devices of every customer.
    fn get_devices() -> list Device;
    route partner::GET_DEVICES, read;
    options GetDevices {
        /// Only of this model.
        query model_id: &'a str,
        /// Only of this serial number.
        query sn: &'a str,
        /// Only of this MAC address.
        query mac: &'a str,
    }
}

call! {
    /// Reads one device. The documented answer wraps it into a list, which is unwrapped here.
    fn get_device_info(path device_id: &str) -> first Device;
    route partner::GET_DEVICE_INFO, read;
}

call! {
    /// Deletes a device.
    fn delete_device(path device_id: &str) -> done;
    route partner::DELETE_DEVICE, destructive;
}

call! {
    /// Lists what a device reported.
    fn get_telemetries(path device_id: &str) -> rows Telemetry;
    route partner::GET_TELEMETRIES, read;
}

call! {
    /// Reads a device's configuration.
    fn get_configuration(path device_id: &str) -> first Configuration;
    route partner::GET_CONFIGURATION, read;
}

call! {
    /// Lists the commands that were sent to a device.
    fn get_commands(path device_id: &str) -> list Command;
    route partner::GET_COMMANDS, read;
    options GetCommands {
        /// Only those that stand there.
        query status: CommandStatus,
    }
}

call! {
    /// Lists the recorded states of a device, 500 on a page. The window is no option, since Xyte takes the month so
    /// far where none is said.
    fn get_state_history(path device_id: &str, dates window: &Window) -> list History;
    route partner::GET_STATE_HISTORY, read;
    options GetStateHistory {
        /// Only of this status.
        query status: &'a str,
    }
}

call! {
    /// Lists the recorded states of all devices, 500 on a page. The window is no option, since Xyte takes the month
    /// so far where none is said.
    fn get_state_history_multi_devices(dates window: &Window) -> list History;
    route partner::GET_STATE_HISTORY_MULTI_DEVICES, read;
    options GetStateHistoryMultiDevices {
        /// Only devices of this status.
        query status: &'a str,
    }
}

call! {
    /// Creates a customer with an administrator.
    fn create_organization(
        body name: &str, body admin_contact_email: &str, body admin_contact_name: &str
    ) -> one Organization;
    route partner::CREATE_ORGANIZATION, privileged;
    options CreateOrganization {
        /// The address for invoices.
        body finance_contact_email: &'a str,
        /// The name for invoices.
        body finance_contact_name: &'a str,
    }
}

call! {
    /// Lists open tickets of every customer, without their comments.
    fn get_tickets() -> rows Ticket;
    route partner::GET_TICKETS, read;
}

call! {
    /// Reads one ticket with its comments. 401 means that it is not there.
    fn get_ticket(path ticket_id: &str) -> one Ticket;
    route partner::GET_TICKET, read;
}

call! {
    /// Changes a ticket's title and description. 401 means that it is not there.
    fn update_ticket(path ticket_id: &str) -> one Ticket;
    route partner::UPDATE_TICKET, write;
    options UpdateTicket {
        /// What it is about.
        body title: &'a str,
        /// More of it.
        body description: &'a str,
    }
}

call! {
    /// Resolves a ticket, which nothing in the API opens again. A second time is refused with 403; 401 means that it
    /// is not there. The answer is the ticket, as far as is known.
    fn close_ticket(path ticket_id: &str) -> done;
    route partner::CLOSE_TICKET, destructive;
}

call! {
    /// Adds a message to a ticket, for everybody who follows it. 401 means that the ticket is not there.
    fn add_comment(path ticket_id: &str, body message: &str) -> done;
    route partner::ADD_COMMENT, write;
}
