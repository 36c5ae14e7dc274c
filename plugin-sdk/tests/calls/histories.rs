//! Recorded states of long windows.

use xyte_plugin_sdk::api::History;
use xyte_plugin_sdk::calls;
use xyte_plugin_sdk::mock::{self, Recorded, Reply};
use xyte_plugin_sdk::time::{self, Window};
use xyte_plugin_sdk::{Cut, End, XyteError, json, routes};

use crate::ID;

fn window(from: &str, to: &str) -> Window {
    let [from, to] = [from, to].map(|text| time::parse(text).expect("a time"));
    Window::new(from, to).expect("a window")
}

fn second(request: &Recorded, name: &str) -> i64 {
    request.query(name).and_then(|text| text.parse().ok()).expect("a number")
}

/// A hub with these rows, which thinks that both ends belong to a window.
fn hub(times: &'static [&'static str]) -> mock::Host {
    mock::Host::new().answer_with(&routes::GET_HISTORIES, |request| {
        let (from, to) = (second(request, "from"), second(request, "to"));
        assert!(to - from <= 31 * 24 * 60 * 60, "Xyte would answer 422");
        let is_in = |at: &&&str| (from..=to).contains(&time::parse(at).expect("a time").as_second());
        let rows: Vec<_> =
            times.iter().filter(is_in).map(|at| json!({"name": "Projector", "created_at": at})).collect();
        Reply::json(200, json!({"items": rows, "has_next_page": false}))
    })
}

struct Walked {
    times: Vec<String>,
    failure: Option<XyteError>,
    end: Option<End>,
}

fn walk(host: &mock::Host, window: &Window, newest_first: bool) -> Walked {
    host.run(|cx| {
        let mut walk = calls::walk_histories(window, |part| calls::get_histories(cx, part).device_id(ID));
        if newest_first {
            walk = walk.newest_first();
        }
        let (mut times, mut failure) = (Vec::new(), None);
        for page in &mut walk {
            match page {
                Ok(page) => times.extend(page.items.into_iter().filter_map(|row: History| row.created_at)),
                Err(error) => failure = Some(error),
            }
        }
        Walked { times, failure, end: walk.end().cloned() }
    })
}

#[test]
fn a_window_is_read_in_as_few_parts_as_xyte_allows() {
    for (to, parts) in [
        ("2026-01-01T00:00:01Z", 1),
        ("2026-02-01T00:00:00Z", 1),
        ("2026-02-01T00:00:01Z", 2),
        ("2026-03-04T00:00:00Z", 2),
        ("2026-03-04T00:00:01Z", 3),
        ("2027-01-01T00:00:00Z", 12),
    ] {
        let host = hub(&[]);
        let walked = walk(&host, &window("2026-01-01T00:00:00Z", to), false);
        assert_eq!((host.requests().len(), walked.end), (parts, Some(End::Complete)), "{to}");
        assert!(host.requests().iter().all(|request| request.query("device_id") == Some(ID)));
    }
}

#[test]
fn what_two_parts_share_comes_once_and_nothing_is_lost() {
    let times =
        &["2026-01-01T00:00:00Z", "2026-01-31T23:59:59Z", "2026-02-01T00:00:00.500Z", "2026-02-01T00:00:01Z"];
    let whole = window("2026-01-01T00:00:00Z", "2026-02-10T00:00:00Z");
    assert_eq!(walk(&hub(times), &whole, false).times, *times);
    let newest_first = walk(&hub(times), &whole, true).times;
    assert_eq!(newest_first, [times[2], times[3], times[0], times[1]]);
}

#[test]
fn equal_rows_within_one_part_are_kept() {
    let times = &["2026-02-01T00:00:00Z", "2026-02-01T00:00:00Z"];
    let walked = walk(&hub(times), &window("2026-01-01T00:00:00Z", "2026-02-10T00:00:00Z"), false);
    assert_eq!(walked.times.len(), 2);
}

/// A hub that has one row for each part and answers from the second part on with `then`.
fn failing(then: Reply) -> mock::Host {
    mock::Host::new()
        .answer(&routes::GET_HISTORIES, 200, json!({"items": [{"created_at": "2026-01-02T00:00:00Z"}]}))
        .answer_with(&routes::GET_HISTORIES, move |_| then.clone())
}

#[test]
fn a_failure_keeps_what_was_read_before_it() {
    let year = window("2026-01-01", "2027-01-01");
    let walked = walk(&failing(Reply::json(500, json!({}))), &year, false);
    assert_eq!((walked.times.len(), walked.failure), (1, None));
    assert!(matches!(walked.end, Some(End::Truncated { next_page: 1, why: Cut::Failed(_) })));
}

#[test]
fn a_failure_on_the_first_page_of_all_is_an_error() {
    let host = mock::Host::new().answer(&routes::GET_HISTORIES, 403, json!({}));
    let walked = walk(&host, &window("2026-01-01", "2027-01-01"), false);
    assert_eq!((walked.failure.unwrap().code(), host.requests().len()), ("forbidden", 1));
}

#[test]
fn no_part_is_begun_without_time_or_for_nobody() {
    let year = window("2026-01-01", "2027-01-01");
    let more = || failing(Reply::json(200, json!([])));
    let walked = walk(&more().latency_ms(1_000).remaining_ms(5_000), &year, false);
    assert_eq!((walked.times.len(), walked.end), (1, Some(End::Truncated { next_page: 1, why: Cut::Time })));
    let walked = walk(&more().cancelled(), &year, false);
    assert_eq!(walked.end, Some(End::Truncated { next_page: 1, why: Cut::Cancelled }));
    let walked = walk(&more().requests_max(3), &year, false);
    assert_eq!(walked.end, Some(End::Truncated { next_page: 1, why: Cut::Budget }));
}

#[test]
fn the_part_that_is_read_is_known() {
    let host = failing(Reply::json(500, json!({})));
    let stopped = host.run(|cx| {
        let mut walk =
            calls::walk_histories(&window("2026-01-01", "2027-01-01"), |part| calls::get_histories(cx, part));
        while walk.next().is_some() {}
        walk.part().map(|part| part.start().to_string())
    });
    assert_eq!(stopped.as_deref(), Some("2026-02-01T00:00:00Z"));
}
