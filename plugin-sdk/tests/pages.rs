//! Lists, page by page.

use xyte_plugin_sdk::api::Device;
use xyte_plugin_sdk::mock::{self, ErrorKind, Recorded, Reply};
use xyte_plugin_sdk::{Collected, Cut, Cx, End, Pages, json, routes};

fn devices(count: usize) -> impl Iterator<Item = serde_json::Value> {
    (1..=count).map(|number| json!({"id": format!("d{number}"), "name": "Projector"}))
}

fn pages(cx: &Cx) -> Pages<'_, Device> {
    cx.request(&routes::GET_DEVICES).query("per_page", 100).pages()
}

fn numbers(host: &mock::Host) -> Vec<u32> {
    host.requests()
        .iter()
        .map(|request| request.query("page").and_then(|page| page.parse().ok()).expect("a number"))
        .collect()
}

fn collect(host: &mock::Host) -> Collected<Device> {
    host.run(|cx| pages(cx).collect().expect("the first page is answered"))
}

/// Page `n` of an endless list.
fn endless(request: &Recorded) -> Reply {
    Reply::json(200, json!({"items": [{"id": request.query("page")}], "has_next_page": true}))
}

#[test]
fn a_short_list_costs_one_request() {
    let host = mock::Host::new().list(&routes::GET_DEVICES, devices(100));
    let all = collect(&host);
    assert_eq!((all.items.len(), all.end), (100, End::Complete));
    assert_eq!(numbers(&host), [1]);
}

#[test]
fn thirteen_pages_come_in_four_rounds_and_in_order() {
    let host = mock::Host::new().list(&routes::GET_DEVICES, devices(1250)).latency_ms(100);
    let all = collect(&host);
    assert_eq!((all.items.len(), all.end), (1250, End::Complete));
    let ids: Vec<String> = (1..=1250).map(|number| format!("d{number}")).collect();
    assert!(all.items.iter().map(|device| &device.id).eq(ids.iter()));
    assert_eq!(numbers(&host), (1..=15).collect::<Vec<_>>());
    assert_eq!(host.run(|cx| cx.remaining_ms()), 30_000 - 4 * 100);
}

#[test]
fn one_at_a_time_asks_for_no_page_that_is_not_there() {
    let host = mock::Host::new().list(&routes::GET_DEVICES, devices(250));
    let all = host.run(|cx| pages(cx).in_parallel(1).collect().unwrap());
    assert_eq!((all.items.len(), all.end), (250, End::Complete));
    assert_eq!(numbers(&host), [1, 2, 3]);
}

#[test]
fn an_empty_list_is_complete() {
    let all = collect(&mock::Host::new().list(&routes::GET_DEVICES, []));
    assert_eq!((all.items.len(), all.end), (0, End::Complete));
}

#[test]
fn a_walk_can_go_on_where_another_stopped() {
    let host = mock::Host::new().list(&routes::GET_DEVICES, devices(450));
    let first = host.run(|cx| pages(cx).at_most(2).collect().unwrap());
    assert_eq!(
        (first.items.len(), first.end.clone()),
        (200, End::Truncated { next_page: 3, why: Cut::PageLimit })
    );
    let rest = host.run(|cx| pages(cx).starting_at(first.end.next_page().unwrap()).collect().unwrap());
    assert_eq!((rest.items.len(), rest.items[0].id.as_str(), rest.end), (250, "d201", End::Complete));
}

#[test]
fn a_named_next_page_is_followed_wherever_it_leads() {
    let host = mock::Host::new().answer_with(&routes::GET_DEVICES, |request| {
        let next = match request.query("page") {
            Some("1") => json!(2),
            Some("2") => json!(5),
            _ => json!(null),
        };
        Reply::json(200, json!({"items": [{"id": request.query("page")}], "next_page": next}))
    });
    let all = collect(&host);
    let ids: Vec<&str> = all.items.iter().map(|device| device.id.as_str()).collect();
    assert_eq!((ids, all.end), (vec!["1", "2", "5"], End::Complete));
}

#[test]
fn a_next_page_that_leads_back_ends_the_walk() {
    let host =
        mock::Host::new().answer(&routes::GET_DEVICES, 200, json!({"items": [{"id": "d1"}], "next_page": 1}));
    let error = host.run(|cx| pages(cx).collect().unwrap_err());
    assert_eq!(error.code(), "unreadable_answer");
}

#[test]
fn an_endless_list_stops_at_the_budget_of_one_call() {
    let host = mock::Host::new().answer_with(&routes::GET_DEVICES, endless);
    let all = collect(&host);
    assert_eq!((all.items.len(), all.end), (64, End::Truncated { next_page: 65, why: Cut::PageLimit }));
    let host = mock::Host::new().answer_with(&routes::GET_DEVICES, endless).requests_max(20);
    let all = collect(&host);
    assert_eq!((all.items.len(), all.end), (20, End::Truncated { next_page: 21, why: Cut::Budget }));
}

#[test]
fn a_walk_leaves_time_for_the_answer() {
    let host =
        mock::Host::new().answer_with(&routes::GET_DEVICES, endless).latency_ms(2_000).remaining_ms(8_000);
    let all = collect(&host);
    assert_eq!((all.items.len(), all.end), (7, End::Truncated { next_page: 8, why: Cut::Time }));
}

#[test]
fn a_cancelled_walk_stops_after_its_first_page() {
    let host = mock::Host::new().answer_with(&routes::GET_DEVICES, endless).cancelled();
    let all = collect(&host);
    assert_eq!((all.items.len(), all.end), (1, End::Truncated { next_page: 2, why: Cut::Cancelled }));
}

#[test]
fn a_failure_keeps_what_was_read_before_it() {
    let failing = |request: &Recorded| match request.query("page") {
        Some("3") => Reply::json(500, json!({"error": "Oops"})),
        _ => endless(request),
    };
    let all = collect(&mock::Host::new().answer_with(&routes::GET_DEVICES, failing));
    assert_eq!((all.items.len(), all.end.next_page()), (2, Some(3)));
    assert_eq!(all.end.why().unwrap(), "a page could not be read (Xyte answered 500: \"Oops\")");
}

#[test]
fn a_failure_beyond_the_end_does_not_matter() {
    let host = mock::Host::new().answer_with(&routes::GET_DEVICES, |request| match request.query("page") {
        Some("1") => endless(request),
        Some("2") => Reply::json(200, json!({"items": [{"id": "d2"}], "has_next_page": false})),
        _ => Reply::error(ErrorKind::Timeout, "timeout", "Too late."),
    });
    let all = collect(&host);
    assert_eq!((all.items.len(), all.end), (2, End::Complete));
}

#[test]
fn a_failure_on_the_first_page_is_an_error() {
    let host = mock::Host::new().answer(&routes::GET_DEVICES, 403, json!({"error": "Not authorized"}));
    assert_eq!(host.run(|cx| pages(cx).collect().unwrap_err()).code(), "forbidden");
}

#[test]
fn pages_can_be_looked_at_one_by_one() {
    let host = mock::Host::new().list(&routes::GET_DEVICES, devices(150));
    host.run(|cx| {
        let mut pages = pages(cx);
        assert_eq!(pages.end(), None);
        let sizes: Vec<(u32, usize)> =
            pages.by_ref().map(|page| page.unwrap()).map(|page| (page.number, page.items.len())).collect();
        assert_eq!(sizes, [(1, 100), (2, 50)]);
        assert!(pages.end().unwrap().is_complete());
    });
}
