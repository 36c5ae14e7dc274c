//! The scope check: from a plugin's request to a URL that can only mean the route that was granted.
//!
//! A template is found by byte equality and never normalised. Its parameters are given exactly once each, and each
//! value must have the type that the catalogue says, so that none can leave its segment or name another route. Query
//! keys and the body's members are those of the catalogue, so that nothing can be smuggled beside them. The finished
//! URL is parsed again and compared with the plan. Everything is refused, nothing is repaired.

use std::time::Duration;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};
use url::Url;
use xyte_catalog::{Catalog, Operation, Segment};

use super::error::XyteError;
use super::grant::Grant;
use super::request::Request;
use crate::config::BaseUrl;
use crate::json::Json;

/// Characters of a template that a message shows: more than any in the catalogue has.
const SHOWN_TEMPLATE_CHARS_MAX: usize = 100;
/// Query pairs of one request. The widest operation has 13 keys; some may repeat.
const QUERY_PAIRS_MAX: usize = 32;
/// Bytes of one query value. Names and filters are short; a URL must stay under the 8 KiB that proxies allow.
const QUERY_VALUE_BYTES_MAX: usize = 1024;
/// Bytes of a request's body. The largest documented body is a device's configuration of some KiB.
const BODY_BYTES_MAX: usize = 256 << 10;

/// What is not escaped in a segment or a query: RFC 3986's unreserved characters.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A request that passed every check.
#[derive(Debug)]
pub struct Plan {
    /// What it is.
    pub operation: &'static Operation,
    /// Where it goes.
    pub url: Url,
    /// What it carries.
    pub body: Option<Json>,
    /// How long it may take at most, if the plugin shortened it.
    pub timeout: Option<Duration>,
}

/// Checks a request against the catalogue and the grant, and plans it.
///
/// # Errors
/// The first rule that it breaks. No value of the request is repeated; the template is the plugin's own text.
pub fn plan(base: &BaseUrl, grant: &Grant, request: &Request) -> Result<Plan, XyteError> {
    let operation =
        Catalog::known().find(request.scope, request.method, &request.template).ok_or_else(|| {
            let Request { scope, method, .. } = request;
            let template: String = request.template.chars().take(SHOWN_TEMPLATE_CHARS_MAX).collect();
            let message = format!("no operation of the Xyte API is {scope} {method} {template:?}");
            XyteError::invalid("unknown_route", message)
        })?;
    grant.check(operation)?;
    let timeout = timeout(&request.options)?;
    let path = path(operation, &request.params)?;
    let query = query(operation, &request.query)?;
    let body = body(operation, request.body.as_deref())?;
    Ok(Plan { operation, url: url(base, &path, query.as_deref())?, body, timeout })
}

fn path(operation: &Operation, params: &[(String, String)]) -> Result<String, XyteError> {
    let template = &operation.template;
    for (name, _) in params {
        let times = params.iter().filter(|(other, _)| other == name).count();
        if times != 1 || !template.params().any(|param| param.name == *name) {
            return Err(surplus_param(operation));
        }
    }
    let mut path = operation.scope.prefix().to_owned();
    for segment in template.segments() {
        path.push('/');
        match segment {
            Segment::Literal(literal) => path.push_str(literal),
            Segment::Param(param) => {
                let value = params.iter().find(|(name, _)| *name == param.name).map(|(_, value)| value);
                let value = value.ok_or_else(|| missing_param(operation, &param.name))?;
                param
                    .check(value)
                    .map_err(|refused| XyteError::invalid("invalid_param", refused.to_string()))?;
                path.extend(percent_encode(value.as_bytes(), ESCAPED));
            }
        }
    }
    Ok(path)
}

fn surplus_param(operation: &Operation) -> XyteError {
    let names: Vec<&str> = operation.template.params().map(|param| param.name.as_str()).collect();
    let message = format!("{} takes each of these parameters once and no other: {names:?}", operation.key);
    XyteError::invalid("surplus_param", message)
}

fn missing_param(operation: &Operation, name: &str) -> XyteError {
    XyteError::invalid("missing_param", format!("{} needs a value for `{name}`", operation.key))
}

fn query(operation: &Operation, pairs: &[(String, String)]) -> Result<Option<String>, XyteError> {
    if pairs.len() > QUERY_PAIRS_MAX {
        let message = format!("a request may have at most {QUERY_PAIRS_MAX} query pairs");
        return Err(XyteError::invalid("query_too_long", message));
    }
    let mut text = String::new();
    for (index, (name, value)) in pairs.iter().enumerate() {
        let key = operation.query_key(name).ok_or_else(|| unknown_query(operation))?;
        if !key.repeats && pairs[..index].iter().any(|(earlier, _)| earlier == name) {
            let message = format!("`{}` may be given once", key.name);
            return Err(XyteError::invalid("repeated_query", message));
        }
        if value.len() > QUERY_VALUE_BYTES_MAX || value.chars().any(char::is_control) {
            let message = format!(
                "the value of `{}` must have at most {QUERY_VALUE_BYTES_MAX} bytes and no control character",
                key.name
            );
            return Err(XyteError::invalid("invalid_query", message));
        }
        let separator = if index == 0 { "" } else { "&" };
        let pair = format!("{separator}{}={}", key.name, percent_encode(value.as_bytes(), ESCAPED));
        text.push_str(&pair);
    }
    Ok((!pairs.is_empty()).then_some(text))
}

fn unknown_query(operation: &Operation) -> XyteError {
    let keys: Vec<&str> = operation.query.iter().map(|key| key.name.as_str()).collect();
    let message = format!("{} takes these query keys and no other: {keys:?}", operation.key);
    XyteError::invalid("unknown_query", message)
}

fn body(operation: &Operation, text: Option<&str>) -> Result<Option<Json>, XyteError> {
    let Some(text) = text else { return Ok(None) };
    if operation.body.is_empty() {
        return Err(XyteError::invalid("unexpected_body", format!("{} takes no body", operation.key)));
    }
    let json = Json::parse_object(text, BODY_BYTES_MAX)
        .map_err(|error| XyteError::invalid("invalid_body", format!("the body is refused: {error}")))?;
    let members = json.to_value();
    let members = members.as_object().into_iter().flatten();
    if members.into_iter().any(|(name, _)| !operation.takes_member(name)) {
        let message =
            format!("the body of {} has these members and no other: {:?}", operation.key, operation.body);
        return Err(XyteError::invalid("unknown_body_member", message));
    }
    Ok(Some(json))
}

fn timeout(options: &[(String, String)]) -> Result<Option<Duration>, XyteError> {
    let mut timeout = None;
    for (name, value) in options {
        let number = value
            .parse::<u32>()
            .map_err(|_| XyteError::invalid("invalid_option", "options take a whole number of milliseconds"));
        match name.as_str() {
            "timeout-ms" => timeout = Some(Duration::from_millis(number?.into())),
            // Nothing is cached yet, so that every answer is as fresh as anybody can ask for.
            "max-age-ms" => drop(number?),
            _ => {
                let known = "the options are max-age-ms and timeout-ms";
                return Err(XyteError::invalid("unknown_option", known));
            }
        }
    }
    Ok(timeout)
}

/// Puts the URL together and reads it back. That the two differ would be a mistake of this module; it is refused
/// all the same, since a URL that means something else would carry the key with it.
fn url(base: &BaseUrl, path: &str, query: Option<&str>) -> Result<Url, XyteError> {
    let mut url = base.as_url().clone();
    url.set_path(path);
    url.set_query(query);
    let again = Url::parse(url.as_str()).ok();
    let kept = again.as_ref() == Some(&url)
        && url.origin() == base.as_url().origin()
        && url.path() == path
        && url.query() == query;
    if kept {
        Ok(url)
    } else {
        Err(XyteError::invalid("url_changed", "the values would change the request's URL"))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::sync::Arc;

    use proptest::prelude::*;
    use xyte_catalog::{Method, Scope};

    use super::super::grant::Route;
    use super::*;

    const DEVICE: &str = "5dc4ba6c-c323-4118-a4e4-504f074426f2";

    fn base() -> BaseUrl {
        BaseUrl::default()
    }

    fn grant_all() -> Grant {
        let operations = Catalog::known().operations();
        let asked = operations
            .iter()
            .map(|operation| Route { operation, why: String::new(), required: true })
            .collect();
        let granted: BTreeSet<&str> = operations.iter().map(|operation| operation.key.as_str()).collect();
        Grant::new("test", asked, Arc::new(granted), false)
    }

    fn request(method: Method, template: &str) -> Request {
        Request {
            scope: Scope::Organization,
            method,
            template: template.to_owned(),
            params: Vec::new(),
            query: Vec::new(),
            body: None,
            options: Vec::new(),
        }
    }

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn get_device(id: &str) -> Request {
        Request { params: pairs(&[("device_id", id)]), ..request(Method::Get, "/devices/{device_id}") }
    }

    fn code(request: &Request) -> &'static str {
        plan(&base(), &grant_all(), request).map_or_else(|error| error.code, |_| "ok")
    }

    #[test]
    fn a_granted_request_becomes_the_url_of_its_route() {
        let mut request = Request {
            params: pairs(&[("device_id", DEVICE)]),
            body: Some("{ \"name\": \"reboot\" }".into()),
            ..request(Method::Post, "/devices/{device_id}/commands")
        };
        request.options = pairs(&[("timeout-ms", "500"), ("max-age-ms", "0")]);
        let plan = plan(&base(), &grant_all(), &request).unwrap();
        let expected = format!("https://hub.xyte.io/core/v1/organization/devices/{DEVICE}/commands");
        assert_eq!(plan.url.as_str(), expected);
        assert_eq!(plan.body.unwrap().as_str(), "{\"name\":\"reboot\"}");
        assert_eq!(plan.timeout, Some(Duration::from_millis(500)));
    }

    #[test]
    fn query_values_are_escaped_and_cannot_add_a_pair() {
        let request = Request {
            query: pairs(&[("name", "a&page=2#?/ä+ %"), ("page", "1")]),
            ..request(Method::Get, "/spaces")
        };
        let plan = plan(&base(), &grant_all(), &request).unwrap();
        assert_eq!(plan.url.query(), Some("name=a%26page%3D2%23%3F%2F%C3%A4%2B%20%25&page=1"));
    }

    #[test]
    fn values_that_would_reach_another_route_are_refused() {
        assert_eq!(code(&get_device(DEVICE)), "ok");
        let hostile = [
            "histories",
            "histories.json",
            "HISTORIES",
            "claim",
            "",
            ".",
            "..",
            "../spaces",
            "a/b",
            "%2e%2e",
            "%2f",
            "a\r\nX: y",
            "a\0",
            "a?b",
            "a#b",
            "a;b",
            "a\\b",
            "//evil.example",
            "https://evil.example",
        ];
        for value in hostile {
            assert_eq!(code(&get_device(value)), "invalid_param", "{value:?}");
        }
    }

    #[test]
    fn a_template_is_literal_text_and_nothing_else() {
        for template in
            ["/devices/histories.json", "/devices/{device_id}/", "/devices/x", "devices", "", "/../info"]
        {
            assert_eq!(code(&request(Method::Get, template)), "unknown_route", "{template}");
        }
        assert_eq!(code(&request(Method::Delete, "/devices")), "unknown_route");
        let partner = Request { scope: Scope::Partner, ..request(Method::Get, "/devices") };
        let plan = plan(&base(), &grant_all(), &partner).unwrap();
        assert_eq!(plan.operation.key, "partner.devices.getDevices", "the same template is another route");
        assert!(plan.url.path().starts_with("/core/v1/partner/"));
    }

    #[test]
    fn each_parameter_is_given_exactly_once() {
        let with = |params| Request { params, ..get_device(DEVICE) };
        assert_eq!(code(&with(Vec::new())), "missing_param");
        assert_eq!(code(&with(pairs(&[("device_id", DEVICE), ("device_id", DEVICE)]))), "surplus_param");
        assert_eq!(code(&with(pairs(&[("device_id", DEVICE), ("other", "1")]))), "surplus_param");
    }

    #[test]
    fn query_keys_are_those_of_the_catalogue() {
        let with =
            |query: &[(&str, &str)]| Request { query: pairs(query), ..request(Method::Get, "/devices") };
        assert_eq!(code(&with(&[("page", "2"), ("per_page", "100")])), "ok");
        for name in ["access_token", "api_key", "_method", "page[]", "Page", ""] {
            assert_eq!(code(&with(&[(name, "1")])), "unknown_query", "{name}");
        }
        assert_eq!(code(&with(&[("page", "1"), ("page", "2")])), "repeated_query");
        assert_eq!(code(&with(&[("page", "1\r\n")])), "invalid_query");
        assert_eq!(code(&with(&[("page", &"1".repeat(QUERY_VALUE_BYTES_MAX + 1))])), "invalid_query");
        let many: Vec<_> = std::iter::repeat_n(("page", "1"), QUERY_PAIRS_MAX + 1).collect();
        assert_eq!(code(&with(&many)), "query_too_long");
        let write = Request { query: pairs(&[("name", "reboot")]), ..send_command("{\"name\":\"x\"}") };
        assert_eq!(code(&write), "unknown_query");
    }

    fn send_command(body: &str) -> Request {
        Request {
            params: pairs(&[("device_id", DEVICE)]),
            body: Some(body.to_owned()),
            ..request(Method::Post, "/devices/{device_id}/commands")
        }
    }

    #[test]
    fn bodies_are_objects_with_the_members_of_the_catalogue() {
        assert_eq!(code(&send_command("{\"name\":\"x\",\"extra_params\":{\"any\":[1]}}")), "ok");
        let refused = [
            ("{\"name\":\"x\",\"access_token\":\"y\"}", "unknown_body_member"),
            ("{\"name\":\"x\",\"n\\u0061me\":\"y\"}", "invalid_body"),
            ("[1]", "invalid_body"),
            ("", "invalid_body"),
            ("{", "invalid_body"),
        ];
        for (body, expected) in refused {
            assert_eq!(code(&send_command(body)), expected, "{body}");
        }
        let read = Request { body: Some("{}".into()), ..get_device(DEVICE) };
        assert_eq!(code(&read), "unexpected_body");
        let large = format!("{{\"name\":\"{}\"}}", "x".repeat(BODY_BYTES_MAX));
        assert_eq!(code(&send_command(&large)), "invalid_body");
    }

    #[test]
    fn options_are_known_by_name() {
        let with = |name, value| Request { options: pairs(&[(name, value)]), ..get_device(DEVICE) };
        assert_eq!(code(&with("timeout-ms", "1")), "ok");
        assert_eq!(code(&with("timeout-ms", "-1")), "invalid_option");
        assert_eq!(code(&with("retries", "3")), "unknown_option");
    }

    #[test]
    fn what_was_not_asked_for_or_granted_is_denied() {
        let get = Catalog::known().get("organization.devices.getDevice").unwrap();
        let send = Catalog::known().get("organization.commands.sendCommand").unwrap();
        let route = |operation| Route { operation, why: String::new(), required: true };
        let granted = |keys: &[&'static str]| Arc::new(keys.iter().copied().collect::<BTreeSet<_>>());
        let code = |grant: &Grant, request: &Request| plan(&base(), grant, request).unwrap_err().code;

        let nothing = Grant::new("p", vec![route(get)], granted(&[]), false);
        assert_eq!(code(&nothing, &get_device(DEVICE)), "route_not_granted");
        assert_eq!(nothing.missing().count(), 1);
        let unasked = Grant::new("p", vec![route(get)], granted(&[&get.key, &send.key]), false);
        assert_eq!(code(&unasked, &send_command("{}")), "route_not_asked_for");
        let read_only = Grant::new("p", vec![route(send)], granted(&[&send.key]), true);
        assert_eq!(code(&read_only, &send_command("{}")), "read_only_tool");
    }

    proptest! {
        /// Whatever the values, a planned URL has the segments of its template, one each, and the origin it should.
        #[test]
        fn no_value_changes_the_route(
            id in "\\PC{0,40}|[a-zA-Z0-9./%_-]{0,40}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
            name in any::<String>(),
        ) {
            let mut request = get_device(&id);
            request.template = "/devices/{device_id}/commands".into();
            if let Ok(plan) = plan(&base(), &grant_all(), &request) {
                let segments: Vec<&str> = plan.url.path_segments().unwrap().collect();
                prop_assert_eq!(segments, ["core", "v1", "organization", "devices", &id, "commands"]);
                prop_assert_eq!(plan.url.origin(), base().as_url().origin());
            }
            let listing = Request { query: vec![("name".into(), name.clone())], ..self::request(Method::Get, "/spaces") };
            if let Ok(plan) = plan(&base(), &grant_all(), &listing) {
                let pairs: Vec<(String, String)> = plan.url.query_pairs().into_owned().collect();
                prop_assert_eq!(pairs, [("name".to_owned(), name)]);
                prop_assert_eq!(plan.url.path(), "/core/v1/organization/spaces");
            }
        }
    }
}
