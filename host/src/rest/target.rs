//! What a path below `/v1` means.
//!
//! Paths are read as they came: a segment ends at a slash that was written, and an encoded one stays part of its
//! segment. Nothing is normalised, so that no other reader can come to another meaning.

use percent_encoding::percent_decode_str;

use super::Problem;

/// What a request is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// `tools`
    Tools,
    /// `tools/{name}`
    Tool(String),
    /// `resources`
    Resources,
    /// `prompts`
    Prompts,
    /// `prompts/{name}`
    Prompt(String),
    /// `openapi.json`
    OpenApi,
    /// `<scheme>` and `<scheme>/<rest>`: the resource `<scheme>://<rest>`, of which a query is part.
    Resource(String),
}

impl Target {
    /// Reads what follows `/v1/` in a path, and the query.
    ///
    /// # Errors
    /// It means nothing, or is no URI.
    pub fn of(path: &str, query: Option<&str>) -> Result<Target, Problem> {
        if !is_written_as_uri(path) || !is_written_as_uri(query.unwrap_or_default()) {
            let detail =
                "the path and the query may hold the characters of a URI, all others percent-encoded";
            return Err(Problem::malformed("malformed_path", detail));
        }
        let segments: Vec<&str> = path.split('/').collect();
        match segments[..] {
            ["tools"] => Ok(Target::Tools),
            ["tools", name] => decoded(name).map(Target::Tool),
            ["resources"] => Ok(Target::Resources),
            ["prompts"] => Ok(Target::Prompts),
            ["prompts", name] => decoded(name).map(Target::Prompt),
            ["openapi.json"] => Ok(Target::OpenApi),
            ["" | "tools" | "resources" | "prompts" | "docs" | "openapi.json", ..] | [] => {
                Err(Problem::unknown_route())
            }
            [_, ..] => Ok(Target::Resource(uri(path, query))),
        }
    }

    /// The methods that it has, as `Allow` says it.
    pub fn methods(&self) -> &'static str {
        match self {
            Target::Tool(_) => "POST",
            _ => "GET, HEAD",
        }
    }
}

fn uri(path: &str, query: Option<&str>) -> String {
    let (scheme, rest) = path.split_once('/').unwrap_or((path, ""));
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    format!("{scheme}://{rest}{query}")
}

fn decoded(segment: &str) -> Result<String, Problem> {
    let text = percent_decode_str(segment).decode_utf8().map_err(|_| Problem::unknown_route())?;
    Ok(text.into_owned())
}

/// Whether a text has the characters of a URI alone, with percent signs before two digits only.
fn is_written_as_uri(text: &str) -> bool {
    let escapes = text
        .split('%')
        .skip(1)
        .all(|after| after.len() >= 2 && after.as_bytes()[..2].iter().all(u8::is_ascii_hexdigit));
    escapes && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~:/?@[]!$&'()*+,;=%".contains(&b))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::plugin::RESERVED_SCHEMES;

    fn target(path: &str) -> Result<Target, u16> {
        let (path, query) = path.split_once('?').map_or((path, None), |(path, query)| (path, Some(query)));
        Target::of(path, query).map_err(|problem| problem.status().as_u16())
    }

    fn resource(uri: &str) -> Result<Target, u16> {
        Ok(Target::Resource(uri.to_owned()))
    }

    #[test]
    fn routes_are_told_from_resources() {
        assert_eq!(target("tools"), Ok(Target::Tools));
        assert_eq!(target("tools/list_devices"), Ok(Target::Tool("list_devices".into())));
        assert_eq!(target("tools/a%2Fb"), Ok(Target::Tool("a/b".into())));
        assert_eq!(target("resources?cursor=x"), Ok(Target::Resources));
        assert_eq!(target("prompts/p?room=Blue"), Ok(Target::Prompt("p".into())));
        assert_eq!(target("openapi.json"), Ok(Target::OpenApi));
        for unknown in [
            "",
            "/",
            "tools/",
            "tools//x",
            "tools/a/b",
            "prompts/a/b",
            "openapi.json/x",
            "docs/x",
            "tools/%ff",
        ] {
            let found = target(unknown);
            assert!(found == Err(404) || found == Ok(Target::Tool(String::new())), "{unknown}: {found:?}");
        }
    }

    #[test]
    fn a_segment_stays_a_segment() {
        assert_eq!(target("devices"), resource("devices://"));
        assert_eq!(target("device/7/status"), resource("device://7/status"));
        assert_eq!(target("device/7%2Fcommands/status"), resource("device://7%2Fcommands/status"));
        assert_eq!(target("device/../status"), resource("device://../status"));
        assert_eq!(target("device//status"), resource("device:///status"));
        assert_eq!(target("doc/find?q=a%26b"), resource("doc://find?q=a%26b"));
        for malformed in
            ["device/%", "device/%7", "device/%zz", "device/\u{e4}", "device/a b", "device/\"", "d?%"]
        {
            assert_eq!(target(malformed), Err(400), "{malformed}");
        }
    }

    /// A plugin that served one of these would never be asked.
    #[test]
    fn every_route_of_ours_is_a_reserved_scheme() {
        for scheme in RESERVED_SCHEMES {
            for path in [scheme.to_owned(), format!("{scheme}/x/y")] {
                assert!(!matches!(target(&path), Ok(Target::Resource(_))), "{path}");
            }
        }
    }

    proptest! {
        #[test]
        fn reading_never_panics(path in "\\PC{0,60}|[a-z%0-9/?.]{0,40}") {
            if let Ok(Target::Resource(uri)) = target(&path) {
                prop_assert!(uri.contains("://") && uri.is_ascii());
            }
        }
    }
}
