//! The rule `confidential-name`.

use crate::diagnostic::{Level, OptionShape, Relaxation, Rule, RuleOption};

/// A note that may not say who took part names one of them.
pub const RULE: Rule = Rule {
    name: "confidential-name",
    summary: "A note that may not say who took part names one of them.",
    level: Level::Error,
    relaxation: Relaxation::Exception("the note names somebody who was promised not to be named"),
    options: &[FIELD, IS, NAMES, MAY_NAME],
    page: r#"
## What it finds

A note that says that it does not name who took part, but names one of them: in a link, in a field, or in plain words by the title or another name of a note.

## Why it matters

At a meeting under the Chatham House Rule, nobody may say who spoke or whom they spoke for. A name that is published can't be taken back.

## What to do

Take the name out, or say "a donor" or "an operator". Who organised a meeting may often be named: `book.toml` says in which fields. This rule is on if the book asks for it:

    [check]
    confidential-name = { field = "attribution", is = ["chatham-house"], names = ["organisation"], may-name = ["organisers"] }
"#,
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
