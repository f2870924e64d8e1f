//! Safe fixes as suggestions beside the lines of a proposal.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use similar::{DiffOp, DiffTag, TextDiff};

use crate::authoring::{EditedFile, new_errors};
use crate::autofix::FixedFile;
use crate::comparison::{BookComparison, DifferenceSort};
use crate::workspace::Workspace;

/// The most suggestions for one proposal.
pub(super) const MOST: usize = 20;

/// The most lines of a suggestion.
pub(super) const MOST_LINES: usize = 40;

/// The most bytes of the lines of a suggestion.
pub(super) const MOST_BYTES: usize = 8_000;

/// Lines of a file, and other lines in their place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    /// The path of the file in the book.
    pub path: String,
    /// The first of the lines, from 1 on.
    pub first: usize,
    /// The last of the lines.
    pub last: usize,
    /// The lines in their place, without line breaks.
    pub lines: Vec<String>,
    /// The fixes, in words.
    pub fixes: Vec<String>,
}

/// Returns those of the fixes of a book that concern lines which differ from `base`, and lines alone. Each is proved: the
/// book in `after`, read with it, has one problem less. `after` is left as it was.
pub fn suggestions(
    fixed: &[FixedFile],
    comparison: &BookComparison,
    base: &Workspace,
    after: &mut Workspace,
) -> Vec<Suggestion> {
    let mut found = Vec::new();
    for file in fixed.iter().filter(|file| !file.before.contains('\r')) {
        let is_moved = comparison.notes.iter().any(|note| {
            note.change == DifferenceSort::Moved && note.note.path == file.path.as_str()
        });
        // A code host shows a few lines of a moved file, and which is not known here.
        if is_moved {
            continue;
        }
        let earlier = base.sources().get(&file.path).and_then(|source| source.text());
        let lines = changed_lines(earlier.unwrap_or_default(), &file.before);
        for op in TextDiff::from_lines(&*file.before, &*file.after).ops() {
            if found.len() == MOST {
                return found;
            }
            let suggestion = suggestion(file, op).filter(|it| {
                (it.first..=it.last).all(|line| lines.contains(&line)) && it.is_small()
            });
            found.extend(suggestion.filter(|it| is_proved(it, file, after)));
        }
    }
    found
}

/// Returns the lines of a text, counted from one, that an earlier text does not have.
fn changed_lines(before: &str, after: &str) -> BTreeSet<usize> {
    let diff = TextDiff::from_lines(before, after);
    let changed = diff.ops().iter().filter(|op| op.tag() != DiffTag::Equal);
    changed.flat_map(|op| op.new_range()).map(|line| line + 1).collect()
}

/// Returns the suggestion that makes one difference between a file and its fixed text.
fn suggestion(file: &FixedFile, op: &DiffOp) -> Option<Suggestion> {
    if op.tag() == DiffTag::Equal {
        return None;
    }
    let before: Vec<&str> = file.before.split_inclusive('\n').collect();
    let after: Vec<&str> = file.after.split_inclusive('\n').collect();
    let (mut old, mut new) = (op.old_range(), op.new_range());
    if old.is_empty() {
        // A suggestion replaces lines, so an insertion takes the line before it along.
        (old.start, new.start) = (old.start.checked_sub(1)?, new.start.checked_sub(1)?);
    }
    let is_whole = |lines: &[&str]| lines.iter().all(|line| line.ends_with('\n'));
    let (old_lines, new_lines) = (before.get(old.clone())?, after.get(new)?);
    if !is_whole(old_lines) || !is_whole(new_lines) {
        return None;
    }
    let (first, last) = (old.start + 1, old.end);
    let fixes: BTreeSet<&str> = file
        .fixes
        .iter()
        .filter(|fix| (first..=last).contains(&fix.line))
        .map(|fix| &*fix.title)
        .collect();
    Some(Suggestion {
        path: file.path.to_string(),
        first,
        last,
        lines: new_lines.iter().map(|line| line.trim_end_matches('\n').to_owned()).collect(),
        fixes: fixes.into_iter().map(str::to_owned).collect(),
    })
}

/// Returns whether the book has one problem less with a suggestion alone, and no new error.
fn is_proved(suggestion: &Suggestion, file: &FixedFile, book: &mut Workspace) -> bool {
    let problems = book.diagnostics().len();
    let applied = EditedFile {
        path: file.path.clone(),
        before: file.before.clone(),
        after: suggestion.applied_to(&file.before),
    };
    let errors = new_errors(book, std::slice::from_ref(&applied));
    let is_better = errors.is_empty() && book.diagnostics().len() < problems;
    let restored = EditedFile { after: file.before.clone(), ..applied };
    new_errors(book, std::slice::from_ref(&restored));
    is_better
}

impl Suggestion {
    /// Returns a text with the lines replaced.
    pub fn applied_to(&self, text: &str) -> String {
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let (before, after) = (lines.get(..self.first - 1), lines.get(self.last..));
        let new = self.lines.iter().map(|line| format!("{line}\n"));
        before.unwrap_or_default().concat()
            + &new.collect::<String>()
            + &after.unwrap_or_default().concat()
    }

    /// Returns whether it is of a size that a comment takes.
    pub(super) fn is_small(&self) -> bool {
        let bytes: usize = self.lines.iter().map(|line| line.len() + 1).sum();
        self.first >= 1
            && self.first <= self.last
            && self.last - self.first < MOST_LINES
            && self.lines.len() <= MOST_LINES
            && bytes <= MOST_BYTES
    }
}
