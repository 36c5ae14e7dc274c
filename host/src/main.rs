//! The `xyte-mcp` command: reads the arguments, and leaves the rest to the library.

use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser;
use xyte_mcp::cli::{self, Arguments};

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let causes = error.chain().filter_map(|cause| cause.downcast_ref::<std::io::Error>());
    causes.into_iter().any(|cause| cause.kind() == std::io::ErrorKind::BrokenPipe)
}

fn main() -> ExitCode {
    match cli::run(Arguments::parse()) {
        Ok(code) => code,
        // Whoever read the output has seen enough, as `head` does.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            // The whole chain in one line, as logs like it; anyhow's alternate form joins it with colons.
            let _nobody_reads = writeln!(std::io::stderr(), "xyte-mcp: {error:#}");
            ExitCode::FAILURE
        }
    }
}
