//! A summary of many problems, counted by rule, for somebody who takes over a collection with
//! problems.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write;

use crate::diagnostic::{Code, Diagnostic, Level, Severity};

/// The least number of problems for which a summary is made.
const MIN_PROBLEMS: usize = 25;

/// Returns the number of problems of each rule, and advice; empty if there are few problems.
/// `asked` holds the arguments of `fieldbook check` for this book, each after a space; `None` if a
/// baseline is already used.
pub fn tally(diagnostics: &[Diagnostic], asked: Option<&str>) -> String {
    if diagnostics.len() < MIN_PROBLEMS {
        return String::new();
    }
    let mut counts: BTreeMap<(Severity, Code), usize> = BTreeMap::new();
    for diagnostic in diagnostics {
        *counts.entry((diagnostic.severity, diagnostic.code)).or_default() += 1;
    }
    let mut counts: Vec<(Severity, Code, usize)> =
        counts.into_iter().map(|((severity, code), count)| (severity, code, count)).collect();
    counts.sort_by_key(|(severity, code, count)| (*severity, Reverse(*count), *code));
    let mut out = format!("{} problems, by rule:\n", diagnostics.len());
    for (severity, code, count) in &counts {
        let _ = writeln!(out, "{count:>7}  {:<22} {severity}", code.name());
    }
    let is_relaxed = |(severity, code, _): &&(Severity, Code, usize)| {
        *severity == Severity::Error && code.least() < Level::Error
    };
    out.push_str("\nfieldbook explain RULE tells you what to do.");
    if let Some((_, code, _)) = counts.iter().find(is_relaxed) {
        let _ = write!(
            out,
            " To publish now and clean up later, lower the level of rules in the configuration, such as:\n  [check]\n  {} = \
             \"warning\"",
            code.name()
        );
    }
    if let Some(asked) = asked {
        let _ = write!(
            out,
            "\nTo see only new problems, save the known ones once, and name the file in each check:\n  \
             fieldbook check{asked} --format json > baseline.json\n  \
             fieldbook check{asked} --baseline baseline.json"
        );
    }
    out.push_str("\n\n");
    out
}
