//! Waiting for a command.

use xyte_plugin_sdk::calls::{self, CommandEnd};
use xyte_plugin_sdk::mock::{self, ErrorKind, Reply};
use xyte_plugin_sdk::{Cut, XyteError, json, routes};

use crate::ID;

fn listed(status: &str) -> Reply {
    let other = json!({"id": "c0", "status": "done"});
    Reply::json(200, json!({"items": [other, {"id": "c1", "status": status}], "has_next_page": false}))
}

/// A host that gives these answers in turn, the last again and again.
fn host(answers: impl IntoIterator<Item = Reply>) -> mock::Host {
    answers.into_iter().fold(mock::Host::new(), |host, answer| {
        host.answer_with(&routes::GET_COMMANDS, move |_| answer.clone())
    })
}

fn wait(host: &mock::Host) -> Result<CommandEnd, XyteError> {
    host.run(|cx| calls::wait_for_command(cx, ID, "c1").run())
}

fn why(end: CommandEnd) -> Cut {
    match end {
        CommandEnd::Unfinished { why, .. } => why,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_end_of_a_command_is_the_end_of_the_wait() {
    for (word, is_end) in [
        ("done", (|end| matches!(end, CommandEnd::Done(_))) as fn(&CommandEnd) -> bool),
        ("failed", |end| matches!(end, CommandEnd::Failed(_))),
        ("aborted", |end| matches!(end, CommandEnd::Aborted(_))),
    ] {
        let host = host([listed("scheduled"), listed("in_progress"), listed("a new word"), listed(word)]);
        let end = wait(&host).unwrap();
        assert!(is_end(&end), "{word}: {end:?}");
        assert_eq!(host.requests().len(), 4);
        assert_eq!(host.run(|cx| cx.remaining_ms()), 30_000 - 1_000 - 2_000 - 4_000);
    }
}

#[test]
fn a_command_that_has_ended_is_not_waited_for() {
    let host = host([listed("done")]);
    assert!(matches!(wait(&host), Ok(CommandEnd::Done(_))));
    assert_eq!(host.run(|cx| cx.remaining_ms()), 30_000);
}

#[test]
fn a_command_that_is_not_listed_yet_is_waited_for() {
    let host = host([Reply::json(200, json!([])), listed("done")]);
    assert!(matches!(wait(&host), Ok(CommandEnd::Done(_))));
}

#[test]
fn time_that_runs_out_ends_the_wait_and_not_the_command() {
    let host = host([listed("pending")]).latency_ms(10);
    let end = wait(&host).unwrap();
    let CommandEnd::Unfinished { command: Some(command), why: Cut::Time } = end else { panic!("{end:?}") };
    assert_eq!(command.status.unwrap().as_str(), "pending");
    let left_ms = host.run(|cx| cx.remaining_ms());
    assert_eq!(left_ms, 2_000 - 10, "what is left is the margin, but for the last look");
}

#[test]
fn pauses_and_margin_can_be_told() {
    let host = host([listed("pending")]);
    host.run(|cx| calls::wait_for_command(cx, ID, "c1").every_ms(1_000).leaving_ms(25_000).run()).unwrap();
    assert_eq!((host.requests().len(), host.run(|cx| cx.remaining_ms())), (6, 25_000));
}

#[test]
fn a_caller_who_has_gone_is_not_waited_for() {
    let end = wait(&host([listed("pending")]).cancelled()).unwrap();
    assert_eq!(why(end), Cut::Cancelled);
}

#[test]
fn the_budget_of_requests_ends_the_wait() {
    let end = wait(&host([listed("pending")]).requests_max(2)).unwrap();
    assert_eq!(why(end), Cut::Budget);
}

#[test]
fn what_may_pass_is_waited_out() {
    let timeout = || Reply::error(ErrorKind::Timeout, "upstream_timeout", "Too late.");
    let end = wait(&host([timeout(), Reply::json(500, json!({})), listed("done")])).unwrap();
    assert!(matches!(end, CommandEnd::Done(_)));
    let end = wait(&host([listed("pending"), timeout()])).unwrap();
    assert!(
        matches!(&end, CommandEnd::Unfinished { command: Some(_), why: Cut::Failed(error) } if error.code() == "upstream_timeout"),
        "{end:?}"
    );
}

#[test]
fn what_lasts_longer_than_the_call_is_not_waited_out() {
    let host = host([Reply::json(429, json!({}))]);
    assert!(matches!(why(wait(&host).unwrap()), Cut::Failed(error) if error.code() == "rate_limited"));
    assert_eq!(host.requests().len(), 1);
}

#[test]
fn what_will_not_pass_is_an_error() {
    for (status, code) in [(403, "forbidden"), (404, "not_found"), (401, "unauthorized")] {
        let host = host([listed("pending"), Reply::json(status, json!({}))]);
        assert_eq!(wait(&host).unwrap_err().code(), code);
    }
}
