//! The `xyte-mcp` command: reads the arguments, and leaves the rest to the library.

use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser;
use xyte_mcp::cli::{self, Arguments};

fn main() -> ExitCode {
    match cli::run(Arguments::parse()) {
        Ok(code) => code,
        Err(error) => {
            // The whole chain in one line, as logs like it; anyhow's alternate form joins it with colons.
            let _nobody_reads = writeln!(std::io::stderr(), "xyte-mcp: {error:#}");
            ExitCode::FAILURE
        }
    }
}
