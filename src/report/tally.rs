//! What many problems are, counted by rule, for somebody who takes over a collection that has them.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write;

use crate::diagnostic::{Diagnostic, Level, Rule, Severity};

/// From how many problems on they are counted.
const MANY: usize = 25;

/// Returns how many problems there are of each rule, and how to go on from there; empty where they are few. `asked`
/// is what stands after `fieldbook check` to check this book, with a space before each; none where a baseline
/// is used already.
pub fn tally(diagnostics: &[Diagnostic], asked: Option<&str>) -> String {
    if diagnostics.len() < MANY {
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
    out.push_str("\nfieldbook explain, and the name of a rule, says what to do.");
    if let Some((_, rule, _)) = counts.iter().find(is_relaxed) {
        let _ = write!(
            out,
            " To publish now and clean up later, set rules lower in the configuration, such as:\n  [check]\n  {} = \
             \"warning\"",
            rule.name
        );
    }
    if let Some(asked) = asked {
        let _ = write!(
            out,
            "\nTo keep what is known apart from what is new, write it down once, and name the file in each check:\n  \
             fieldbook check{asked} --format json > baseline.json\n  \
             fieldbook check{asked} --baseline baseline.json"
        );
    }
    out.push_str("\n\n");
    out
}
