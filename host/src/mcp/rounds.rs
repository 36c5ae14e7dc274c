//! Calls that ask something in between, in the form of each revision.
//!
//! A plugin that needs input ends its call with questions, and is called again with the answers. From 2026-07-28 on the
//! client does the same: it gets the questions as a result and makes the request again. Before, the host asks the client
//! by requests of its own while the client's request is open, and calls again by itself.

use std::sync::Arc;
use std::time::Duration;

use rmcp::model::{
    CancelledNotificationParam, ClientResult, InputRequest as McpInputRequest, InputRequests,
    InputRequiredResult, InputResponses, RequestId, ServerRequest,
};
use rmcp::service::{PeerRequestOptions, RequestContext};
use rmcp::{ErrorData, RoleServer};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use super::quota::{Quota, tenant_of};
use super::seal::{Sealer, Subject};
use crate::json::Json;
use crate::plugin::{Declined, Digest, Exchange, Fault, InputRequest, Question};
use crate::tenant::Caller;
use crate::tools::{Outcome, Refusal, Reply, Unknown};

/// How often a plugin may ask within one request of a client that is asked directly.
const ROUNDS_MAX: usize = 8;
/// How long a person may take to answer. It does not count as the tool's time, and no instance waits meanwhile.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(10 * 60);
/// How long it may take to tell a client that a question is taken back.
const TAKE_BACK_TIMEOUT: Duration = Duration::from_secs(1);
/// Answers of one round, and bytes of each: as many as may be asked, and more than a form holds.
const ANSWERS_MAX: usize = 64;
const ANSWER_BYTES_MAX: usize = 1 << 20;

/// How a client can be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asking {
    /// It gets the questions as a result and comes back with the answers.
    ByResult,
    /// By requests to it, while it waits.
    ByRequest,
    /// Not at all.
    Never,
}

/// The end of a request.
pub(super) enum End<T> {
    /// Of its call.
    Outcome(Outcome<T>),
    /// Questions, to come back with.
    Questions(InputRequiredResult),
}

/// What a request brought along from the round before.
pub(super) struct Brought {
    pub(super) responses: Option<InputResponses>,
    pub(super) state: Option<String>,
}

/// What is called: enough to bind a sealed state to it.
pub(super) struct Called<'a> {
    pub(super) kind: &'static str,
    pub(super) name: &'a str,
    pub(super) arguments: &'a str,
    /// Of the plugin that serves it.
    pub(super) digest: Digest,
}

/// One request with everything that asking takes.
pub(super) struct Rounds<'a> {
    pub(super) context: &'a RequestContext<RoleServer>,
    pub(super) sealer: &'a Sealer,
    pub(super) caller: &'a Caller,
    pub(super) called: &'a Called<'a>,
    pub(super) asking: Asking,
    pub(super) cancelled: &'a CancellationToken,
    pub(super) questions: &'a Arc<Quota>,
}

impl Rounds<'_> {
    /// Made only where a state is opened or sealed: it costs as much as there are arguments.
    fn subject(&self) -> Subject {
        let Called { kind, name, arguments, digest } = *self.called;
        Subject::new(self.caller, digest, kind, name, arguments)
    }

    /// What the first call gets to know.
    ///
    /// # Errors
    /// What was brought along is not what was given out.
    pub(super) fn exchange(&self, brought: Brought) -> Result<Exchange, ErrorData> {
        let refuse = |reason: String| ErrorData::invalid_params(reason, None);
        let capabilities = match self.context.client_capabilities() {
            Some(declared) => object(&serde_json::to_value(declared).unwrap_or_default()).map_err(refuse)?,
            None => Exchange::default().capabilities,
        };
        let responses = brought.responses.unwrap_or_default();
        if responses.len() > ANSWERS_MAX {
            return Err(refuse(format!("a request carries at most {ANSWERS_MAX} inputResponses")));
        }
        let responses = responses.into_iter().map(|(key, value)| Ok((key, answer(&value)?)));
        let responses = responses.collect::<Result<_, _>>().map_err(refuse)?;
        let open = |sealed: String| self.sealer.open(&self.subject(), &sealed);
        let state = brought.state.map(open).transpose().map_err(|error| refuse(error.to_string()))?;
        Ok(Exchange { capabilities, responses, state })
    }

    /// Calls, asks and calls again, until there is an end.
    ///
    /// # Errors
    /// There is nothing of that name.
    pub(super) async fn run<T: Reply, F>(
        self,
        mut exchange: Exchange,
        call: impl Fn(Exchange) -> F,
    ) -> Result<End<T>, Unknown>
    where
        F: Future<Output = Result<Outcome<T>, Unknown>>,
    {
        for round in 0..=ROUNDS_MAX {
            let question = match call(exchange.clone()).await? {
                Outcome::Asked(question) => question,
                outcome => return Ok(End::Outcome(outcome)),
            };
            let missing = missing(&question, &exchange.capabilities.to_value());
            let answers = match (self.asking, missing) {
                (Asking::Never, _) => Err(Outcome::Refused(Refusal::CannotAsk)),
                (_, Some(missing)) => Err(Outcome::Declined(Declined::MissingCapability(missing))),
                (Asking::ByRequest, None) if round == ROUNDS_MAX => {
                    Err(Outcome::Refused(Refusal::TooManyRounds(ROUNDS_MAX)))
                }
                (Asking::ByRequest, None) => self.ask(&question).await,
                (Asking::ByResult, None) => match self.questions(&question) {
                    Ok(questions) => return Ok(End::Questions(questions)),
                    Err(fault) => Err(Outcome::Broken(fault)),
                },
            };
            match answers {
                Ok(answers) => exchange.responses = answers,
                Err(outcome) => return Ok(End::Outcome(outcome)),
            }
            exchange.state = question.state;
        }
        Ok(End::Outcome(Outcome::Refused(Refusal::TooManyRounds(ROUNDS_MAX))))
    }

    fn questions(&self, question: &Question) -> Result<InputRequiredResult, Fault> {
        let requests = question.requests.iter();
        let requests = requests
            .map(|request| Ok((request.key.clone(), typed(request, &question.asker)?)))
            .collect::<Result<InputRequests, Fault>>()?;
        let seal = |state: &String| self.sealer.seal(&self.subject(), state).ok_or(Fault::Host);
        let state = question.state.as_ref().map(seal).transpose()?;
        Ok(InputRequiredResult::new((!requests.is_empty()).then_some(requests), state))
    }

    /// One question after the other: people fill in one form at a time.
    async fn ask<T>(&self, question: &Question) -> Result<Vec<(String, Json)>, Outcome<T>> {
        let Some(_waiting) = self.questions.take(tenant_of(self.caller)) else {
            let reason = "too many questions wait for answers already".to_owned();
            return Err(Outcome::Refused(Refusal::NotAnswered(reason)));
        };
        let mut answers = Vec::with_capacity(question.requests.len());
        for request in &question.requests {
            let asked = match typed(request, &question.asker).map_err(Outcome::Broken)? {
                McpInputRequest::CreateMessage(request) => ServerRequest::CreateMessageRequest(request),
                McpInputRequest::Elicitation(request) => ServerRequest::ElicitRequest(request),
                McpInputRequest::ListRoots(request) => ServerRequest::ListRootsRequest(request),
                _ => return Err(Outcome::Broken(Fault::Host)),
            };
            let answered = self.send(asked).await?;
            answers.push((request.key.clone(), answered));
        }
        Ok(answers)
    }

    async fn send<T>(&self, request: ServerRequest) -> Result<Json, Outcome<T>> {
        let not_answered = |reason: String| Outcome::Refused(Refusal::NotAnswered(reason));
        let options = PeerRequestOptions::with_timeout(ANSWER_TIMEOUT);
        let handle = self.context.peer.send_request_with_option(request, options).await;
        let handle = handle.map_err(|error| not_answered(error.to_string()))?;
        let id = handle.id.clone();
        let answered = tokio::select! {
            () = self.cancelled.cancelled() => {
                self.take_back(id).await;
                return Err(Outcome::Broken(Fault::Cancelled));
            }
            answered = handle.await_response() => answered,
        };
        let result: ClientResult = answered.map_err(|error| not_answered(error.to_string()))?;
        answer(&serde_json::to_value(result).unwrap_or_default()).map_err(not_answered)
    }

    /// A form on somebody's screen that nobody waits for any more.
    async fn take_back(&self, id: RequestId) {
        let note = CancelledNotificationParam::new(Some(id), Some("the call is over".to_owned()));
        let told = self.context.peer.notify_cancelled(note);
        let _gone_itself = tokio::time::timeout(TAKE_BACK_TIMEOUT, told).await;
    }
}

/// What the client must declare before it can be asked this, as an object. None: it did.
fn missing(question: &Question, declared: &Value) -> Option<Json> {
    let needed = question.requests.iter().map(|request| capability(&request.method));
    let lacking = needed.filter(|needed| declared.get(needed).is_none_or(Value::is_null));
    let lacking: serde_json::Map<String, Value> = lacking.map(|name| (name.to_owned(), json!({}))).collect();
    (!lacking.is_empty()).then(|| object(&Value::Object(lacking)).expect("names of ours are JSON"))
}

fn capability(method: &str) -> &'static str {
    match method {
        "sampling/createMessage" => "sampling",
        "roots/list" => "roots",
        _ => "elicitation",
    }
}

/// A question as the protocol library has it. What a person reads names who asks.
fn typed(request: &InputRequest, asker: &str) -> Result<McpInputRequest, Fault> {
    let mut params = request.params.to_value();
    if let Some(Value::String(message)) = params.get_mut("message") {
        *message = format!("The plugin {asker:?} asks: {message}");
    }
    let whole = match request.method.as_str() {
        // The library has no params for it.
        "roots/list" => json!({"method": request.method}),
        _ => json!({"method": request.method, "params": params}),
    };
    serde_json::from_value(whole).map_err(|_| {
        let reason =
            format!("the question {:?} has params that {} does not have", request.key, request.method);
        Fault::InvalidAnswer(reason)
    })
}

fn object(value: &Value) -> Result<Json, String> {
    Json::parse_object(&value.to_string(), ANSWER_BYTES_MAX).map_err(|error| error.to_string())
}

fn answer(value: &Value) -> Result<Json, String> {
    Json::parse(&value.to_string(), ANSWER_BYTES_MAX)
        .map_err(|error| format!("an answer is refused: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(requests: &[(&str, &str)]) -> Question {
        let requests = requests.iter().map(|(method, params)| InputRequest {
            key: "k".to_owned(),
            method: (*method).to_owned(),
            params: Json::parse(params, 1000).unwrap(),
        });
        Question { requests: requests.collect(), asker: "Rooms".to_owned(), state: None }
    }

    #[test]
    fn only_what_the_client_declared_is_asked() {
        let asked = question(&[("roots/list", "{}"), ("sampling/createMessage", "{}")]);
        let lacking = |declared: Value| missing(&asked, &declared).map(|json| json.to_value());
        assert_eq!(lacking(json!({"roots": {}, "sampling": {}})), None);
        assert_eq!(lacking(json!({"roots": {}})), Some(json!({"sampling": {}})));
        assert_eq!(lacking(json!({"elicitation": {}})), Some(json!({"roots": {}, "sampling": {}})));
        assert_eq!(missing(&question(&[]), &json!({})), None);
    }

    #[test]
    fn a_question_names_who_asks() {
        let form = r#"{"message":"Which room?","requestedSchema":{"type":"object","properties":{"a":{"type":"string"}}}}"#;
        let asked = question(&[("elicitation/create", form)]);
        let typed = serde_json::to_value(typed(&asked.requests[0], &asked.asker).unwrap()).unwrap();
        assert_eq!(typed["params"]["message"], "The plugin \"Rooms\" asks: Which room?");
        assert_eq!(typed["params"]["requestedSchema"]["properties"]["a"]["type"], "string");
        let odd = question(&[("sampling/createMessage", r#"{"messages":1}"#)]);
        assert!(matches!(self::typed(&odd.requests[0], "x"), Err(Fault::InvalidAnswer(_))));
    }
}
