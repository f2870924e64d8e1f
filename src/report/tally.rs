//! A summary of many problems, counted by rule, for somebody who takes over a collection with
//! problems.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write;

use crate::diagnostic::{Diagnostic, Level, Rule, Severity};

/// The least number of problems for which a summary is made.
const MIN_PROBLEMS: usize = 25;

/// Returns the number of problems of each rule, and advice; empty if there are few problems.
/// `asked` holds the arguments of `fieldbook check` for this book, each after a space; `None` if a
/// baseline is already used.
pub fn tally(diagnostics: &[Diagnostic], asked: Option<&str>) -> String {
    if diagnostics.len() < MIN_PROBLEMS {
        return String::new();
    }
    let mut counts: BTreeMap<(Severity, &'static Rule), usize> = BTreeMap::new();
    for diagnostic in diagnostics {
        *counts.entry((diagnostic.severity, diagnostic.rule)).or_default() += 1;
    }
    let mut counts: Vec<(Severity, &'static Rule, usize)> =
        counts.into_iter().map(|((severity, rule), count)| (severity, rule, count)).collect();
    counts.sort_by_key(|(severity, rule, count)| (*severity, Reverse(*count), *rule));
    let mut out = format!("{} problems, by rule:\n", diagnostics.len());
    for (severity, rule, count) in &counts {
        let _ = writeln!(out, "{count:>7}  {:<22} {severity}", rule.name);
    }
    let is_relaxed = |(severity, rule, _): &&(Severity, &'static Rule, usize)| {
        *severity == Severity::Error && rule.least() < Level::Error
    };
    out.push_str("\nfieldbook explain RULE tells you what to do.");
    if let Some((_, rule, _)) = counts.iter().find(is_relaxed) {
        let _ = write!(
            out,
            " To publish now and clean up later, lower the level of rules in the configuration, such as:\n  [check]\n  {} = \
             \"warning\"",
            rule.name
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
