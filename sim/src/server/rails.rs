//! How a Rails application reads a path before it looks for a route.
//!
//! Repeated slashes count as one, a slash at the end does not count, and a format such as `.json` may follow: so
//! `/devices/histories.json` is `/devices/histories`, which is what a careless client reaches that puts
//! `histories.json` where a device's id belongs.

use std::borrow::Cow;

use axum::http::uri::{PathAndQuery, Uri};
use axum::http::{Extensions, Request};

/// The format that every path may end with.
const FORMAT: &str = ".json";

/// What a request asked for, as it was received.
#[derive(Debug, Clone)]
pub(crate) struct Target(pub(crate) String);

impl Target {
    /// Empty for a request that did not come through [`rewrite`].
    pub(crate) fn of(extensions: &Extensions) -> String {
        extensions.get::<Target>().map(|target| target.0.clone()).unwrap_or_default()
    }
}

/// Gives a request the path that its route is looked up by, and keeps what it asked for as its [`Target`].
pub(crate) fn rewrite<B>(request: &mut Request<B>) {
    let received = Target(request.uri().to_string());
    request.extensions_mut().insert(received);
    if let Cow::Owned(path) = normalised(request.uri().path()) {
        let path_and_query = match request.uri().query() {
            Some(query) => format!("{path}?{query}"),
            None => path,
        };
        if let Ok(path_and_query) = PathAndQuery::try_from(path_and_query) {
            *request.uri_mut() = Uri::from(path_and_query);
        }
    }
}

fn normalised(path: &str) -> Cow<'_, str> {
    let mut short = String::with_capacity(path.len());
    for segment in path.split('/').filter(|segment| !segment.is_empty()) {
        short.push('/');
        short.push_str(segment);
    }
    match short.strip_suffix(FORMAT) {
        Some(bare) if !bare.ends_with('/') => short.truncate(bare.len()),
        _ => {}
    }
    if short.is_empty() {
        short.push('/');
    }
    if short == path { Cow::Borrowed(path) } else { Cow::Owned(short) }
}

#[cfg(test)]
mod tests {
    use super::normalised;

    #[test]
    fn what_rails_reads_as_the_same_path_is_the_same_path() {
        for same in ["/a/b", "/a/b/", "//a///b", "/a/b.json", "/a/b.json/"] {
            assert_eq!(normalised(same), "/a/b", "{same}");
        }
        for root in ["", "/", "//"] {
            assert_eq!(normalised(root), "/", "{root}");
        }
    }

    #[test]
    fn everything_else_stays_what_it_is() {
        for other in ["/a/.json", "/a/b.xml", "/a/b.jsonx", "/a/%2F/b", "/a/../b", "/A/B"] {
            assert_eq!(normalised(other), other);
        }
        assert_eq!(normalised("/a/b.json.json"), "/a/b.json");
    }
}
