//! Arguments whose schemas must reach a client as they are.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use xyte_plugin_sdk::Text;

/// Somebody, and how to reach them.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Contact {
    name: Option<String>,
    address: Option<Address>,
    contact_method: Option<String>,
    phone: Option<String>,
    email: Option<String>,
}

#[derive(Deserialize)]
struct Address {
    street: Option<String>,
    city: Option<String>,
}

/// Written by hand: what these keywords say, no type of Rust does.
impl JsonSchema for Contact {
    fn schema_name() -> Cow<'static, str> {
        "Contact".into()
    }

    fn json_schema(_generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "$defs": {
                "address": {
                    "$anchor": "addressDef",
                    "type": "object",
                    "properties": {"street": {"type": "string"}, "city": {"type": "string"}}
                }
            },
            "properties": {
                "name": {"type": "string"},
                "address": {"$ref": "#/$defs/address"},
                "contactMethod": {"type": "string", "enum": ["phone", "email"]},
                "phone": {"type": "string"},
                "email": {"type": "string"}
            },
            "allOf": [{"anyOf": [{"required": ["phone"]}, {"required": ["email"]}]}],
            "if": {"properties": {"contactMethod": {"const": "phone"}}, "required": ["contactMethod"]},
            "then": {"required": ["phone"]},
            "else": {"required": ["email"]},
            "additionalProperties": false
        })
    }
}

/// An argument that travels in the header `Mcp-Param-Value` as well.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct InHeader {
    /// What is repeated.
    #[schemars(extend("x-mcp-header" = "Value"))]
    pub(crate) value: String,
}

pub(crate) fn told(contact: &Contact) -> Text {
    let address = contact.address.as_ref();
    let parts = [
        contact.name.as_deref(),
        address.and_then(|address| address.street.as_deref()),
        address.and_then(|address| address.city.as_deref()),
        contact.contact_method.as_deref(),
        contact.phone.as_deref(),
        contact.email.as_deref(),
    ];
    Text(parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
}
