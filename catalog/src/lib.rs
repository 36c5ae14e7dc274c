//! The operations of the Xyte API as data.
//!
//! One table, `operations.toml`, says what exists: the host checks every request of a plugin against it, the SDK's
//! route constants are generated from it, and the simulated hub routes by it. What is not in the table is refused.
//!
//! A route is found by byte equality of its template ([`Catalog::find`]) and never by matching a path, so that no
//! value can turn one route into another; what a value may be is decided by [`Param::check`].

mod operation;
mod parse;
mod sdk_routes;
mod template;

use std::collections::HashMap;
use std::sync::LazyLock;

pub use operation::{Effect, Method, Operation, QueryKey, Scope};
pub use parse::CatalogError;
pub use sdk_routes::sdk_routes;
pub use template::{Param, ParamKind, RefusedValue, Segment, Template};

/// The table that ships with this crate.
const OPERATIONS: &str = include_str!("../operations.toml");

static KNOWN: LazyLock<Catalog> =
    LazyLock::new(|| Catalog::parse(OPERATIONS).expect("operations.toml is checked by this crate's tests"));

/// A checked set of operations, looked up by route or by key.
#[derive(Debug)]
pub struct Catalog {
    operations: Vec<Operation>,
    by_key: HashMap<String, usize>,
    by_route: HashMap<(Scope, Method, String), usize>,
}

impl Catalog {
    /// The operations of the Xyte API that this version knows.
    pub fn known() -> &'static Catalog {
        &KNOWN
    }

    /// Reads a table in the form of `operations.toml`.
    ///
    /// # Errors
    /// The first row that cannot be what it says, with its key: an unknown field, a parameter without a type, a
    /// GET that claims to write, a key or a route that is listed twice.
    pub fn parse(text: &str) -> Result<Catalog, CatalogError> {
        let operations = parse::operations(text)?;
        let mut by_key = HashMap::new();
        let mut by_route = HashMap::new();
        for (index, operation) in operations.iter().enumerate() {
            if by_key.insert(operation.key.clone(), index).is_some() {
                return Err(CatalogError::DuplicateKey(operation.key.clone()));
            }
            let route = (operation.scope, operation.method, operation.template.as_str().to_owned());
            if by_route.insert(route, index).is_some() {
                return Err(CatalogError::DuplicateRoute(operation.key.clone()));
            }
        }
        Ok(Catalog { operations, by_key, by_route })
    }

    /// The operation of that key, such as `organization.devices.getDevices`.
    pub fn get(&self, key: &str) -> Option<&Operation> {
        self.by_key.get(key).map(|&index| &self.operations[index])
    }

    /// The operation of that route. The template is compared byte by byte and never normalised.
    pub fn find(&self, scope: Scope, method: Method, template: &str) -> Option<&Operation> {
        let route = (scope, method, template.to_owned());
        self.by_route.get(&route).map(|&index| &self.operations[index])
    }

    /// Every operation, in the table's order.
    pub fn operations(&self) -> &[Operation] {
        &self.operations
    }
}
