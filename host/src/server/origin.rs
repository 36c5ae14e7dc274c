//! Which Host and Origin a request may name.
//!
//! A web page anywhere can make a browser send requests to a server on the reader's own machine, and by rebinding its
//! own name to that machine's address even read the answers. The Host header then names the page's host, and the
//! Origin header the page.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use url::Url;

use super::refusal::Refused;

/// Bytes of a refused name that are said back.
const SHOWN_BYTES_MAX: usize = 200;
const SEC_FETCH_SITE: &str = "sec-fetch-site";

/// Names of this machine for itself.
const LOOPBACK_NAMES: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

/// The hosts and origins that are let through.
#[derive(Debug, Clone)]
pub struct AllowList {
    hosts: Arc<[String]>,
    origins: Arc<[String]>,
}

/// An entry of the lists that can never match.
#[derive(Debug, thiserror::Error)]
#[error("{setting}: {entry:?} is not {expected}")]
pub struct OriginError {
    setting: &'static str,
    entry: String,
    expected: &'static str,
}

impl AllowList {
    /// Lets loopback names through, and what is listed: hosts by name, origins as `scheme://host[:port]`.
    ///
    /// # Errors
    /// An entry that could never match, with its setting.
    pub fn new(hosts: &[String], origins: &[String]) -> Result<AllowList, OriginError> {
        let hosts = hosts.iter().map(|entry| {
            let plain = !entry.contains('*')
                && entry.parse::<Authority>().is_ok_and(|authority| authority.host() == entry.as_str());
            let fail = || OriginError {
                setting: "XYTE_ALLOWED_HOSTS",
                entry: entry.clone(),
                expected: "a host name without scheme, port and wildcard, such as mcp.example.com",
            };
            if plain { Ok(entry.to_ascii_lowercase()) } else { Err(fail()) }
        });
        let origins = origins.iter().map(|entry| {
            origin_of(entry).ok_or_else(|| OriginError {
                setting: "XYTE_ALLOWED_ORIGINS",
                entry: entry.clone(),
                expected: "an origin such as https://app.example.com",
            })
        });
        Ok(AllowList { hosts: hosts.collect::<Result<_, _>>()?, origins: origins.collect::<Result<_, _>>()? })
    }

    fn check(&self, headers: &HeaderMap, authority: Option<&Authority>) -> Result<(), Refused> {
        // First the host: that a page has the origin it speaks to says nothing as long as it may be any.
        let Some(host) = self.allowed_host(headers, authority) else {
            return Err(refused("host_not_allowed", &header::HOST, headers, "XYTE_ALLOWED_HOSTS"));
        };
        if !self.allows_origin(headers, &host) {
            return Err(refused("origin_not_allowed", &header::ORIGIN, headers, "XYTE_ALLOWED_ORIGINS"));
        }
        Ok(())
    }

    /// The host that the request names, if it is served.
    fn allowed_host(&self, headers: &HeaderMap, authority: Option<&Authority>) -> Option<Authority> {
        let mut values = headers.get_all(header::HOST).iter();
        let host = match (values.next(), values.next()) {
            (Some(value), None) => value.to_str().ok().and_then(|text| text.parse::<Authority>().ok()),
            (None, _) => authority.cloned(),
            (Some(_), Some(_)) => None,
        };
        let host = host.filter(|host| !host.as_str().contains('@'))?;
        let name = host.host().to_ascii_lowercase();
        (LOOPBACK_NAMES.contains(&name.as_str()) || self.hosts.contains(&name)).then_some(host)
    }

    /// Whether the page that sends the request may. None sends it where there is no Origin and no word of a browser.
    fn allows_origin(&self, headers: &HeaderMap, host: &Authority) -> bool {
        let origins: Vec<Option<String>> = headers
            .get_all(header::ORIGIN)
            .iter()
            .map(|value| value.to_str().ok().and_then(origin_of))
            .collect();
        let listed =
            |origin: &Option<String>| origin.as_ref().is_some_and(|origin| self.origins.contains(origin));
        let own = |origin: &Option<String>| origin.as_ref().is_some_and(|origin| is_own(origin, host));
        // What a browser says of a page of another origin holds, also where it sends no Origin, and whatever the
        // Origin looks like: another port of this machine is another program, and `http` is not `https`.
        if headers.get_all(SEC_FETCH_SITE).iter().any(|value| value == "cross-site" || value == "same-site") {
            return !origins.is_empty() && origins.iter().all(listed);
        }
        origins.iter().all(|origin| listed(origin) || own(origin))
    }
}

/// Whether an origin is the one that the request is sent to: the page is ours then. In front of the host, something
/// else may speak TLS, so that the scheme is the page's to say.
fn is_own(origin: &str, host: &Authority) -> bool {
    let Ok(origin) = Url::parse(origin) else { return false };
    let Ok(own) = Url::parse(&format!("{}://{host}", origin.scheme())) else { return false };
    matches!(origin.scheme(), "http" | "https") && own.origin() == origin.origin()
}

/// The layer: refuses what is not on the list.
pub(super) async fn check(State(allowed): State<AllowList>, request: Request, next: Next) -> Response {
    match allowed.check(request.headers(), request.uri().authority()) {
        Ok(()) => next.run(request).await,
        Err(refused) => {
            tracing::warn!(error = refused.error, "request refused");
            refused.into_response()
        }
    }
}

/// What is refused is said back, as far as it is text and short: whoever reads it mostly mistyped a name.
fn refused(error: &'static str, header: &HeaderName, headers: &HeaderMap, setting: &str) -> Refused {
    let given = headers.get(header).and_then(|value| value.to_str().ok());
    let given = given.filter(|text| text.len() <= SHOWN_BYTES_MAX);
    let given = given.map_or_else(|| "is missing or malformed".to_owned(), |text| format!("names {text:?}"));
    let message =
        format!("the {header} header {given}, which is not served; an operator can add it to {setting}");
    Refused { status: StatusCode::FORBIDDEN, error, message }
}

/// An origin in its canonical form. None: no origin, or `null`, which every sandboxed page has.
fn origin_of(text: &str) -> Option<String> {
    let url = Url::parse(text).ok()?;
    let bare =
        url.path() == "/" && url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
    (bare && url.origin().is_tuple()).then(|| url.origin().ascii_serialization())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(pairs: &[(&'static str, &'static str)]) -> Result<(), &'static str> {
        let list = |entries: &[&str]| entries.iter().map(|entry| (*entry).to_owned()).collect::<Vec<_>>();
        let allowed = AllowList::new(
            &list(&["mcp.example.com"]),
            &list(&["https://app.example.com", "http://localhost:5173"]),
        );
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, value.parse().unwrap());
        }
        allowed.unwrap().check(&headers, None).map_err(|refused| refused.error)
    }

    #[test]
    fn hosts_are_matched_by_their_whole_name() {
        let allowed = [
            "localhost",
            "localhost:8080",
            "LOCALHOST:1",
            "127.0.0.1:80",
            "[::1]:8080",
            "mcp.example.com:443",
        ];
        for host in allowed {
            assert_eq!(verdict(&[("host", host)]), Ok(()), "{host}");
        }
        let refused = [
            "evil.example",
            "localhost.evil.example",
            "evil-mcp.example.com",
            "127.0.0.1.evil.example",
            "localhost.",
            "x@localhost",
            "0.0.0.0",
            "127.0.0.2",
            "",
            "mcp.example.com.evil.example",
        ];
        for host in refused {
            assert_eq!(verdict(&[("host", host)]), Err("host_not_allowed"), "{host}");
        }
        assert_eq!(verdict(&[]), Err("host_not_allowed"));
        assert_eq!(verdict(&[("host", "localhost"), ("host", "evil.example")]), Err("host_not_allowed"));
    }

    #[test]
    fn an_origin_is_absent_or_listed() {
        let with = |origin| verdict(&[("host", "localhost"), ("origin", origin)]);
        for origin in ["https://app.example.com", "https://app.example.com:443", "http://localhost:5173"] {
            assert_eq!(with(origin), Ok(()), "{origin}");
        }
        let refused = [
            "null",
            "https://evil.example",
            "http://app.example.com",
            "https://app.example.com.evil.example",
            "https://app.example.com:444",
            "http://localhost:8080",
            "http://127.0.0.1",
            "ftp://localhost",
            "garbage",
            "",
        ];
        for origin in refused {
            assert_eq!(with(origin), Err("origin_not_allowed"), "{origin}");
        }
    }

    #[test]
    fn a_page_of_the_host_itself_may_send() {
        let with = |host, origin| verdict(&[("host", host), ("origin", origin)]);
        for (host, origin) in [
            ("localhost", "http://localhost"),
            ("localhost:8080", "http://localhost:8080"),
            ("LOCALHOST:8080", "http://localhost:8080"),
            ("127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("[::1]:8080", "http://[::1]:8080"),
            ("mcp.example.com", "https://mcp.example.com"),
            ("mcp.example.com:443", "https://mcp.example.com"),
        ] {
            assert_eq!(with(host, origin), Ok(()), "{host} {origin}");
            let pairs = [("host", host), ("origin", origin), ("sec-fetch-site", "same-origin")];
            assert_eq!(verdict(&pairs), Ok(()), "{host} {origin}");
        }
        for (host, origin) in [
            ("localhost:8080", "http://localhost:8081"),
            ("localhost:8080", "http://localhost"),
            ("localhost:8080", "http://127.0.0.1:8080"),
            ("localhost:8080", "http://evil.localhost:8080"),
            ("mcp.example.com", "https://mcp.example.com.evil.example"),
            ("mcp.example.com", "https://evil.example"),
            ("mcp.example.com", "https://mcp.example.com:8443"),
        ] {
            assert_eq!(with(host, origin), Err("origin_not_allowed"), "{host} {origin}");
        }
    }

    /// A page whose own name leads to this machine is of the same origin as what it asks. The name gives it away.
    #[test]
    fn a_rebound_name_is_no_origin_of_ours() {
        let rebound = [("host", "evil.example:8080"), ("origin", "http://evil.example:8080")];
        assert_eq!(verdict(&rebound), Err("host_not_allowed"));
        let pairs = [&rebound[..], &[("sec-fetch-site", "same-origin")]].concat();
        assert_eq!(verdict(&pairs), Err("host_not_allowed"));
    }

    #[test]
    fn what_a_browser_says_of_a_page_elsewhere_holds() {
        let listed = ("origin", "https://app.example.com");
        let own = ("origin", "http://localhost:8080");
        let host = ("host", "localhost:8080");
        for site in ["cross-site", "same-site"] {
            assert_eq!(verdict(&[host, ("sec-fetch-site", site)]), Err("origin_not_allowed"));
            assert_eq!(verdict(&[host, own, ("sec-fetch-site", site)]), Err("origin_not_allowed"));
            let foreign = ("origin", "https://evil.example");
            assert_eq!(verdict(&[host, foreign, ("sec-fetch-site", site)]), Err("origin_not_allowed"));
            assert_eq!(verdict(&[host, listed, ("sec-fetch-site", site)]), Ok(()));
        }
        for site in ["none", "same-origin"] {
            assert_eq!(verdict(&[host, ("sec-fetch-site", site)]), Ok(()));
        }
        let both = [host, listed, ("origin", "https://evil.example")];
        assert_eq!(verdict(&both), Err("origin_not_allowed"));
    }

    #[test]
    fn an_entry_that_could_never_match_is_an_error() {
        for entry in ["https://mcp.example.com", "mcp.example.com:443", "a b", "", "*", "*.example.com"] {
            let error = AllowList::new(&[entry.to_owned()], &[]).unwrap_err().to_string();
            assert!(
                error.contains("XYTE_ALLOWED_HOSTS") && error.contains("without scheme, port and wildcard"),
                "{error}"
            );
        }
        for entry in ["app.example.com", "https://app.example.com/path", "null", "*"] {
            let error = AllowList::new(&[], &[entry.to_owned()]).unwrap_err().to_string();
            assert!(
                error.contains("XYTE_ALLOWED_ORIGINS") && error.contains("https://app.example.com"),
                "{error}"
            );
        }
    }
}
