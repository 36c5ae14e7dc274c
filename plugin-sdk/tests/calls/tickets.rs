//! 401 of a ticket says that it is not there; of anything else, that the key is not accepted.

use xyte_plugin_sdk::bindings::types::Failure;
use xyte_plugin_sdk::calls::{self, partner};
use xyte_plugin_sdk::route::Route;
use xyte_plugin_sdk::{Cx, ToolError, XyteError, json, mock, routes};

use crate::ID;

type Send = fn(&Cx) -> Result<(), XyteError>;

fn failure(route: &'static Route, status: u16, send: Send) -> Failure {
    let host = mock::Host::new().answer(route, status, json!({"error": "Not authorized"}));
    ToolError::from(host.run(send).expect_err("it is refused")).into()
}

#[test]
fn only_of_one_ticket_is_401_not_found() {
    let cases: [(&'static Route, u16, &str, Send); 9] = [
        (&routes::GET_TICKET, 401, "not_found", |cx| calls::get_ticket(cx, ID).send().map(drop)),
        (&routes::UPDATE_TICKET, 401, "not_found", |cx| calls::update_ticket(cx, ID).send().map(drop)),
        (&routes::MARK_RESOLVED, 401, "not_found", |cx| calls::mark_resolved(cx, ID).send().map(drop)),
        (&routes::SEND_MESSAGE, 401, "not_found", |cx| calls::send_message(cx, ID, "a").send().map(drop)),
        (&routes::partner::GET_TICKET, 401, "not_found", |cx| partner::get_ticket(cx, ID).send().map(drop)),
        (&routes::GET_TICKET, 404, "not_found", |cx| calls::get_ticket(cx, ID).send().map(drop)),
        (&routes::GET_TICKET, 403, "forbidden", |cx| calls::get_ticket(cx, ID).send().map(drop)),
        (&routes::GET_TICKETS, 401, "unauthorized", |cx| calls::get_tickets(cx).send().map(drop)),
        (&routes::GET_DEVICE, 401, "unauthorized", |cx| calls::get_device(cx, ID).send().map(drop)),
    ];
    for (route, status, code, send) in cases {
        let failure = failure(route, status, send);
        assert_eq!(failure.code, code, "{} {status}", route.key);
        let doubtful = failure.hint.is_some_and(|hint| hint.contains("no such ticket, or the API key"));
        assert_eq!(doubtful, status == 401 && code == "not_found", "{} {status}", route.key);
    }
}

#[test]
fn it_holds_for_requests_without_types_too() {
    let host = mock::Host::new().answer(&routes::GET_TICKET, 401, json!({}));
    host.run(|cx| {
        let request = || cx.request(&routes::GET_TICKET).param("ticket_id", ID);
        assert!(request().send().unwrap_err().is_not_found());
        let [answer] = <[_; 1]>::try_from(cx.send_all(vec![request()])).unwrap();
        assert!(answer.unwrap_err().is_not_found());
    });
}
