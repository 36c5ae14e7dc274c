//! The list of resources, over all plugins: first those that exist for every tenant, then what each plugin lists for one.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::call::Tools;
use super::catalog::ResourceEntry;
use super::outcome::Outcome;
use super::run::Job;
use super::scope::CallScope;
use crate::plugin::{Page, Plugin, TOOL_TIMEOUT};
use crate::tenant::Caller;

/// Where the list goes on: at a plugin, with that plugin's own cursor. It says where and gives no rights, so that it need
/// not be sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    plugin: String,
    page: Option<String>,
}

impl Place {
    /// Reads what [`Place::to_text`] wrote. None: it did not.
    pub fn parse(text: &str) -> Option<Place> {
        let text = String::from_utf8(URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
        Some(match text.split_once('\0') {
            Some((plugin, page)) => Place { plugin: plugin.to_owned(), page: Some(page.to_owned()) },
            None => Place { plugin: text, page: None },
        })
    }

    /// As clients carry it.
    pub fn to_text(&self) -> String {
        let page = self.page.as_ref().map(|page| format!("\0{page}")).unwrap_or_default();
        URL_SAFE_NO_PAD.encode(format!("{}{page}", self.plugin))
    }
}

/// A part of the list.
#[derive(Debug)]
pub struct ResourcePage {
    /// What exists for every tenant, on the first page alone.
    pub known: Vec<ResourceEntry>,
    /// What plugins list, or why one could not.
    pub listed: Vec<(Arc<Plugin>, Outcome<Page>)>,
    /// Where it goes on.
    pub next: Option<Place>,
}

impl Tools {
    /// One page. It goes on to the next plugin until one says that it has more. A plugin that cannot say what it has
    /// keeps nobody from the others' resources.
    pub async fn resource_page(
        &self,
        caller: &Caller,
        from: Option<&Place>,
        scope: &CallScope,
    ) -> ResourcePage {
        let known = if from.is_none() { self.resources(caller) } else { Vec::new() };
        let mut page = ResourcePage { known, listed: Vec::new(), next: None };
        // Without a key nothing runs, and what every tenant has is all there is.
        let plugins = caller.credential().map(|_| self.listing_plugins()).unwrap_or_default();
        for plugin in plugins {
            let own = match from {
                // A plugin that was there a moment ago may be gone; then it goes on with the one behind it.
                Some(place) if plugin.id() < place.plugin.as_str() => continue,
                Some(place) if plugin.id() == place.plugin => place.page.as_deref(),
                _ => None,
            };
            let outcome = self.list_resources(caller, &plugin, own, scope.clone()).await;
            let more = match &outcome {
                Outcome::Answered(listed) => listed.next_cursor.clone(),
                _ => None,
            };
            page.next = more.map(|cursor| Place { plugin: plugin.id().to_owned(), page: Some(cursor) });
            page.listed.push((plugin, outcome));
            if page.next.is_some() {
                break;
            }
        }
        page
    }

    fn listing_plugins(&self) -> Vec<Arc<Plugin>> {
        self.catalog().plugins().filter(|plugin| plugin.lists_resources()).cloned().collect()
    }

    async fn list_resources(
        &self,
        caller: &Caller,
        plugin: &Plugin,
        cursor: Option<&str>,
        scope: CallScope,
    ) -> Outcome<Page> {
        let job = Job { kind: "resources", name: "list", plugin, timeout: TOOL_TIMEOUT };
        let serve = |running| plugin.list_resources(cursor, running);
        self.run(job, caller, scope, Ok(()), || Ok(()), serve).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_as_it_was_written() {
        for page in [None, Some(""), Some("2"), Some("a\0b=&")] {
            let place = Place { plugin: "devices".into(), page: page.map(str::to_owned) };
            assert_eq!(Place::parse(&place.to_text()).unwrap(), place);
        }
        for bad in ["%", "a", "_w", " "] {
            assert_eq!(Place::parse(bad), None, "{bad}");
        }
    }
}
