//! From the table's text to operations that cannot contradict themselves.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Deserialize;

use crate::operation::{Effect, Method, Operation, QueryKey, Scope};
use crate::template::{Param, ParamKind, Segment, Template};

/// Why a table was refused.
#[derive(Debug, thiserror::Error)]
pub enum CatalogError {
    /// It is not TOML of the right form; the text says where.
    #[error("the operation table cannot be read: {0}")]
    Syntax(#[from] toml::de::Error),
    /// Two rows have this key.
    #[error("{0} is listed twice")]
    DuplicateKey(String),
    /// This row has the route of an earlier one.
    #[error("{0} has the same route as an earlier operation")]
    DuplicateRoute(String),
    /// This row contradicts itself.
    #[error("{key}: {reason}")]
    Row {
        /// The row's key.
        key: String,
        /// What is wrong with it.
        reason: String,
    },
}

/// Query keys and body members by which a request could carry another credential than the caller's, or become one of
/// another method. No row may list them, whatever a page of the vendor says.
const FORBIDDEN_NAMES: [&str; 10] = [
    "_method",
    "access_key",
    "access_token",
    "api_key",
    "apikey",
    "authorization",
    "callback",
    "key",
    "secret",
    "token",
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    operation: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    key: String,
    summary: String,
    method: Method,
    path: String,
    #[serde(default)]
    params: BTreeMap<String, KindText>,
    #[serde(default)]
    query: Vec<String>,
    #[serde(default)]
    body: Vec<String>,
    effect: Effect,
    cache_seconds: Option<u64>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum KindText {
    Name(String),
    Words(Vec<String>),
}

pub(crate) fn operations(text: &str) -> Result<Vec<Operation>, CatalogError> {
    let table: Table = toml::from_str(text)?;
    let mut operations = table.operation.into_iter().map(operation).collect::<Result<Vec<_>, _>>()?;
    reserve_siblings(&mut operations);
    Ok(operations)
}

fn operation(row: Row) -> Result<Operation, CatalogError> {
    let fail = |reason: String| CatalogError::Row { key: row.key.clone(), reason };
    let scope = scope_of(&row.key).ok_or_else(|| fail("must begin with organization. or partner.".into()))?;
    if (row.method == Method::Get) == row.effect.mutates() {
        return Err(fail(format!("{} cannot have the effect {}", row.method, row.effect)));
    }
    if !row.body.is_empty() && !row.method.takes_body() {
        return Err(fail(format!("{} takes no body", row.method)));
    }
    if row.cache_seconds.is_some() && row.effect.mutates() {
        return Err(fail("only a read may be cached".into()));
    }
    if let Some(name) = row.query.iter().chain(&row.body).find(|name| is_forbidden(name)) {
        return Err(fail(format!("`{name}` could carry a credential or change the request's meaning")));
    }
    let template = template(&row.path, row.params).map_err(fail)?;
    Ok(Operation {
        scope,
        template,
        method: row.method,
        query: row.query.into_iter().map(query_key).collect(),
        body: row.body,
        effect: row.effect,
        cache: row.cache_seconds.map(Duration::from_secs),
        key: row.key,
        summary: row.summary,
    })
}

fn is_forbidden(name: &str) -> bool {
    let name = name.strip_suffix("[]").unwrap_or(name).to_ascii_lowercase();
    FORBIDDEN_NAMES.contains(&name.as_str())
}

fn scope_of(key: &str) -> Option<Scope> {
    let (scope, rest) = key.split_once('.')?;
    let known = [Scope::Organization, Scope::Partner];
    known.into_iter().find(|known| known.as_str() == scope && !rest.is_empty())
}

fn query_key(text: String) -> QueryKey {
    match text.strip_suffix("[]") {
        Some(name) => QueryKey { name: name.to_owned(), repeats: true },
        None => QueryKey { name: text, repeats: false },
    }
}

fn template(path: &str, mut kinds: BTreeMap<String, KindText>) -> Result<Template, String> {
    let rest = path.strip_prefix('/').ok_or("the path must begin with a slash")?;
    let segments = rest.split('/').map(|text| segment(text, &mut kinds)).collect::<Result<Vec<_>, _>>()?;
    match kinds.into_keys().next() {
        Some(surplus) => Err(format!("params names `{surplus}`, which is not in the path")),
        None => Ok(Template::new(path.to_owned(), segments)),
    }
}

fn segment(text: &str, kinds: &mut BTreeMap<String, KindText>) -> Result<Segment, String> {
    let Some(name) = text.strip_prefix('{').and_then(|text| text.strip_suffix('}')) else {
        let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        return if plain {
            Ok(Segment::Literal(text.to_owned()))
        } else {
            Err(format!("`{text}` is neither a lower-case word nor a {{parameter}}"))
        };
    };
    let kind = match kinds.remove(name) {
        None => return Err(format!("params must say the type of `{name}`, once")),
        Some(KindText::Words(words)) if !words.is_empty() => ParamKind::Words(words),
        Some(KindText::Name(kind)) => match kind.as_str() {
            "uuid" => ParamKind::Uuid,
            "integer" => ParamKind::Integer,
            "id" => ParamKind::Id,
            _ => return Err(format!("`{name}` has the unknown type `{kind}`")),
        },
        Some(KindText::Words(_)) => return Err(format!("`{name}` allows no word at all")),
    };
    Ok(Segment::Param(Param { name: name.to_owned(), kind, reserved: Vec::new() }))
}

/// Gives each parameter the literals that any route of its scope has in the same place. Other methods count too:
/// `claim` is reserved for GET /devices/{device_id} although only POST /devices/claim exists.
fn reserve_siblings(operations: &mut [Operation]) {
    let all: Vec<(Scope, Vec<Segment>)> =
        operations.iter().map(|op| (op.scope, op.template.segments().to_vec())).collect();
    for operation in operations {
        let (scope, own) = (operation.scope, operation.template.segments().to_vec());
        for (index, param) in operation.template.params_mut() {
            let siblings = all.iter().filter(|(other, segments)| {
                *other == scope && segments.len() > index && could_share_prefix(&own[..index], segments)
            });
            let mut reserved: Vec<String> = siblings
                .filter_map(|(_, segments)| match &segments[index] {
                    Segment::Literal(literal) => Some(literal.to_ascii_lowercase()),
                    Segment::Param(_) => None,
                })
                .collect();
            reserved.sort();
            reserved.dedup();
            param.reserved = reserved;
        }
    }
}

/// Whether a path could begin with both: they agree wherever both are literal.
fn could_share_prefix(prefix: &[Segment], other: &[Segment]) -> bool {
    prefix.iter().zip(other).all(|pair| match pair {
        (Segment::Literal(a), Segment::Literal(b)) => a == b,
        _ => true,
    })
}
