//! JSON-RPC messages, judged before the protocol library reads them.
//!
//! The library takes the last of two members of one name, reads malformed parameters as an unknown method, and answers
//! what it cannot read without a JSON-RPC body, or not at all. Here each message passes the same strict validator as all
//! JSON that comes from outside, and what is refused gets the error that JSON-RPC has for it.

use serde::{Deserialize, Deserializer};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::json::{Json, JsonError};

/// Bytes of one message. Arguments are what a model writes; the limit leaves room for a document among them.
pub const REQUEST_BYTES_MAX: usize = 4 << 20;

/// Bytes of a message's id: longer than any counter or UUID.
const ID_BYTES_MAX: usize = 256;

pub(super) const PARSE_ERROR: i32 = -32700;
pub(super) const INVALID_REQUEST: i32 = -32600;
const INVALID_PARAMS: i32 = -32602;

/// What a message is, as far as it matters before the library reads it.
#[derive(Debug, PartialEq)]
pub(super) struct Message {
    /// The text that was judged: one line.
    pub(super) json: Json,
    /// None: it is an answer.
    pub(super) method: Option<String>,
    /// None: it is a notification.
    pub(super) id: Option<Value>,
}

/// Why a message goes no further.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Refusal {
    pub(super) code: i32,
    pub(super) reason: String,
    /// Of the message, where it could be read.
    pub(super) id: Value,
}

impl Refusal {
    fn new(code: i32, reason: impl Into<String>) -> Refusal {
        Refusal { code, reason: reason.into(), id: Value::Null }
    }

    /// As JSON-RPC has it.
    pub(super) fn to_json(&self) -> Value {
        let error = serde_json::json!({"code": self.code, "message": self.reason});
        serde_json::json!({"jsonrpc": "2.0", "id": self.id, "error": error})
    }
}

#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(borrow, default, deserialize_with = "present")]
    jsonrpc: Option<&'a RawValue>,
    #[serde(borrow, default, deserialize_with = "present")]
    id: Option<&'a RawValue>,
    #[serde(borrow, default, deserialize_with = "present")]
    method: Option<&'a RawValue>,
    #[serde(borrow, default, deserialize_with = "present")]
    params: Option<&'a RawValue>,
    #[serde(borrow, default, deserialize_with = "present")]
    result: Option<&'a RawValue>,
    #[serde(borrow, default, deserialize_with = "present")]
    error: Option<&'a RawValue>,
}

/// A member that is null is there, unlike one that is not.
fn present<'de: 'a, 'a, D: Deserializer<'de>>(deserializer: D) -> Result<Option<&'a RawValue>, D::Error> {
    <&RawValue>::deserialize(deserializer).map(Some)
}

impl Message {
    /// Judges a message.
    ///
    /// # Errors
    /// The first rule that it breaks.
    pub(super) fn judge(bytes: &[u8]) -> Result<Message, Refusal> {
        let text =
            std::str::from_utf8(bytes).map_err(|_| Refusal::new(PARSE_ERROR, "the message is not UTF-8"))?;
        let json = Json::parse(text, REQUEST_BYTES_MAX).map_err(|error| {
            let code = if matches!(error, JsonError::Malformed(_)) { PARSE_ERROR } else { INVALID_REQUEST };
            Refusal::new(code, format!("the message is refused: {error}"))
        })?;
        if json.as_str().starts_with('[') {
            return Err(Refusal::new(
                INVALID_REQUEST,
                "batches are not supported; send one message at a time",
            ));
        }
        let envelope = json.is_object().then(|| serde_json::from_str::<Envelope<'_>>(json.as_str()));
        let Some(Ok(envelope)) = envelope else {
            return Err(Refusal::new(INVALID_REQUEST, "a message is a JSON object"));
        };
        let (method, id) = envelope.judge()?;
        Ok(Message { json, method, id })
    }
}

impl Envelope<'_> {
    fn judge(&self) -> Result<(Option<String>, Option<Value>), Refusal> {
        let id = self.id.map(|id| id_of(id.get())).transpose()?;
        let refuse = |reason: &str| {
            Err(Refusal { id: id.clone().unwrap_or_default(), ..Refusal::new(INVALID_REQUEST, reason) })
        };
        if self.jsonrpc.is_none_or(|version| version.get() != "\"2.0\"") {
            return refuse("a message says \"jsonrpc\": \"2.0\"");
        }
        let Some(method) = self.method else {
            let answers = self.result.is_some() != self.error.is_some();
            // An error may be about a message whose id could not be read, and then has none.
            let addressed = id.is_some() || self.error.is_some();
            return if answers && addressed {
                Ok((None, id))
            } else {
                refuse("a message has a method, or answers one")
            };
        };
        let Ok(method) = serde_json::from_str::<String>(method.get()) else {
            return refuse("a method is a string");
        };
        if self.result.is_some() || self.error.is_some() {
            return refuse("a message has a method, or answers one, and not both");
        }
        if self.params.is_some_and(|params| !params.get().starts_with('{')) {
            return refuse("params are an object, or absent");
        }
        if method.ends_with("/list") && !self.has_good_cursor() {
            let reason = format!("the cursor of {method} is a string, or absent");
            return Err(Refusal { code: INVALID_PARAMS, reason, id: id.unwrap_or_default() });
        }
        Ok((Some(method), id))
    }
}

impl Envelope<'_> {
    /// Where a list goes on is optional, and the library takes what it cannot read for absent: a client would get the
    /// first page for ever.
    fn has_good_cursor(&self) -> bool {
        #[derive(Deserialize)]
        struct Page<'a> {
            #[serde(borrow, default, deserialize_with = "present")]
            cursor: Option<&'a RawValue>,
        }
        let page = self.params.map(|params| serde_json::from_str::<Page<'_>>(params.get()));
        let cursor = page.and_then(Result::ok).and_then(|page| page.cursor);
        cursor.is_none_or(|cursor| cursor.get().starts_with('"'))
    }
}

/// A whole number or a string, of which there is no second reading.
fn id_of(text: &str) -> Result<Value, Refusal> {
    let refuse = || Refusal::new(INVALID_REQUEST, "an id is a string or a whole number");
    let id: Value = serde_json::from_str(text).map_err(|_| refuse())?;
    match id {
        Value::String(ref string) if string.len() <= ID_BYTES_MAX => Ok(id),
        Value::Number(ref number) if number.is_i64() => Ok(id),
        _ => Err(refuse()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(text: &str) -> Result<(Option<String>, Option<Value>), (i32, Value)> {
        let judged = Message::judge(text.as_bytes());
        judged.map(|message| (message.method, message.id)).map_err(|refusal| (refusal.code, refusal.id))
    }

    #[test]
    fn a_message_is_a_request_a_notification_or_an_answer() {
        let method = |name: &str| Some(name.to_owned());
        assert_eq!(
            judged(r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#),
            Ok((method("ping"), Some(1.into())))
        );
        assert_eq!(
            judged(r#"{"jsonrpc":"2.0","id":"a","method":"x","params":{}}"#),
            Ok((method("x"), Some("a".into())))
        );
        assert_eq!(judged(r#"{"jsonrpc":"2.0","method":"n"}"#), Ok((method("n"), None)));
        assert_eq!(judged(r#"{"jsonrpc":"2.0","id":1,"result":{}}"#), Ok((None, Some(1.into()))));
        assert_eq!(
            judged(r#"{"jsonrpc":"2.0","id":1,"error":{"code":1,"message":""}}"#),
            Ok((None, Some(1.into())))
        );
        assert_eq!(judged(r#"{"jsonrpc":"2.0","error":{"code":1,"message":""}}"#), Ok((None, None)));
    }

    #[test]
    fn a_message_is_one_object_that_all_readers_read_alike() {
        let cases: [(&[u8], i32); 6] = [
            (b"{", PARSE_ERROR),
            (b"\xff", PARSE_ERROR),
            (b"", PARSE_ERROR),
            (b"[]", INVALID_REQUEST),
            (b"\"2.0\"", INVALID_REQUEST),
            (br#"[{"jsonrpc":"2.0","id":1,"method":"ping"}]"#, INVALID_REQUEST),
        ];
        for (bytes, code) in cases {
            let refused = Message::judge(bytes).unwrap_err();
            assert_eq!(refused.code, code, "{}", String::from_utf8_lossy(bytes));
        }
        let one = Message::judge(b"{\"jsonrpc\" :\n\"2.0\",\"method\":\"x\"}").unwrap();
        assert_eq!(one.json.as_str(), r#"{"jsonrpc":"2.0","method":"x"}"#);
    }

    #[test]
    fn an_odd_envelope_is_an_invalid_request_with_the_id_that_it_has() {
        let cases = [
            (r#"{"id":1,"method":"ping"}"#, Value::from(1)),
            (r#"{"jsonrpc":"1.0","id":1,"method":"ping"}"#, 1.into()),
            (r#"{"jsonrpc":"2.0","id":1,"method":"a","method":"b"}"#, Value::Null),
            (r#"{"jsonrpc":"2.0","id":null,"method":"a"}"#, Value::Null),
            (r#"{"jsonrpc":"2.0","id":1.5,"method":"a"}"#, Value::Null),
            (r#"{"jsonrpc":"2.0","id":[],"method":"a"}"#, Value::Null),
            (r#"{"jsonrpc":"2.0","id":99999999999999999999,"method":"a"}"#, Value::Null),
            (r#"{"jsonrpc":"2.0","id":7,"method":1}"#, 7.into()),
            (r#"{"jsonrpc":"2.0","id":7,"method":"a","params":[]}"#, 7.into()),
            (r#"{"jsonrpc":"2.0","id":7,"method":"a","params":null}"#, 7.into()),
            (r#"{"jsonrpc":"2.0","id":7,"method":"a","result":{}}"#, 7.into()),
            (r#"{"jsonrpc":"2.0","id":7}"#, 7.into()),
            (r#"{"jsonrpc":"2.0","result":{}}"#, Value::Null),
            (r#"{"jsonrpc":"2.0","id":7,"result":{},"error":{}}"#, 7.into()),
        ];
        for (text, id) in cases {
            assert_eq!(judged(text), Err((INVALID_REQUEST, id)), "{text}");
        }
        let long = format!(r#"{{"jsonrpc":"2.0","id":"{}","method":"a"}}"#, "x".repeat(ID_BYTES_MAX + 1));
        assert!(judged(&long).is_err());
    }
}
