//! Diagnostics: what is wrong with the writer's text, as data. Drawing them is `report`'s job.

use std::fmt;

use crate::path::SourcePath;
use crate::span::Span;

/// One problem: where it is, which it is, and what to do. Derived order is the order of a report.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Diagnostic {
    /// The file.
    pub path: SourcePath,
    /// The place in it; empty at the top where the whole file is meant.
    pub span: Span,
    /// Which problem.
    pub code: Code,
    /// How bad.
    pub severity: Severity,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// What to do about it, each a sentence of its own.
    pub help: Vec<String>,
}

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The site can't be published like this; nothing is written.
    Error,
    /// The site can be published, but somebody should look.
    Warning,
}

/// Which problem it is. The name is stable and is how a writer refers to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// A link or reference names two or more notes.
    AmbiguousName,
    /// A block id, heading id or other anchor occurs twice in a note.
    DuplicateAnchor,
    /// A date that is not one.
    BadDate,
    /// The front matter can't be read as TOML.
    BadFrontMatter,
    /// A formula that can't be shown.
    BadMath,
    /// A reference names a note of another kind than the field takes.
    BadReferenceKind,
    /// A value is of another sort than the field takes.
    BadValue,
    /// A link or reference names no note.
    BrokenLink,
    /// A setting of the book can't be understood.
    BadConfig,
    /// A template can't be used.
    BadTemplate,
    /// A note embeds itself, by way of others or not.
    EmbedCycle,
    /// A file is over the limit for its sort.
    FileTooLarge,
    /// A picture or file that is linked is not in the book.
    MissingAsset,
    /// A link names a part that its note does not have.
    MissingAnchor,
    /// A field that the kind requires is not there.
    MissingField,
    /// A file that should be text is not.
    NotText,
    /// A link to a place outside the book.
    OutsideBook,
    /// Raw HTML that is not on the list of what is allowed.
    RefusedHtml,
    /// A link with a scheme that is not on the list of what is allowed.
    RefusedScheme,
    /// A picture that lies on another site.
    RemoteImage,
    /// Two pages have the same address.
    SameAddress,
    /// Notes that supersede each other in a ring.
    SupersessionCycle,
    /// A reference link whose definition is not there.
    UndefinedReference,
    /// A key that nothing reads.
    UnknownKey,
    /// A file that can't be opened.
    Unreadable,
    /// A value that is not in the list of the field.
    ValueNotInList,
}

impl Code {
    /// The name a writer sees, in kebab-case.
    pub fn name(self) -> &'static str {
        match self {
            Self::AmbiguousName => "ambiguous-name",
            Self::DuplicateAnchor => "duplicate-anchor",
            Self::BadDate => "bad-date",
            Self::BadFrontMatter => "bad-front-matter",
            Self::BadMath => "bad-math",
            Self::BadReferenceKind => "bad-reference-kind",
            Self::BadValue => "bad-value",
            Self::BrokenLink => "broken-link",
            Self::BadConfig => "bad-config",
            Self::BadTemplate => "bad-template",
            Self::EmbedCycle => "embed-cycle",
            Self::FileTooLarge => "file-too-large",
            Self::MissingAsset => "missing-asset",
            Self::MissingAnchor => "missing-anchor",
            Self::MissingField => "missing-field",
            Self::NotText => "not-text",
            Self::OutsideBook => "outside-book",
            Self::RefusedHtml => "refused-html",
            Self::RefusedScheme => "refused-scheme",
            Self::RemoteImage => "remote-image",
            Self::SameAddress => "same-address",
            Self::SupersessionCycle => "supersession-cycle",
            Self::UndefinedReference => "undefined-reference",
            Self::UnknownKey => "unknown-key",
            Self::Unreadable => "unreadable",
            Self::ValueNotInList => "value-not-in-list",
        }
    }
}

impl Diagnostic {
    /// A problem that keeps the site from being written.
    pub fn error(path: &SourcePath, span: Span, code: Code, message: impl Into<String>) -> Self {
        let (path, message) = (path.clone(), message.into());
        Self { path, span, code, severity: Severity::Error, message, help: Vec::new() }
    }

    /// A problem that somebody should look at.
    pub fn warning(path: &SourcePath, span: Span, code: Code, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(path, span, code, message) }
    }

    /// Adds a sentence that says what to do.
    pub fn help(mut self, sentence: impl Into<String>) -> Self {
        self.help.push(sentence.into());
        self
    }

    /// Adds "did you mean …?" where something is near.
    pub fn did_you_mean(self, nearest: &[&str]) -> Self {
        match nearest {
            [] => self,
            [one] => self.help(format!("did you mean \"{one}\"?")),
            [most @ .., last] => {
                let most: Vec<String> = most.iter().map(|name| format!("\"{name}\"")).collect();
                self.help(format!("did you mean {} or \"{last}\"?", most.join(", ")))
            }
        }
    }

    /// Whether the problem keeps the site from being written.
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
