//! The rule `undefined-reference`.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Level, Relaxation, Rule, manual};
use crate::nearest::{SUGGESTED, Suggestions};
use crate::parse::text::EditedText;
use crate::path::SourcePath;

/// A reference link whose definition is not there.
pub const RULE: Rule = Rule {
    name: "undefined-reference",
    summary: "A reference link whose definition is not there.",
    level: Level::Error,
    relaxation: Relaxation::Off,
    options: &[],
    page: manual!("undefined-reference"),
};

/// Reports links by names that no line explains. `labels` are the names that lines explain.
pub(crate) fn report(
    path: &SourcePath,
    edited: &EditedText<'_>,
    labels: &[String],
    undefined: Vec<(Range<usize>, String)>,
    out: &mut Vec<Diagnostic>,
) {
    if undefined.is_empty() {
        return;
    }
    let labels = Suggestions::new(labels.iter().map(String::as_str));
    for (number, (at, name)) in undefined.into_iter().enumerate() {
        let message = format!("no line of this note says where \"[{name}]\" leads");
        let help = format!("add a line at the end of the note: [{name}]: https://…");
        let broken = Diagnostic::error(path, edited.span(at), &RULE, message);
        let near = if number < SUGGESTED { labels.near(&name) } else { Vec::new() };
        out.push(if near.is_empty() { broken.help(help) } else { broken.did_you_mean(&near) });
    }
}
