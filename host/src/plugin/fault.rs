//! How a call breaks when neither the tool nor the API said no.

use std::time::Duration;

use wasmtime::Trap;
use wasmtime_wasi::I32Exit;

/// A call that the guest did not finish. The instance is gone; nothing else is touched.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The guest's code failed: a panic, an access out of bounds, a full stack.
    #[error("the plugin crashed ({reason})")]
    Trap {
        /// The engine's word for it.
        reason: String,
    },
    /// The guest ended its own process.
    #[error("the plugin ended itself with exit code {0}")]
    Exit(i32),
    /// It computed too long.
    #[error("the plugin used up its computing time")]
    CpuBudget,
    /// It handed more over the border than one crossing may carry.
    #[error("the plugin answered with more data than one call may carry")]
    TooLarge,
    /// Its answer breaks the contract.
    #[error("the plugin's answer is refused: {0}")]
    InvalidAnswer(String),
    /// It asked something after it had changed something. Asked again with the answer, it would change it again.
    #[error(
        "the plugin asked something after it had sent a change; the change stands, and nothing was asked"
    )]
    AskedAfterWrite,
    /// The time was up, guest code and waiting together.
    #[error("the call took longer than {} s", .0.as_secs_f32())]
    Deadline(Duration),
    /// The caller went away.
    #[error("the caller went away")]
    Cancelled,
    /// The host failed; the log says more.
    #[error("the call failed inside the host")]
    Host,
}

impl Fault {
    /// Stable, snake_case.
    pub fn code(&self) -> &'static str {
        match self {
            Fault::Trap { .. } => "plugin_crashed",
            Fault::Exit(_) => "plugin_exited",
            Fault::CpuBudget => "cpu_budget_exhausted",
            Fault::TooLarge => "answer_too_large",
            Fault::InvalidAnswer(_) => "invalid_answer",
            Fault::AskedAfterWrite => "confirm_first",
            Fault::Deadline(_) => "deadline_exceeded",
            Fault::Cancelled => "cancelled",
            Fault::Host => "internal_error",
        }
    }

    /// Reads the engine's error. What the engine says in detail, with the guest's stack, is for the log.
    pub(super) fn from_engine(error: &wasmtime::Error) -> Fault {
        if error.is::<CpuBudgetExhausted>() {
            return Fault::CpuBudget;
        }
        if let Some(exit) = error.downcast_ref::<I32Exit>() {
            return Fault::Exit(exit.0);
        }
        if let Some(trap) = error.downcast_ref::<Trap>() {
            return Fault::Trap { reason: trap.to_string() };
        }
        let text = format!("{error:#}");
        if text.contains(HOSTCALL_BUDGET_TEXT) {
            return Fault::TooLarge;
        }
        Fault::Trap { reason: error.root_cause().to_string() }
    }
}

/// How the engine says that a crossing allocated too much; it has no type for it.
const HOSTCALL_BUDGET_TEXT: &str = "fuel allocated for hostcalls has been exhausted";

/// Thrown into a guest that computes too long.
#[derive(Debug, thiserror::Error)]
#[error("the computing time of this call is used up")]
pub(super) struct CpuBudgetExhausted;
