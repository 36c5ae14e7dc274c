//! The engine, and everything that a guest may import.

use std::sync::mpsc;
use std::thread;

use wasmtime::component::{Component, HasSelf, InstancePre, Linker};
use wasmtime::{Config, Engine, Store, UpdateDeadline, WasmBacktraceDetails};

use super::bindings;
use super::call_state::CallState;
use super::fault::CpuBudgetExhausted;
use super::limits::{
    ASYNC_STACK_BYTES, COMPONENT_HANDLES_MAX, CPU_TICKS_MAX, HOSTCALL_BYTES_MAX, TICK, WASM_STACK_BYTES,
};
use super::{wasi, wasi_stubs};

/// One engine with one set of imports, shared by all plugins.
pub struct Runtime {
    engine: Engine,
    linker: Linker<CallState>,
    _ticker: Ticker,
}

/// The engine cannot run here.
#[derive(Debug, thiserror::Error)]
#[error("the WebAssembly engine cannot be set up: {0}")]
pub struct RuntimeError(String);

impl Runtime {
    /// Sets the engine up.
    ///
    /// # Errors
    /// This machine cannot run it.
    pub fn new() -> Result<Runtime, RuntimeError> {
        let fail = |error: wasmtime::Error| RuntimeError(format!("{error:#}"));
        let engine = Engine::new(&config()).map_err(fail)?;
        let linker = linker(&engine).map_err(fail)?;
        let ticker = Ticker::start(&engine).map_err(|error| RuntimeError(error.to_string()))?;
        Ok(Runtime { engine, linker, _ticker: ticker })
    }

    pub(super) fn engine(&self) -> &Engine {
        &self.engine
    }

    /// Checks every import of a component against what is here, before anything runs.
    pub(super) fn link(&self, component: &Component) -> wasmtime::Result<InstancePre<CallState>> {
        let imports = component.component_type();
        if !imports.imports(&self.engine).any(|(interface, _)| wasi_stubs::covers(interface)) {
            return self.linker.instantiate_pre(component);
        }
        let mut linker = self.linker.clone();
        wasi_stubs::add_to_linker(&mut linker, component, &self.engine)?;
        linker.instantiate_pre(component)
    }
}

/// A store with every limit in place, for one instance.
pub(super) fn store(engine: &Engine, state: CallState) -> Store<CallState> {
    let mut store = Store::new(engine, state);
    store.limiter(|state| &mut state.ceiling);
    store.set_hostcall_fuel(HOSTCALL_BYTES_MAX);
    store.set_max_component_handles(COMPONENT_HANDLES_MAX);
    store.set_epoch_deadline(1);
    store.epoch_deadline_callback(|mut context| {
        let state = context.data_mut();
        state.cpu_ticks += 1;
        if state.cpu_ticks > CPU_TICKS_MAX {
            return Err(CpuBudgetExhausted.into());
        }
        // Give way: the thread serves other calls, and the deadline of this one can fire.
        Ok(UpdateDeadline::Yield(1))
    });
    store
}

fn config() -> Config {
    let mut config = Config::new();
    config
        .epoch_interruption(true)
        .max_wasm_stack(WASM_STACK_BYTES)
        .async_stack_size(ASYNC_STACK_BYTES)
        // Files and lines of a trap, for components that were built with them.
        .wasm_backtrace_details(WasmBacktraceDetails::Enable)
        // What no plugin needs is off: these proposals are where the engine's advisories were. Multiple memories
        // stay on, since the engine's compiler panics without them on components that join two modules.
        .concurrency_support(false)
        .gc_support(false)
        .wasm_memory64(false)
        .wasm_tail_call(false)
        .wasm_relaxed_simd(false)
        .wasm_custom_page_sizes(false)
        .wasm_wide_arithmetic(false);
    config
}

fn linker(engine: &Engine) -> wasmtime::Result<Linker<CallState>> {
    let mut linker = Linker::new(engine);
    wasi::add_to_linker(&mut linker)?;
    bindings::PluginFull::add_to_linker::<_, HasSelf<_>>(&mut linker, |state| state)?;
    Ok(linker)
}

/// Advances the engine's clock until it is dropped.
struct Ticker {
    _stop: mpsc::Sender<()>,
}

impl Ticker {
    fn start(engine: &Engine) -> std::io::Result<Ticker> {
        let (stop, stopped) = mpsc::channel::<()>();
        let engine = engine.weak();
        thread::Builder::new().name("epoch".into()).spawn(move || {
            while let Err(mpsc::RecvTimeoutError::Timeout) = stopped.recv_timeout(TICK) {
                let Some(engine) = engine.upgrade() else { return };
                engine.increment_epoch();
            }
        })?;
        Ok(Ticker { _stop: stop })
    }
}
