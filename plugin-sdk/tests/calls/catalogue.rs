//! The typed calls against the catalogue: every operation has one, and it takes what the operation takes.

use std::collections::BTreeSet;

use xyte_catalog::Catalog;
use xyte_plugin_sdk::json;
use xyte_plugin_sdk::mock::{self, Recorded};

use crate::cases;

fn names<'a>(requests: &'a [Recorded], of: fn(&'a Recorded) -> Vec<&'a str>) -> BTreeSet<&'a str> {
    requests.iter().flat_map(of).collect()
}

#[test]
fn every_call_takes_what_its_operation_takes_and_nothing_else() {
    for case in cases::all() {
        // Whatever reads it finds what it needs: an object, rows, and the last page.
        let host = mock::Host::new().answer(case.route, 200, json!({"id": "a", "items": [{"id": "b"}]}));
        let key = case.route.key;
        host.run(|cx| (case.send)(cx)).unwrap_or_else(|error| panic!("{key}: {error}"));
        let requests = host.requests();
        let query = names(&requests, |request| request.query.iter().map(|(name, _)| name.as_str()).collect());
        assert_eq!(query, case.route.query.iter().copied().collect(), "the query of {key}");
        let body = names(&requests, |request| {
            let members = request.body.as_ref().and_then(|body| body.as_object());
            members.into_iter().flat_map(|members| members.keys().map(String::as_str)).collect()
        });
        assert_eq!(body, case.route.body.iter().copied().collect(), "the body of {key}");
    }
}

#[test]
fn every_operation_has_its_case() {
    let mut cases: Vec<&str> = cases::all().iter().map(|case| case.route.key).collect();
    cases.sort_unstable();
    let mut operations: Vec<&str> =
        Catalog::known().operations().iter().map(|known| known.key.as_str()).collect();
    operations.sort_unstable();
    assert_eq!(cases, operations);
}
