//! What a plugin hands over, and what it gets back.

use xyte_catalog::{Method, Scope};

use crate::json::Json;

/// A prepared request. Nothing in it was checked yet.
#[derive(Debug, Clone)]
pub struct Request {
    /// The API family.
    pub scope: Scope,
    /// The HTTP method.
    pub method: Method,
    /// The route's literal text.
    pub template: String,
    /// One value per parameter of the template.
    pub params: Vec<(String, String)>,
    /// Query keys with their values, in order.
    pub query: Vec<(String, String)>,
    /// The body's JSON text.
    pub body: Option<String>,
    /// Named options of the contract.
    pub options: Vec<(String, String)>,
}

/// What Xyte answered; the status may be an error of the API.
#[derive(Debug, Clone)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// The body. None: it was empty.
    pub body: Option<Json>,
    /// Facts by name, as the contract lists them.
    pub facts: Vec<(&'static str, String)>,
}
