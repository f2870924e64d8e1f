//! The rule `bare-article`.

use crate::diagnostic::{Level, OptionShape, Relaxation, Rule, RuleOption, manual};

/// An article is named without the treaty it belongs to.
pub const RULE: Rule = Rule {
    name: "bare-article",
    summary: "An article is named without the treaty it belongs to.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[TREATIES],
    page: manual!("bare-article"),
};

pub(crate) const TREATIES: RuleOption = RuleOption {
    name: "treaties",
    help: "The names of the treaties whose articles notes name.",
    shape: OptionShape::Texts,
};
