//! The mock host refuses what a real one would, in words.

use std::panic::{AssertUnwindSafe, catch_unwind};

use xyte_plugin_sdk::{Cx, Text, ToolError, XyteError, json, mock, plugin, routes};

struct Careless;

/// Does everything that a host does not let pass.
#[plugin(id = "careless")]
impl Careless {
    /// Sends on a route that it did not ask for.
    #[tool(read_only, routes(routes::GET_DEVICE))]
    fn unnamed_route(cx: &Cx) -> Result<Text, ToolError> {
        done(cx.request(&routes::GET_DEVICES).send())
    }

    /// Writes although it says that it does not.
    #[tool(read_only, routes(routes::CLAIM_DEVICE))]
    fn secret_write(cx: &Cx) -> Result<Text, ToolError> {
        done(cx.request(&routes::CLAIM_DEVICE).send())
    }

    /// Forgets a value.
    #[tool(read_only, routes(routes::GET_DEVICE))]
    fn missing_value(cx: &Cx) -> Result<Text, ToolError> {
        done(cx.request(&routes::GET_DEVICE).send())
    }

    /// Sends a query that the operation does not take.
    #[tool(read_only, routes(routes::GET_DEVICES))]
    fn unknown_query(cx: &Cx) -> Result<Text, ToolError> {
        done(cx.request(&routes::GET_DEVICES).query("status", "offline").send())
    }

    /// Sends a body that the operation does not take.
    #[tool(routes(routes::CLAIM_DEVICE))]
    fn unknown_member(cx: &Cx) -> Result<Text, ToolError> {
        done(cx.request(&routes::CLAIM_DEVICE).body(&json!({"colour": "red"}))?.send())
    }
}

fn done(answer: Result<xyte_plugin_sdk::Response, XyteError>) -> Result<Text, ToolError> {
    Ok(Text(answer?.into_body()))
}

fn complaint(host: &mock::Host, tool: &str) -> String {
    let call = catch_unwind(AssertUnwindSafe(|| host.call::<Careless>(tool, json!({}))));
    let panic = call.expect_err("the call ends the test");
    *panic.downcast::<String>().expect("the complaint is a sentence")
}

#[test]
fn what_a_host_would_refuse_ends_the_test_with_a_sentence() {
    let host = || {
        let host = mock::Host::new().answer(&routes::GET_DEVICES, 200, json!({"items": []}));
        host.answer(&routes::GET_DEVICE, 200, json!({})).answer(&routes::CLAIM_DEVICE, 200, json!({}))
    };
    let cases = [
        ("unnamed_route", "tool `unnamed_route` sent GET /devices (organization) without naming the route"),
        ("secret_write", "tool `secret_write` is read_only and sent POST /devices/claim"),
        ("missing_value", "GET /devices/{device_id} (organization): these parameters were given (left)"),
        ("unknown_query", "GET /devices (organization) takes no query key `status`"),
        ("unknown_member", "POST /devices/claim (organization) takes no body member `colour`"),
    ];
    for (tool, sentence) in cases {
        let complaint = complaint(&host(), tool);
        assert!(complaint.contains(sentence), "{tool}: {complaint}");
    }
    assert!(
        complaint(&mock::Host::new(), "missing_value").contains("has no answer for GET /devices/{device_id}")
    );
}

#[test]
fn answers_to_one_route_are_given_in_turn_and_the_last_again() {
    let host = mock::Host::new().answer(&routes::GET_ORGANIZATION_INFO, 200, json!(1)).answer(
        &routes::GET_ORGANIZATION_INFO,
        200,
        json!(2),
    );
    let bodies = host.run(|cx| [(); 3].map(|()| cx.get::<u8>(&routes::GET_ORGANIZATION_INFO, &[]).unwrap()));
    assert_eq!(bodies, [1, 2, 2]);
}
