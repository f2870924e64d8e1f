//! Diagnostics: problems of the writer's text, as data. Drawing them is `report`'s job.

mod rule;

use std::fmt;

pub(crate) use rule::manual;
pub use rule::{OptionShape, Relaxation, Rule, RuleOption, RuleTable};

use crate::path::SourcePath;
use crate::span::Span;

/// One problem: its place, its rule, and what to do. Derived order is the order of a report.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Diagnostic {
    /// The file.
    pub path: SourcePath,
    /// The place in it; empty at the top where the whole file is meant.
    pub span: Span,
    /// The rule that is broken.
    pub rule: &'static Rule,
    /// The severity.
    pub severity: Severity,
    /// The problem, in one sentence without a full stop.
    pub message: String,
    /// The names that were probably meant, the likeliest first.
    pub meant: Box<[String]>,
    /// Advice on what to do, each a sentence of its own.
    pub help: Vec<String>,
    /// Lines to put in place of what is wrong, to be copied as they are; the last help announces them.
    pub paste: Box<[String]>,
}

/// The severity of a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The site can't be published like this; nothing is written.
    Error,
    /// The site can be published, but somebody should look.
    Warning,
}

/// The level at which a book takes a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Not at all: nothing is said of it.
    Off,
    /// Somebody should look.
    Warning,
    /// The site can't be published like this.
    Error,
}

impl Level {
    /// Every level with its name, as `book.toml` has it.
    pub const ALL: [(&'static str, Self); 3] =
        [("off", Self::Off), ("warning", Self::Warning), ("error", Self::Error)];

    /// The name, as `book.toml` has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// The severity of a finding of this level; none if nothing is reported.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}

impl Diagnostic {
    /// Makes a problem that keeps the site from being written.
    pub fn error(
        path: &SourcePath,
        span: Span,
        rule: &'static Rule,
        message: impl Into<String>,
    ) -> Self {
        let (path, message) = (path.clone(), message.into());
        Self {
            path,
            span,
            rule,
            severity: Severity::Error,
            message,
            meant: Box::default(),
            help: Vec::new(),
            paste: Box::default(),
        }
    }

    /// Makes a problem that somebody should look at.
    pub fn warning(
        path: &SourcePath,
        span: Span,
        rule: &'static Rule,
        message: impl Into<String>,
    ) -> Self {
        Self { severity: Severity::Warning, ..Self::error(path, span, rule, message) }
    }

    /// Adds a sentence that says what to do.
    pub fn help(mut self, sentence: impl Into<String>) -> Self {
        self.help.push(sentence.into());
        self
    }

    /// Adds a sentence that says what to do with lines that follow it.
    pub fn paste(mut self, sentence: impl Into<String>, lines: Vec<String>) -> Self {
        self.paste = lines.into();
        self.help(sentence)
    }

    /// Adds what was probably meant.
    pub fn did_you_mean(mut self, nearest: &[&str]) -> Self {
        self.meant = nearest.iter().map(|name| (*name).to_owned()).collect();
        self
    }

    /// Returns all that helps, as sentences: first what was probably meant.
    pub fn helps(&self) -> Vec<String> {
        let meant = match &*self.meant {
            [] => None,
            [one] => Some(format!("did you mean \"{one}\"?")),
            [most @ .., last] => {
                let most: Vec<String> = most.iter().map(|name| format!("\"{name}\"")).collect();
                Some(format!("did you mean {} or \"{last}\"?", most.join(", ")))
            }
        };
        meant.into_iter().chain(self.help.iter().cloned()).collect()
    }

    /// Says whether the problem keeps the site from being written.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}
