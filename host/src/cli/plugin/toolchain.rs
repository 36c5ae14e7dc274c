//! The tools of each language, installed on first use, and the commands that build a component.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};

use super::Language;
use super::project::Project;

/// The target whose output is a component.
const WASM_TARGET: &str = "wasm32-wasip2";

/// How a component is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Profile {
    /// Small and fast, for operators.
    Release,
    /// Built quickly and full of names, for `plugin dev`. Rust alone tells them apart.
    Debug,
}

/// Installs what is missing and builds the project's component to its place.
pub(super) fn build(project: &Project, profile: Profile) -> anyhow::Result<()> {
    let component = project.component();
    let directory = component.parent().context("a component stands in a directory")?;
    std::fs::create_dir_all(directory)
        .with_context(|| format!("{} cannot be created", directory.display()))?;
    match project.language {
        Language::Rust => rust(project, profile),
        Language::Js => javascript(project),
        Language::Python => python(project),
    }
}

/// Runs a project's own tests, which need no component.
pub(super) fn test(project: &Project) -> anyhow::Result<()> {
    match project.language {
        Language::Rust => run(command("cargo", project).arg("test")),
        Language::Js => {
            install_javascript(project)?;
            run(command("npm", project).args(["test", "--silent"]))
        }
        Language::Python => run(command("python3", project).args(["-m", "unittest"])),
    }
}

fn rust(project: &Project, profile: Profile) -> anyhow::Result<()> {
    install_wasm_target(project)?;
    let mut cargo = command("cargo", project);
    cargo.args(["build", "--target", WASM_TARGET]);
    if profile == Profile::Release {
        cargo.arg("--release");
    }
    run(&mut cargo)?;
    let built = target_directory(project)?
        .join(WASM_TARGET)
        .join(if profile == Profile::Release { "release" } else { "debug" })
        .join(format!("{}.wasm", project.name.replace('-', "_")));
    let component = project.component();
    std::fs::copy(&built, &component)
        .with_context(|| format!("{} cannot be copied to {}", built.display(), component.display()))?;
    Ok(())
}

/// Automatic installation of targets may be switched off, so that it is done here, and said.
fn install_wasm_target(project: &Project) -> anyhow::Result<()> {
    let listed = command("rustup", project).args(["target", "list", "--installed"]).output();
    // Without rustup the target came with the toolchain, or cargo will say that it is missing.
    let Ok(listed) = listed else { return Ok(()) };
    if String::from_utf8_lossy(&listed.stdout).lines().any(|line| line.trim() == WASM_TARGET) {
        return Ok(());
    }
    say(&format!("installing the Rust target {WASM_TARGET}, once"));
    run(command("rustup", project).args(["target", "add", WASM_TARGET]))
}

fn target_directory(project: &Project) -> anyhow::Result<PathBuf> {
    let metadata =
        command("cargo", project).args(["metadata", "--no-deps", "--format-version", "1"]).output();
    let metadata = metadata.context("cargo cannot be run")?;
    let metadata: serde_json::Value =
        serde_json::from_slice(&metadata.stdout).context("cargo metadata answered no JSON")?;
    metadata["target_directory"].as_str().map(PathBuf::from).context("cargo names no target directory")
}

fn javascript(project: &Project) -> anyhow::Result<()> {
    install_javascript(project)?;
    run(command("npm", project).args(["run", "build", "--silent"]))
}

fn install_javascript(project: &Project) -> anyhow::Result<()> {
    if project.root.join("node_modules").is_dir() {
        return Ok(());
    }
    say("installing the tools that package.json pins into node_modules, once");
    run(command("npm", project).args(["install", "--no-audit", "--no-fund", "--loglevel", "error"]))
}

fn python(project: &Project) -> anyhow::Result<()> {
    let tool = Path::new(".venv").join(if cfg!(windows) { "Scripts" } else { "bin" }).join("componentize-py");
    if !project.root.join(&tool).is_file() {
        say("installing the tools that requirements.txt pins into .venv, once");
        run(command("python3", project).args(["-m", "venv", ".venv"]))?;
        let pip = tool.with_file_name("pip");
        let mut install = command(project.root.join(pip).as_path(), project);
        run(install.args(["install", "--quiet", "--disable-pip-version-check", "-r", "requirements.txt"]))?;
    }
    let component = Path::new("dist").join(format!("{}.wasm", project.name));
    let mut componentize = command(project.root.join(tool).as_path(), project);
    componentize.args(["-d", "wit", "-w", "plugin", "componentize", "-o"]).arg(component).arg("app");
    run(&mut componentize)
}

/// A command in the project's directory. Its output goes to standard error, where the author looks: standard output
/// belongs to the answer of the command that was typed.
fn command(program: impl AsRef<OsStr>, project: &Project) -> Command {
    let program = program.as_ref();
    // A relative path would be looked for below the directory that the command is run in.
    let program = std::path::absolute(program)
        .ok()
        .filter(|path| path.is_file())
        .map_or_else(|| program.to_owned(), Into::into);
    let mut command = Command::new(program);
    command.current_dir(&project.root);
    command
}

fn run(command: &mut Command) -> anyhow::Result<()> {
    let shown = shown(command);
    let status = command.stdout(std::io::stderr()).status();
    let status = status.with_context(|| format!("`{shown}` cannot be run; is it installed?"))?;
    if !status.success() {
        bail!("`{shown}` failed ({status}); what it said stands above");
    }
    Ok(())
}

fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or_default().to_string_lossy();
    let arguments = command.get_args().map(OsStr::to_string_lossy);
    std::iter::once(program).chain(arguments).collect::<Vec<_>>().join(" ")
}

/// A line about what takes a while.
pub(super) fn say(text: &str) {
    use std::io::Write as _;
    let _nobody_reads = writeln!(std::io::stderr(), "▸ {text}");
}
