//! Fixes: changes to a file that solve a problem, as data. `fieldbook fix` applies them, and reports
//! carry them to editors.

use crate::span::Span;

/// A change to the file of a problem that solves the problem.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fix {
    /// The change in words, as an instruction: "delete this character".
    pub title: String,
    /// The confidence that this is what the writer meant.
    pub safety: FixSafety,
    /// The replacements, in the order of the file and without overlaps.
    pub edits: Vec<TextEdit>,
}

/// The confidence that a fix is what the writer meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FixSafety {
    /// Certain. The fix changes nothing for readers but what the message says.
    Safe,
    /// Likely. Somebody should look at the result.
    NeedsReview,
}

impl FixSafety {
    /// Returns `Safe` if `is_certain`, or else `NeedsReview`.
    pub fn when(is_certain: bool) -> Self {
        if is_certain { Self::Safe } else { Self::NeedsReview }
    }

    /// Returns the name, as reports for programs have it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::NeedsReview => "needs-review",
        }
    }
}

/// A replacement of a part of a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextEdit {
    /// The part, in bytes of the file as it was read; empty for an insertion.
    pub span: Span,
    /// The text to put in its place; empty for a deletion.
    pub text: String,
}

impl Fix {
    /// Creates a fix without edits.
    pub fn new(title: impl Into<String>, safety: FixSafety) -> Self {
        Self { title: title.into(), safety, edits: Vec::new() }
    }

    /// Creates a safe fix without edits.
    pub fn safe(title: impl Into<String>) -> Self {
        Self::new(title, FixSafety::Safe)
    }

    /// Creates a fix that somebody should look at, without edits.
    pub fn likely(title: impl Into<String>) -> Self {
        Self::new(title, FixSafety::NeedsReview)
    }

    /// Adds a replacement. The order of calls doesn't matter.
    pub fn replace(mut self, span: Span, text: impl Into<String>) -> Self {
        let at = self.edits.partition_point(|edit| edit.span <= span);
        self.edits.insert(at, TextEdit { span, text: text.into() });
        self
    }

    /// Adds an insertion before byte `at`.
    pub fn insert(self, at: u32, text: impl Into<String>) -> Self {
        self.replace(Span { start: at, end: at }, text)
    }

    /// Adds a deletion.
    pub fn delete(self, span: Span) -> Self {
        self.replace(span, "")
    }
}

impl TextEdit {
    /// Returns whether this edit and an edit at `span` can't both be made: they overlap, or it would
    /// be unclear which comes first.
    pub fn conflicts_with(&self, span: Span) -> bool {
        let (here, there) = (self.span, span);
        let are_inserted = here.start == here.end || there.start == there.end;
        let overlap = here.start < there.end && there.start < here.end;
        let touch = here.start <= there.end && there.start <= here.end;
        overlap || are_inserted && touch
    }
}

/// Returns `text` with some edits, which come in the order of the text; `None` if they overlap or
/// don't fit the text.
pub fn with_edits<'e>(text: &str, edits: impl IntoIterator<Item = &'e TextEdit>) -> Option<String> {
    let mut edited = String::with_capacity(text.len() + 64);
    let mut from = 0;
    let mut before: Option<&TextEdit> = None;
    for edit in edits {
        let (start, end) = (edit.span.start as usize, edit.span.end as usize);
        if before.is_some_and(|before| before.conflicts_with(edit.span)) || start > end {
            return None;
        }
        edited.push_str(text.get(from..start)?);
        text.get(start..end)?;
        edited.push_str(&edit.text);
        from = end;
        before = Some(edit);
    }
    edited.push_str(text.get(from..)?);
    Some(edited)
}

/// Returns the line break that a text uses: that of its first line.
pub fn line_break(text: &str) -> &'static str {
    match text.find('\n') {
        Some(at) if text[..at].ends_with('\r') => "\r\n",
        _ => "\n",
    }
}
