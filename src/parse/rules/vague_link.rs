//! The rule `vague-link`.

use crate::diagnostic::{Level, OptionShape, Relaxation, Rule, RuleOption};
use crate::parse::findings::Findings;
use crate::parse::text_rule::{TextContext, TextEvent, TextRule};
use crate::slug::fold;

/// The text of a link does not say where it leads.
pub const RULE: Rule = Rule {
    name: "vague-link",
    summary: "The text of a link does not say where it leads.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[WORDS],
    page: r#"
## What it finds

A link whose text does not say where it leads: "here", "click here", "read more".

## Why it matters

Some readers hear a list of the links of a page. "Here" tells them nothing.

## What to do

Make the words that name the thing the link: write `see the [purpose paper](…)`, not `see the purpose paper [here](…)`. A book may list other words:

    [check]
    vague-link = { words = ["here", "click here"] }
"#,
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

/// The rule over the text of a note.
#[derive(Default)]
pub(crate) struct VagueLink;

impl TextRule for VagueLink {
    fn visit(
        &mut self,
        event: &TextEvent<'_>,
        note: &TextContext<'_>,
        findings: &mut Findings<'_>,
    ) {
        let TextEvent::Link { words, at } = event else { return };
        let said = fold(words.trim().trim_end_matches(['.', '…', '>', '»', '→']).trim());
        if note.check.has_name(&RULE, &WORDS, &said) {
            let message = format!("\"{}\" does not say where this link leads", words.trim());
            findings.warn(at, &RULE, message, "make the words that name the thing the link");
        }
    }
}
