//! The rule `long-summary`.

use crate::diagnostic::{Level, OptionShape, Relaxation, Rule, RuleOption, manual};

/// A summary that does not fit where summaries are shown.
pub const RULE: Rule = Rule {
    name: "long-summary",
    summary: "A summary that does not fit where summaries are shown.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[LIMIT],
    page: manual!("long-summary"),
};

pub(crate) const LIMIT: RuleOption = RuleOption {
    name: "limit",
    help: "The most characters of a summary.",
    shape: OptionShape::Number { default: 160 },
};
