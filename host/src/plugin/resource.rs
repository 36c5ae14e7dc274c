//! What a plugin serves to be read.

use std::time::Duration;

use super::answer::{self, Resource};
use super::bindings::resources as wit;
use super::hidden;
use super::limits::{CURSOR_BYTES_MAX, DESCRIPTION_BYTES_MAX, JSON_BYTES_MAX, NAME_BYTES_MAX, SERVED_MAX};
use super::uri_template::UriTemplate;
use crate::json::Json;

/// Schemes that no plugin may serve: over plain HTTP the resource `<scheme>://<rest>` is found at `/v1/<scheme>/<rest>`,
/// and these are routes of the host there.
pub const RESERVED_SCHEMES: [&str; 5] = ["tools", "resources", "prompts", "docs", "openapi.json"];

/// A resource, or a template of many.
#[derive(Debug, Clone)]
pub struct Served {
    /// Its URI, or the form of their URIs.
    pub template: UriTemplate,
    /// Its name for programs.
    pub name: String,
    /// Its name for people.
    pub title: Option<String>,
    /// What it is.
    pub description: Option<String>,
    /// What its contents are.
    pub mime_type: Option<String>,
    /// Further members of MCP, one object.
    pub extra: Option<Json>,
}

/// What was read.
#[derive(Debug)]
pub struct Contents {
    /// One or more parts.
    pub contents: Vec<Resource>,
    /// How long a client may keep it.
    pub ttl: Option<Duration>,
    /// MCP's `_meta`.
    pub meta: Option<Json>,
}

/// Resources that exist for one tenant.
#[derive(Debug)]
pub struct Page {
    /// An array of MCP's Resource objects.
    pub resources: Json,
    /// Where the list goes on.
    pub next_cursor: Option<String>,
}

/// Checks what a plugin says that it serves.
pub(super) fn check(served: Vec<wit::ServedResource>) -> Result<Vec<Served>, String> {
    if served.len() > SERVED_MAX {
        return Err(format!("it serves more than {SERVED_MAX} resources and templates"));
    }
    let mut checked: Vec<Served> = Vec::with_capacity(served.len());
    for resource in served {
        let name = resource.template.chars().take(NAME_BYTES_MAX).collect::<String>();
        let resource = check_one(resource).map_err(|reason| format!("resource {name:?}: {reason}"))?;
        if checked.iter().any(|earlier| earlier.template == resource.template) {
            return Err(format!("resource {name:?}: it is served twice"));
        }
        checked.push(resource);
    }
    Ok(checked)
}

fn check_one(resource: wit::ServedResource) -> Result<Served, String> {
    let template = UriTemplate::parse(&resource.template)?;
    if RESERVED_SCHEMES.contains(&template.scheme()) {
        let scheme = template.scheme();
        return Err(format!(
            "the scheme {scheme} is reserved, since /v1/{scheme} is a route of the host; choose another one"
        ));
    }
    if resource.name.is_empty() || resource.name.len() > NAME_BYTES_MAX {
        return Err(format!("a name has 1 to {NAME_BYTES_MAX} bytes"));
    }
    let texts = [
        Some(&resource.name),
        resource.title.as_ref(),
        resource.description.as_ref(),
        resource.mime_type.as_ref(),
    ];
    for text in texts.into_iter().flatten() {
        hidden::check("what it says of itself", text, DESCRIPTION_BYTES_MAX)?;
    }
    Ok(Served {
        template,
        name: resource.name,
        title: resource.title,
        description: resource.description,
        mime_type: resource.mime_type,
        extra: answer::object("its extra", resource.extra)?,
    })
}

pub(super) fn check_contents(contents: wit::Contents) -> Result<Contents, String> {
    Ok(Contents {
        contents: contents.contents.into_iter().map(answer::resource).collect::<Result<_, _>>()?,
        ttl: contents.ttl_ms.map(|ms| Duration::from_millis(ms.into())),
        meta: answer::object("its _meta", contents.meta)?,
    })
}

pub(super) fn check_page(page: wit::Page) -> Result<Page, String> {
    let resources = Json::parse(&page.resources, JSON_BYTES_MAX)
        .map_err(|error| format!("its list of resources is refused: {error}"))?;
    if !resources.as_str().starts_with('[') {
        return Err("its list of resources is no array".to_owned());
    }
    if let Some(char) = hidden::in_value(&resources.to_value()) {
        return Err(hidden::found("its list of resources", char));
    }
    if page.next_cursor.as_ref().is_some_and(|cursor| cursor.len() > CURSOR_BYTES_MAX) {
        return Err(format!("its cursor has more than {CURSOR_BYTES_MAX} bytes"));
    }
    Ok(Page { resources, next_cursor: page.next_cursor })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn served(template: &str) -> Result<Vec<Served>, String> {
        let resource = wit::ServedResource {
            template: template.into(),
            name: "n".into(),
            title: None,
            description: None,
            mime_type: None,
            extra: None,
        };
        check(vec![resource])
    }

    #[test]
    fn a_scheme_that_is_a_route_of_the_host_is_refused() {
        for scheme in RESERVED_SCHEMES {
            let error = served(&format!("{scheme}://x")).unwrap_err();
            assert!(error.contains(&format!("the scheme {scheme} is reserved")), "{error}");
        }
        for scheme in ["devices", "tool", "toolsx", "openapi"] {
            assert!(served(&format!("{scheme}://x")).is_ok(), "{scheme}");
        }
    }
}
