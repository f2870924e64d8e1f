//! Diagnostics: problems of the writer's text, as data. Drawing them is `report`'s job.

mod fix;
mod known;
mod rare_list;
mod rule;

use std::fmt;

pub use fix::{Fix, FixSafety, TextEdit, line_break, with_edits};
pub use known::KnownCounts;
pub use rare_list::RareList;
pub use rule::{OptionShape, Relaxation, Rule, RuleOption, RuleTable};

use crate::path::SourcePath;
use crate::span::Span;

/// A problem: its place, its rule, and what to do. The derived order is the order of a report.
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
    pub message: Box<str>,
    /// The names that were probably meant, the likeliest first.
    pub meant: RareList<String>,
    /// Instructions, each a sentence of its own.
    pub help: Vec<String>,
    /// Set if the text of the first fix is shown below the last help, to be copied as it is.
    pub shows_fix: bool,
    /// Changes that solve the problem, the likeliest first. They come last, so that they don't
    /// change the order of a report.
    pub fixes: Box<[Fix]>,
    /// The other files that the problem is about, such as the note that has the same title.
    pub others: RareList<SourcePath>,
}

/// The severity of a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The site can't be published like this; nothing is written.
    Error,
    /// The site can be published, but somebody should look.
    Warning,
}

/// The severity that a book gives to a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Nothing is reported.
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

    /// Returns the name, as `book.toml` has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// Returns the severity of a problem of this level; `None` if nothing is to be reported.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}

impl Diagnostic {
    /// Creates a problem that keeps the site from being written.
    pub fn error(
        path: &SourcePath,
        span: Span,
        rule: &'static Rule,
        message: impl Into<String>,
    ) -> Self {
        let (path, message) = (path.clone(), message.into().into_boxed_str());
        Self {
            path,
            span,
            rule,
            severity: Severity::Error,
            message,
            meant: RareList::default(),
            help: Vec::new(),
            shows_fix: false,
            fixes: Box::default(),
            others: RareList::default(),
        }
    }

    /// Creates a problem that somebody should look at.
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

    /// Adds a fix, and a sentence that says what to do with its text, which is shown below.
    pub fn paste(mut self, sentence: impl Into<String>, fix: Fix) -> Self {
        self.shows_fix = true;
        self.help(sentence).fix(fix)
    }

    /// Returns the lines of the fix that is shown; empty if none is.
    pub fn shown_fix(&self) -> impl Iterator<Item = &str> {
        let shown = self.fixes.first().filter(|_| self.shows_fix);
        shown.into_iter().flat_map(|fix| &fix.edits).flat_map(|edit| edit.text.lines())
    }

    /// Adds a change that solves the problem.
    pub fn fix(mut self, fix: impl Into<Option<Fix>>) -> Self {
        if let Some(fix) = fix.into() {
            self.add_fix(fix);
        }
        self
    }

    /// Adds a change that solves the problem.
    pub fn add_fix(&mut self, fix: Fix) {
        // A problem seldom has a fix, and never many, so the list is kept small.
        let mut fixes = std::mem::take(&mut self.fixes).into_vec();
        fixes.push(fix);
        self.fixes = fixes.into();
    }

    /// Adds the title of a fix as a sentence that says what to do, and the fix if it has edits.
    pub fn help_with(self, fix: Fix) -> Self {
        let is_whole = !fix.edits.is_empty();
        self.help(fix.title.clone()).fix(Some(fix).filter(|_| is_whole))
    }

    /// Adds other files that the problem is about. Their places follow from the book as it is when they are shown, since a
    /// problem stays when only the text of another file changes.
    pub fn and_in(mut self, others: impl IntoIterator<Item = SourcePath>) -> Self {
        let own = self.path.clone();
        self.others = others.into_iter().filter(|other| *other != own).collect();
        self
    }

    /// Returns the fix that can be made without a look at the result.
    pub fn safe_fix(&self) -> Option<&Fix> {
        self.fixes.iter().find(|fix| fix.safety == FixSafety::Safe)
    }

    /// Adds what was probably meant.
    pub fn did_you_mean(mut self, nearest: &[&str]) -> Self {
        self.meant = nearest.iter().map(|name| (*name).to_owned()).collect();
        self
    }

    /// Returns all help as sentences, first the names that were probably meant.
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

    /// Returns whether the problem keeps the site from being written.
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
