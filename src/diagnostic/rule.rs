//! Rules: everything that is known of a problem before any file is read. Settings, schemas, `explain` and
//! SARIF are made from it.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use super::Level;

/// A rule, of which each finding is a [`Diagnostic`](super::Diagnostic). Rules are compared by their names.
#[derive(Debug)]
pub struct Rule {
    /// The name in kebab-case, by which a writer refers to it. It is stable.
    pub name: &'static str,
    /// The problem in a sentence.
    pub summary: &'static str,
    /// The level where the book does not set it.
    pub level: Level,
    /// The limit to which a book may relax it.
    pub relaxation: Relaxation,
    /// The options that a book may set below `[check]`, besides `level` and `kinds`.
    pub options: &'static [RuleOption],
    /// The page of the manual in Markdown, without front matter and title. The page in
    /// `src/manual/content/rules/` is written from it.
    pub page: &'static str,
}

/// The limit to which a book may relax a rule. All but the first hold the harm to readers that less would do.
#[derive(Clone, Copy, Debug)]
pub enum Relaxation {
    /// The rule may be turned off, and a note may be an exception.
    Off,
    /// The rule may be a warning.
    Warning(&'static str),
    /// The rule is always an error, but a note may be an exception.
    Exception(&'static str),
    /// The rule is always an error.
    None(&'static str),
}

/// An option of a rule: a key below `[check.NAME]` in the configuration.
#[derive(Debug)]
pub struct RuleOption {
    /// The key.
    pub name: &'static str,
    /// The meaning, in a sentence.
    pub help: &'static str,
    /// The kind of value, with the one that counts where the book sets none.
    pub shape: OptionShape,
}

/// The kind of value that an option takes.
#[derive(Debug)]
pub enum OptionShape {
    /// A whole number.
    Number {
        /// The number where the book sets none.
        default: usize,
    },
    /// A text, empty by default.
    Text,
    /// A list of texts, empty by default.
    Texts,
    /// A list of texts of which case and accents do not count.
    Names {
        /// The texts where the book sets none, in small letters.
        default: &'static [&'static str],
    },
    /// A list of kinds of note, empty by default.
    Kinds,
    /// A list of languages of the book, empty by default.
    Languages,
}

impl Rule {
    /// Returns the lowest level that a book may set.
    pub fn least(&self) -> Level {
        match self.relaxation {
            Relaxation::Off => Level::Off,
            Relaxation::Warning(_) => Level::Warning,
            Relaxation::Exception(_) | Relaxation::None(_) => Level::Error,
        }
    }

    /// Returns the harm that a lower level than the lowest would do.
    pub fn harm(&self) -> &'static str {
        match self.relaxation {
            Relaxation::Off => "",
            Relaxation::Warning(harm) | Relaxation::Exception(harm) | Relaxation::None(harm) => {
                harm
            }
        }
    }

    /// Says whether a note may be an exception.
    pub fn is_excusable(&self) -> bool {
        matches!(self.relaxation, Relaxation::Off | Relaxation::Exception(_))
    }

    /// Says whether a book may set it in `[check]`.
    pub fn is_settable(&self) -> bool {
        !matches!(self.relaxation, Relaxation::None(_))
    }

    /// Returns the page of the manual in Markdown, its title as a heading.
    pub fn explanation(&self) -> String {
        format!("# `{}`\n{}", self.name, self.page)
    }
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Rule {}

impl Ord for Rule {
    fn cmp(&self, other: &Self) -> Ordering {
        self.name.cmp(other.name)
    }
}

impl PartialOrd for Rule {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Hash for Rule {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

/// All rules of the program, in the order of their names. The configuration and what is made from it look
/// rules up here, since they stand below the modules that find the problems.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct RuleTable(&'static [&'static Rule]);

impl RuleTable {
    /// A table of rules that stand in the order of their names.
    pub fn new(rules: &'static [&'static Rule]) -> Self {
        Self(rules)
    }

    /// Returns all rules, in the order of their names.
    pub fn all(self) -> &'static [&'static Rule] {
        self.0
    }

    /// Returns the rule called `name`.
    pub fn named(self, name: &str) -> Option<&'static Rule> {
        self.0.iter().copied().find(|rule| rule.name == name)
    }

    /// Returns the names of the rules that a book may set.
    pub fn settable(self) -> impl Iterator<Item = &'static str> + Clone {
        self.0.iter().filter(|rule| rule.is_settable()).map(|rule| rule.name)
    }

    /// Returns the names of the rules from which a note may be an exception.
    pub fn excusable(self) -> impl Iterator<Item = &'static str> + Clone {
        self.0.iter().filter(|rule| rule.is_excusable()).map(|rule| rule.name)
    }
}
