//! The rule `confidential-name`.

use crate::diagnostic::{Level, OptionShape, Relaxation, Rule, RuleOption, manual};

/// A note that may not say who took part names somebody.
pub const RULE: Rule = Rule {
    name: "confidential-name",
    summary: "A note that may not say who took part names somebody.",
    level: Level::Error,
    relaxation: Relaxation::Exception("the note names somebody who was promised not to be named"),
    options: &[FIELD, IS, NAMES, MAY_NAME],
    page: manual!("confidential-name"),
};

pub(crate) const FIELD: RuleOption = RuleOption {
    name: "field",
    help: "The field that says that a note is confidential.",
    shape: OptionShape::Text,
};

pub(crate) const IS: RuleOption = RuleOption {
    name: "is",
    help: "The words of that field that say so.",
    shape: OptionShape::Texts,
};

pub(crate) const NAMES: RuleOption = RuleOption {
    name: "names",
    help: "The kinds of the notes that a confidential note may not name.",
    shape: OptionShape::Kinds,
};

pub(crate) const MAY_NAME: RuleOption = RuleOption {
    name: "may-name",
    help: "The fields in which it may name them all the same.",
    shape: OptionShape::Texts,
};
