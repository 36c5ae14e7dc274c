//! Where a server is that runs already.

use std::str::FromStr;

use url::Url;

use crate::config::is_loopback;

/// An address that a client may send the key to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place(Url);

/// Why an address is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum PlaceError {
    #[error("it is not a URL ({0}); expected one such as https://host/mcp")]
    Malformed(String),
    #[error("`{0}` is not a scheme of MCP; use https")]
    Scheme(String),
    #[error("plain http would send the key readable; use https (loopback is exempt)")]
    Readable,
    #[error("a user name, password, query or fragment does not belong here; the key travels in a header")]
    MoreThanAPlace,
}

impl Place {
    pub(super) fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Whether it names no path; a server of this program answers at /mcp.
    pub(super) fn is_bare(&self) -> bool {
        self.0.path() == "/"
    }
}

impl FromStr for Place {
    type Err = PlaceError;

    fn from_str(text: &str) -> Result<Place, PlaceError> {
        let url = Url::parse(text).map_err(|error| PlaceError::Malformed(error.to_string()))?;
        match url.scheme() {
            "https" => {}
            "http" if is_loopback(&url) => {}
            "http" => return Err(PlaceError::Readable),
            other => return Err(PlaceError::Scheme(other.to_owned())),
        }
        let has_credentials = !url.username().is_empty() || url.password().is_some();
        if has_credentials || url.query().is_some() || url.fragment().is_some() {
            return Err(PlaceError::MoreThanAPlace);
        }
        Ok(Place(url))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_https_or_loopback_and_nothing_but_a_place() {
        for good in ["https://mcp.example.com/mcp", "http://127.0.0.1:8080/mcp", "http://[::1]:1/mcp"] {
            assert_eq!(good.parse::<Place>().unwrap().as_str(), good);
        }
        assert!("https://mcp.example.com".parse::<Place>().unwrap().is_bare());
        assert!(matches!("mcp.example.com/mcp".parse::<Place>(), Err(PlaceError::Malformed(_))));
        assert_eq!("http://mcp.example.com/mcp".parse::<Place>(), Err(PlaceError::Readable));
        assert_eq!("ftp://host/mcp".parse::<Place>(), Err(PlaceError::Scheme("ftp".into())));
        for more in
            ["https://me:pw@host/mcp", "https://key@host/mcp", "https://host/mcp?key=k", "https://host/#k"]
        {
            let error = more.parse::<Place>().unwrap_err();
            assert_eq!(error, PlaceError::MoreThanAPlace);
            assert!(!error.to_string().contains("pw"));
        }
    }
}
