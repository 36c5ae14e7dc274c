//! The part of WASI that language runtimes need, and the reasons for which the rest is refused.

use wasmtime::component::Linker;
use wasmtime_wasi::WasiView;
use wasmtime_wasi::cli::{WasiCli, WasiCliView};
use wasmtime_wasi::p2::{self, bindings};
use wasmtime_wasi::random::WasiRandom;

use super::call_state::CallState;
use super::{contract, wasi_stubs};

/// WASI packages that are linked. They give streams, an empty environment, clocks and random numbers: nothing that
/// reaches out of the sandbox.
const LINKED: [&str; 4] = ["wasi:io/", "wasi:cli/", "wasi:clocks/", "wasi:random/"];

/// Links what language runtimes cannot do without: streams, standard output, an empty environment, clocks, random
/// numbers. No files and no sockets.
pub(super) fn add_to_linker(linker: &mut Linker<CallState>) -> wasmtime::Result<()> {
    p2::add_to_linker_proxy_interfaces_async(linker)?;
    bindings::cli::environment::add_to_linker::<_, WasiCli>(linker, CallState::cli)?;
    bindings::cli::exit::add_to_linker::<_, WasiCli>(linker, CallState::cli)?;
    bindings::cli::terminal_input::add_to_linker::<_, WasiCli>(linker, CallState::cli)?;
    bindings::cli::terminal_output::add_to_linker::<_, WasiCli>(linker, CallState::cli)?;
    bindings::cli::terminal_stdin::add_to_linker::<_, WasiCli>(linker, CallState::cli)?;
    bindings::cli::terminal_stdout::add_to_linker::<_, WasiCli>(linker, CallState::cli)?;
    bindings::cli::terminal_stderr::add_to_linker::<_, WasiCli>(linker, CallState::cli)?;
    bindings::random::insecure::add_to_linker::<_, WasiRandom>(linker, |state| state.ctx().ctx.random())?;
    bindings::random::insecure_seed::add_to_linker::<_, WasiRandom>(linker, |state| {
        state.ctx().ctx.random()
    })?;
    Ok(())
}

/// Why a component that imports `interface` cannot run here, with what to use instead. None: it may.
pub(super) fn refusal(interface: &str) -> Option<&'static str> {
    let linked = LINKED.iter().any(|package| interface.starts_with(package));
    if linked || interface.starts_with(contract::PACKAGE) || wasi_stubs::covers(interface) {
        return None;
    }
    Some(if interface.starts_with("wasi:http/") {
        "plugins have no network; use the xyte import, on routes that the operator grants"
    } else if interface.starts_with("wasi:") {
        "this part of WASI is not offered to plugins"
    } else {
        "a plugin may import the xyte:plugin interfaces and a part of WASI, nothing else"
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_reaches_out_of_the_sandbox_is_refused_with_a_replacement() {
        for allowed in [
            "xyte:plugin/xyte@0.1.0",
            "xyte:plugin/types@0.1.3",
            "wasi:io/streams@0.2.6",
            "wasi:filesystem/types@0.2.6",
            "wasi:sockets/tcp@0.2.6",
        ] {
            assert_eq!(refusal(allowed), None, "{allowed}");
        }
        assert!(refusal("wasi:http/outgoing-handler@0.2.6").unwrap().contains("xyte import"));
        assert!(refusal("wasi:keyvalue/store@0.2.0").is_some());
        assert!(refusal("acme:tools/run").is_some() && refusal("xyte:pluginx/y").is_some());
    }
}
