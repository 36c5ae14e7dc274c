//! Findings for a person: one line each, with the fix below it, coloured on a terminal.

use std::io::{IsTerminal, Write};

/// How good or bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Verdict {
    Good,
    Doubtful,
    Bad,
}

/// What was found out about one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Finding {
    pub(super) verdict: Verdict,
    pub(super) subject: &'static str,
    pub(super) text: String,
    pub(super) fix: Option<String>,
}

impl Finding {
    pub(super) fn good(subject: &'static str, text: impl Into<String>) -> Finding {
        Finding { verdict: Verdict::Good, subject, text: text.into(), fix: None }
    }

    pub(super) fn doubtful(
        subject: &'static str,
        text: impl Into<String>,
        fix: impl Into<String>,
    ) -> Finding {
        Finding { verdict: Verdict::Doubtful, subject, text: text.into(), fix: Some(fix.into()) }
    }

    pub(super) fn bad(subject: &'static str, text: impl Into<String>, fix: impl Into<String>) -> Finding {
        Finding { verdict: Verdict::Bad, subject, text: text.into(), fix: Some(fix.into()) }
    }
}

/// Prints findings to standard output.
pub(super) fn print(findings: &[Finding]) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    let coloured = out.is_terminal();
    findings.iter().try_for_each(|finding| write(&mut out, finding, coloured))
}

fn write(out: &mut impl Write, finding: &Finding, coloured: bool) -> std::io::Result<()> {
    let (word, colour) = match finding.verdict {
        Verdict::Good => ("ok  ", "32"),
        Verdict::Doubtful => ("warn", "33"),
        Verdict::Bad => ("FAIL", "31"),
    };
    let word = if coloured { format!("\u{1b}[{colour}m{word}\u{1b}[0m") } else { word.to_owned() };
    writeln!(out, "{word}  {:<11} {}", finding.subject, printable(&finding.text))?;
    match &finding.fix {
        Some(fix) => writeln!(out, "      {:<11} fix: {}", "", printable(fix)),
        None => Ok(()),
    }
}

/// Without what could steer a terminal: names of organizations and files are other people's text.
fn printable(text: &str) -> String {
    text.chars().map(|char| if char.is_control() { '\u{fffd}' } else { char }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_is_printed_with_its_fix_and_without_control_characters() {
        let mut out = Vec::new();
        write(&mut out, &Finding::bad("key", "the hub\u{1b}[2J said no", "get another"), false).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert_eq!(
            text,
            "FAIL  key         the hub\u{fffd}[2J said no\n                  fix: get another\n"
        );
    }
}
