//! The origin of the Xyte API.

use std::fmt;
use std::str::FromStr;

use url::{Host, Url};

/// The vendor's hub.
pub const DEFAULT_BASE_URL: &str = "https://hub.xyte.io";

/// What the earlier Python server wanted at the end of its base URL; accepted, so that its settings carry over.
const LEGACY_PATH: &str = "/core/v1/organization";

/// An origin that requests go to: https anywhere, plain http on loopback.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl(Url);

impl BaseUrl {
    /// The origin as a URL whose path is `/`.
    pub fn as_url(&self) -> &Url {
        &self.0
    }
}

impl Default for BaseUrl {
    fn default() -> BaseUrl {
        DEFAULT_BASE_URL.parse().expect("the default is a valid origin")
    }
}

impl FromStr for BaseUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<BaseUrl, String> {
        if text.chars().any(|char| char.is_control() || char.is_whitespace()) {
            return Err("it holds a space, a line break or another character that no URL has".into());
        }
        let mut url = Url::parse(text).map_err(|error| {
            format!("it is not a URL ({error}); expected an origin, such as {DEFAULT_BASE_URL}")
        })?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err("a user name or password does not belong here; the key goes into XYTE_API_KEY".into());
        }
        let path = url.path().trim_end_matches('/');
        if url.query().is_some() || url.fragment().is_some() || !(path.is_empty() || path == LEGACY_PATH) {
            return Err(format!("only an origin is expected, such as {DEFAULT_BASE_URL}, without a path"));
        }
        match url.scheme() {
            "https" => {}
            "http" if is_loopback(&url) => {}
            "http" => {
                return Err("plain http would send the key readable; use https (loopback is exempt)".into());
            }
            other => return Err(format!("`{other}` is not a scheme of the API; use https")),
        }
        if url.host().is_none() {
            return Err("it names no host".into());
        }
        url.set_path("/");
        Ok(BaseUrl(url))
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str().trim_end_matches('/'))
    }
}

/// Whether a URL names this machine, by an address or by the one name that never leaves it.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_taken_with_or_without_the_old_path() {
        for text in [
            "https://hub.xyte.io",
            "https://hub.xyte.io/",
            "https://hub.xyte.io/core/v1/organization",
            "https://hub.xyte.io/core/v1/organization/",
        ] {
            assert_eq!(text.parse::<BaseUrl>().unwrap().to_string(), "https://hub.xyte.io", "{text}");
        }
        for text in ["http://127.0.0.1:9000", "http://localhost:1", "http://[::1]:2"] {
            assert_eq!(text.parse::<BaseUrl>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn anything_else_is_refused_with_the_reason() {
        let cases = [
            ("http://hub.xyte.io", "readable"),
            ("http://127.0.0.1.example.com", "readable"),
            ("http://localhost.example.com", "readable"),
            ("https://user:pass@hub.xyte.io", "password"),
            ("https://hub.xyte.io/other", "without a path"),
            ("https://hub.xyte.io?x=1", "without a path"),
            ("https://hub.xyte.io/core/v1/organization#x", "without a path"),
            ("ftp://hub.xyte.io", "scheme"),
            ("hub.xyte.io", "not a URL"),
            ("", "not a URL"),
        ];
        for (text, reason) in cases {
            let error = text.parse::<BaseUrl>().unwrap_err();
            assert!(error.contains(reason), "{text}: {error}");
        }
    }
}
