//! The rule `vague-link`.

use crate::diagnostic::{Level, OptionShape, Relaxation, Rule, RuleOption, manual};

/// A link whose text does not say where it leads.
pub const RULE: Rule = Rule {
    name: "vague-link",
    summary: "A link whose text does not say where it leads.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[WORDS],
    page: manual!("vague-link"),
};

pub(crate) const WORDS: RuleOption = RuleOption {
    name: "words",
    help: "The texts of links that do not say where they lead.",
    shape: OptionShape::Names { default: VAGUE },
};

/// Texts of links that say nothing, in the languages this list knows; a book may have its own.
const VAGUE: &[&str] = &[
    "aquí",
    "cliquez ici",
    "click",
    "click here",
    "details",
    "en savoir plus",
    "haga clic aquí",
    "here",
    "ici",
    "learn more",
    "leer más",
    "lien",
    "link",
    "lire la suite",
    "more",
    "più",
    "qui",
    "read more",
    "read this",
    "see here",
    "this",
    "this link",
    "this page",
    "this site",
    "ver más",
    "voir ici",
];
