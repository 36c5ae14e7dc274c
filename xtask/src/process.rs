//! Other programs: started, waited for, and ended.

use std::fs::File;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};
use std::{fs, thread};

use anyhow::{Context, bail};
use serde_json::Value;

/// How long the hub or the host may take to be up. Compiling three plugins takes seconds on a slow machine.
const READY_TIMEOUT: Duration = Duration::from_secs(60);
/// How often a process or its ready file is looked at.
const INTERVAL: Duration = Duration::from_millis(20);

/// A command in the repository's root.
pub(crate) fn command(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(super::workspace::root());
    command
}

/// Cargo, the one that runs this program.
pub(crate) fn cargo() -> Command {
    command(env!("CARGO"))
}

/// Runs a program to its end, with its output shown.
pub(crate) fn run(command: &mut Command) -> anyhow::Result<()> {
    let shown = shown(command);
    let status = command.status().with_context(|| format!("`{shown}` cannot be started"))?;
    if !status.success() {
        bail!("`{shown}` failed ({status})");
    }
    Ok(())
}

/// Runs a program and returns what it printed.
pub(crate) fn output(command: &mut Command) -> anyhow::Result<String> {
    let shown = shown(command);
    let output =
        command.stderr(Stdio::inherit()).output().with_context(|| format!("`{shown}` cannot be started"))?;
    if !output.status.success() {
        bail!("`{shown}` failed ({})", output.status);
    }
    String::from_utf8(output.stdout).with_context(|| format!("`{shown}` printed something that is not text"))
}

/// Runs a program to its end, with its output in a file; none if it had to be ended because its time was up.
pub(crate) fn run_within(
    limit: Duration,
    command: &mut Command,
    output: &Path,
) -> anyhow::Result<Option<ExitStatus>> {
    let file = File::create(output).with_context(|| format!("{} cannot be written", output.display()))?;
    let shown = shown(command);
    let mut child = command
        .stdin(Stdio::null())
        .stdout(file.try_clone()?)
        .stderr(file)
        .spawn()
        .with_context(|| format!("`{shown}` cannot be started"))?;
    let until = Instant::now() + limit;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if Instant::now() > until {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        pause();
    }
}

fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program.file_name().unwrap_or(command.get_program());
    let words = std::iter::once(name).chain(command.get_args());
    words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}

/// A program in the background, ended with this value.
pub(crate) struct Background {
    child: Child,
    name: &'static str,
}

impl Background {
    pub(crate) fn start(name: &'static str, command: &mut Command) -> anyhow::Result<Background> {
        let child = command.spawn().with_context(|| format!("{name} cannot be started"))?;
        Ok(Background { child, name })
    }

    /// Fails if the program has ended already.
    pub(crate) fn check(&mut self) -> anyhow::Result<()> {
        match self.child.try_wait()? {
            Some(status) => bail!("{} ended early ({status})", self.name),
            None => Ok(()),
        }
    }

    /// Waits until the program ends by itself.
    pub(crate) fn wait(&mut self) -> anyhow::Result<()> {
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        // It may have ended by itself, which is as good.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Starts a program with `--ready-file` and waits until it says that it is up.
pub(crate) fn start_ready(
    name: &'static str,
    program: &mut Command,
    ready: &Path,
) -> anyhow::Result<(Background, Value)> {
    let mut process = Background::start(name, program.arg("--ready-file").arg(ready))?;
    let until = Instant::now() + READY_TIMEOUT;
    while !ready.exists() {
        process.check()?;
        if Instant::now() > until {
            bail!("{name} was not ready within {} s", READY_TIMEOUT.as_secs());
        }
        pause();
    }
    Ok((process, serde_json::from_str(&fs::read_to_string(ready)?)?))
}

#[expect(clippy::disallowed_methods, reason = "between two looks at what another process does")]
fn pause() {
    thread::sleep(INTERVAL);
}
