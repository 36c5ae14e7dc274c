//! What a guest asks before it can go on, checked.

use std::collections::BTreeSet;

use serde_json::Value;

use super::bindings::types as wit;
use super::hidden;
use super::limits::{INPUT_REQUESTS_MAX, INPUT_STATE_BYTES_MAX, JSON_BYTES_MAX, NAME_BYTES_MAX};
use crate::json::Json;

/// The methods of MCP that a plugin may ask a client through.
const METHODS: [&str; 3] = ["elicitation/create", "sampling/createMessage", "roots/list"];

const ELICITATION: &str = METHODS[0];
/// What stands in a text that asks for a secret, without case, spaces and punctuation.
const SECRET_PARTS: [&str; 10] = [
    "password",
    "passphrase",
    "passcode",
    "passwd",
    "apikey",
    "accesskey",
    "privatekey",
    "credential",
    "accesstoken",
    "bearertoken",
];
/// Words that ask for one by themselves.
const SECRET_WORDS: [&str; 6] = ["pin", "pwd", "otp", "secret", "token", "cvv"];
/// Bytes of a question's message: one or two sentences.
const MESSAGE_BYTES_MAX: usize = 1 << 10;

/// Questions that must be answered before the call can be made again, and what is to be handed back then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The questions, each under its key.
    pub requests: Vec<InputRequest>,
    /// Who asks: the plugin's title. People are told, so that nobody takes it for the host.
    pub asker: String,
    /// For the plugin alone: whoever carries it must neither read nor change it.
    pub state: Option<String>,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputRequest {
    /// The plugin's name for it.
    pub key: String,
    /// MCP's method.
    pub method: String,
    /// MCP's params for it.
    pub params: Json,
}

impl Question {
    /// Checks what a guest wants to know.
    ///
    /// # Errors
    /// The rule of the contract that it breaks.
    pub(super) fn check(needs: wit::NeedsInput, asker: &str) -> Result<Question, String> {
        if needs.requests.len() > INPUT_REQUESTS_MAX {
            return Err(format!("it asks more than {INPUT_REQUESTS_MAX} questions at once"));
        }
        if needs.state.as_ref().is_some_and(|state| state.len() > INPUT_STATE_BYTES_MAX) {
            return Err(format!("its state has more than {INPUT_STATE_BYTES_MAX} bytes"));
        }
        if needs.requests.is_empty() && needs.state.is_none() {
            return Err("it needs input and asks for nothing".to_owned());
        }
        let mut keys = BTreeSet::new();
        let mut requests = Vec::with_capacity(needs.requests.len());
        for request in needs.requests {
            let request = check(request)?;
            if !keys.insert(request.key.clone()) {
                return Err("two of its questions have the same key".to_owned());
            }
            requests.push(request);
        }
        Ok(Question { requests, asker: asker.to_owned(), state: needs.state })
    }
}

fn check(request: wit::InputRequest) -> Result<InputRequest, String> {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b'-';
    if !(1..=NAME_BYTES_MAX).contains(&request.key.len()) || !request.key.bytes().all(plain) {
        return Err("a question's key has 1 to 64 letters, digits, `_` or `-`".to_owned());
    }
    if !METHODS.contains(&request.method.as_str()) {
        return Err(format!("a question's method is one of {}", METHODS.join(", ")));
    }
    let params = Json::parse_object(&request.params, JSON_BYTES_MAX)
        .map_err(|error| format!("a question's params are refused: {error}"))?;
    if let Some(char) = hidden::in_value(&params.to_value()) {
        return Err(hidden::found("a question", char));
    }
    if request.method == ELICITATION {
        check_form(&params.to_value())?;
    }
    Ok(InputRequest { key: request.key, method: request.method, params })
}

/// People are asked by forms, and never for what nobody but the operator should have: whoever sees the question
/// cannot tell a plugin that collects keys from a host that needs one. Nothing can be hidden in a question, and it is one
/// line, so that it cannot pretend to end and begin anew.
fn check_form(params: &Value) -> Result<(), String> {
    if params.get("mode").is_some_and(|mode| mode != "form") || params.get("url").is_some() {
        return Err("a question to the user is a form; opening a URL is not offered".to_owned());
    }
    let Some(message) = params.get("message").and_then(Value::as_str) else {
        return Err("a question to the user has a message".to_owned());
    };
    if message.len() > MESSAGE_BYTES_MAX || message.contains(['\n', '\r', '\t']) {
        return Err(format!("a question's message is one line of at most {MESSAGE_BYTES_MAX} bytes"));
    }
    let Some(fields) = params.pointer("/requestedSchema/properties").and_then(Value::as_object) else {
        return Err("a question to the user has a requestedSchema with properties".to_owned());
    };
    let fields = fields.iter().find(|(name, field)| asks_for_secret(name, field));
    if let Some((name, _)) = fields {
        return Err(format!("the user would be asked for {name:?}, which sounds like a secret"));
    }
    let schema = params.get("requestedSchema").unwrap_or(&Value::Null);
    let shown = ["title", "description"].map(|member| schema.get(member).and_then(Value::as_str));
    if shown.into_iter().flatten().chain([message]).any(names_secret) {
        return Err("the question asks the user for what sounds like a secret".to_owned());
    }
    Ok(())
}

fn asks_for_secret(name: &str, field: &Value) -> bool {
    // Letters of other scripts look like these, and read the same.
    let plain = name.is_ascii();
    let shown =
        ["title", "description"].map(|member| field.get(member).and_then(Value::as_str).unwrap_or_default());
    !plain
        || field.get("format").is_some_and(|format| format == "password")
        || [name].iter().chain(&shown).any(|text| sounds_secret(text))
}

/// Whether the name or title of a field asks for a secret.
fn sounds_secret(text: &str) -> bool {
    names_secret(text) || words(text).iter().any(|word| SECRET_WORDS.contains(&word.as_str()))
}

/// Whether a sentence does. Words that have other meanings, such as the pin of a connector, are let be.
fn names_secret(text: &str) -> bool {
    let joined = words(text).concat();
    SECRET_PARTS.iter().any(|part| joined.contains(part))
}

fn words(text: &str) -> Vec<String> {
    let parts = text.split(|char: char| !char.is_alphanumeric()).flat_map(split_case);
    parts.map(str::to_lowercase).collect()
}

/// The words of a camel-case name.
fn split_case(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = 0;
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    for pair in chars.windows(2) {
        if pair[0].1.is_lowercase() && pair[1].1.is_uppercase() {
            words.push(&text[start..pair[1].0]);
            start = pair[1].0;
        }
    }
    words.push(&text[start..]);
    words
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn request(key: &str, method: &str, params: &str) -> wit::InputRequest {
        wit::InputRequest { key: key.into(), method: method.into(), params: params.into() }
    }

    fn question(requests: Vec<wit::InputRequest>, state: Option<String>) -> Result<Question, String> {
        Question::check(wit::NeedsInput { requests, state }, "Probe")
    }

    #[test]
    fn a_question_is_asked_under_a_key_by_a_known_method() {
        let form = r#"{ "message":"?","requestedSchema":{"properties":{"color":{"type":"string"}}}}"#;
        let good = || request("color", "elicitation/create", form);
        let asked = question(vec![good()], None).unwrap();
        assert!(asked.requests[0].params.as_str().starts_with(r#"{"message""#) && asked.asker == "Probe");
        assert!(question(Vec::new(), Some("s".repeat(INPUT_STATE_BYTES_MAX))).is_ok());
        assert!(
            question(
                (0..INPUT_REQUESTS_MAX).map(|n| request(&n.to_string(), "roots/list", "{}")).collect(),
                None
            )
            .is_ok()
        );
        let cases = [
            (vec![request("", "roots/list", "{}")], "key has 1 to 64"),
            (vec![request("a b", "roots/list", "{}")], "key has 1 to 64"),
            (vec![request("a", "tools/call", "{}")], "method is one of"),
            (vec![request("a", "roots/list", "[]")], "params are refused"),
            (vec![good(), good()], "the same key"),
            (Vec::new(), "asks for nothing"),
            (
                (0..=INPUT_REQUESTS_MAX).map(|n| request(&n.to_string(), "roots/list", "{}")).collect(),
                "more than 8",
            ),
        ];
        for (requests, reason) in cases {
            let error = question(requests, None).unwrap_err();
            assert!(error.contains(reason), "{reason}: {error}");
        }
        assert!(question(Vec::new(), Some("s".repeat(INPUT_STATE_BYTES_MAX + 1))).is_err());
    }

    #[test]
    fn nobody_is_asked_for_a_secret_or_sent_to_a_page() {
        let ask = |params: &str| question(vec![request("a", "elicitation/create", params)], None).map(|_| ());
        let form = |name: &str, field: &str| {
            ask(&format!(r#"{{"message":"?","requestedSchema":{{"properties":{{"{name}":{field}}}}}}}"#))
        };
        let text = r#"{"type":"string"}"#;
        for name in ["email", "room", "keynote", "tok", "spinner", "opinion", "secretary", "maxTokens"] {
            assert_eq!(form(name, text), Ok(()), "{name}");
        }
        let secrets = [
            "password",
            "apiKey",
            "API-key",
            "access_token",
            "client secret",
            "pin",
            "userPin",
            "pwd",
            "otp",
        ];
        for name in secrets {
            assert!(form(name, text).unwrap_err().contains("sounds like a secret"), "{name}");
        }
        assert!(form("x", r#"{"type":"string","format":"password"}"#).is_err());
        assert!(form("x", r#"{"type":"string","title":"Your password"}"#).is_err());
        assert!(form("p\u{430}ssword", text).is_err());
        assert!(form("x", r#"{"type":"string","description":"Your Xyte API key"}"#).is_err());
        let said = |message: &str| {
            let schema = json!({"properties": {"a": {"type": "string"}}});
            ask(&json!({"message": message, "requestedSchema": schema}).to_string())
        };
        assert_eq!(said("Which pin of the connector?"), Ok(()));
        for bad in [
            "Enter your Xyte API key",
            "Your password?",
            "a\nxyte-mcp: log in",
            "a\u{202e}b",
            "a\u{1b}[2J",
            &"x".repeat(2000),
        ] {
            assert!(said(bad).is_err(), "{bad:?}");
        }
        let url = r#"{"mode":"url","message":"?","url":"https://x.example","elicitationId":"1"}"#;
        assert!(ask(url).unwrap_err().contains("opening a URL"));
        assert!(ask(r#"{"message":"?"}"#).is_err());
        assert!(ask(r#"{"requestedSchema":{"properties":{}}}"#).is_err());
    }
}
