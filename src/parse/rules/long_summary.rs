//! The rule `long-summary`.

use unicode_segmentation::UnicodeSegmentation;

use crate::diagnostic::{Level, OptionShape, Relaxation, Rule, RuleOption};
use crate::parse::front_matter_rule::FrontMatterContext;
use crate::table::TableReader;

/// A summary is too long for the lists that show it.
pub const RULE: Rule = Rule {
    name: "long-summary",
    summary: "A summary is too long for the lists that show it.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[LIMIT],
    page: "
## What it finds

A summary that is longer than the cards and search results that show it: 160 characters, if the book does not say otherwise.

## Why it matters

It would be cut in the middle of a sentence.

## What to do

Say it in one short sentence. The rest belongs in the text. A book may set another limit:

    [check]
    long-summary = { limit = 200 }
",
};

pub(crate) const LIMIT: RuleOption = RuleOption {
    name: "limit",
    help: "The most characters of a summary.",
    shape: OptionShape::Number { default: 160 },
};

/// Looks at the length of the summary.
pub(crate) fn check(note: &FrontMatterContext<'_>, reader: &mut TableReader<'_>) {
    let Some((summary, span)) = &note.draft.summary else { return };
    let limit = note.config.check.number(&RULE, &LIMIT);
    // No text has more characters than bytes, and most are short.
    let length = if summary.len() > limit { summary.graphemes(true).count() } else { 0 };
    if length > limit {
        let message = format!("the summary has {length} characters; cards and search show {limit}");
        let help = "say it in one short sentence, and leave the rest to the text";
        reader.warn(*span, &RULE, message, help);
    }
}
