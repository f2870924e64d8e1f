//! Comparison of two states of a book: what a change means for those who read the site, and why.

mod html;
mod markdown;
mod notes;
mod pages;
mod passages;
mod plain;
mod problems;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

pub use html::html;
pub use markdown::markdown;
pub use plain::{code, plain};

use crate::diagnostic::Diagnostic;
use crate::source::Sources;
use crate::workspace::{Snapshot, Workspace};

/// The version of the comparison as JSON.
const VERSION: u32 = 1;

/// The differences between two states of a book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookComparison {
    /// The version of this form of the comparison.
    pub version: u32,
    /// The addresses that answer no more.
    pub lost: Vec<LostAddress>,
    /// The notes that differ and that readers see in one of the states, in the order of their paths.
    pub notes: Vec<ComparedNote>,
    /// The notes that are more or less current than before, by themselves or because of other notes.
    pub standings: Vec<StandingDifference>,
    /// The notes to which nothing leads any more.
    pub unlinked: Vec<NoteLabel>,
    /// The pages that differ, in the order of their addresses.
    pub pages: Vec<ComparedPage>,
    /// The addresses of other files of the site that differ, such as feeds and pictures.
    pub files: Vec<String>,
    /// The number of drafts that differ, which readers don't see.
    pub drafts: usize,
    /// The problems that the book did not have.
    pub problems: Vec<NewProblem>,
    /// The number of problems that it has no more.
    pub solved: usize,
}

/// A note, as people speak of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct NoteLabel {
    /// The path of its file in the book.
    pub path: String,
    /// The title.
    pub title: String,
}

/// An address of the site that leads nowhere any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LostAddress {
    /// The address, from the top of the site.
    pub address: String,
    /// The title of the page that was there, if it was the page of a note.
    pub title: Option<String>,
}

/// A way in which a note or page differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DifferenceSort {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It is elsewhere, and may be edited.
    Moved,
    /// It was a draft, which readers don't see, and is none any more.
    Published,
    /// It is a draft now.
    Unpublished,
    /// It is edited.
    Edited,
}

/// A note that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComparedNote {
    /// The note: as it is, or as it was if it is gone.
    pub note: NoteLabel,
    /// The way in which it differs.
    pub change: DifferenceSort,
    /// The path that it had, if it moved.
    pub from: Option<String>,
    /// The settings of its front matter that differ, in the order of their keys.
    pub settings: Vec<SettingDifference>,
    /// The passages of its text that differ, in the order of the text.
    pub passages: Vec<PassageDifference>,
    /// The notes that it names or links to, and did not.
    pub linked: Vec<NoteLabel>,
    /// The notes that it named or linked to, and does no more.
    pub unlinked: Vec<NoteLabel>,
}

/// A setting of a front matter that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingDifference {
    /// The key.
    pub key: String,
    /// The value before, as written; absent if there was none.
    pub before: Option<String>,
    /// The value after, as written; absent if there is none.
    pub after: Option<String>,
}

/// A passage of a text that differs: a paragraph, heading, list or table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PassageDifference {
    /// The passage before; empty if it is new.
    pub before: Vec<PassagePiece>,
    /// The passage after; empty if it is gone.
    pub after: Vec<PassagePiece>,
}

/// A piece of a passage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PassagePiece {
    /// The text, in Markdown.
    pub text: String,
    /// True if the other state does not have it.
    pub differs: bool,
}

/// A note that is more or less current than before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandingDifference {
    /// The note.
    pub note: NoteLabel,
    /// Its standing before: `superseded`, or a status.
    pub before: Cow<'static, str>,
    /// Its standing after.
    pub after: Cow<'static, str>,
}

/// A page that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComparedPage {
    /// The address, from the top of the site.
    pub address: String,
    /// The title of the note whose page it is, if it is one.
    pub title: Option<String>,
    /// The way in which it differs.
    pub change: DifferenceSort,
    /// The reasons; none for a page that is new or gone.
    pub causes: Vec<PageCause>,
}

/// A reason why a page differs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "why", content = "notes")]
pub enum PageCause {
    /// The note whose page it is differs.
    OwnText,
    /// These notes, which link to it or did, differ.
    LinkedFrom(Vec<NoteLabel>),
    /// These notes, which it links to, names or embeds, differ.
    LinksTo(Vec<NoteLabel>),
    /// The meaning of these terms, which its text uses, differs.
    Terms(Vec<NoteLabel>),
    /// The menu, the settings, the interface or the look of the whole site differs.
    WholeSite,
    /// It lists or shows other notes that differ.
    OtherNotes,
}

/// A problem that the book did not have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewProblem {
    /// The path of the file.
    pub path: String,
    /// The line, from 1 on.
    pub line: usize,
    /// The name of the rule.
    pub rule: Cow<'static, str>,
    /// True for an error, false for a warning.
    pub is_error: bool,
    /// The message.
    pub message: String,
}

/// A state of a book.
struct ComparedState<'a> {
    snapshot: Snapshot,
    sources: &'a Sources,
    problems: &'a [Diagnostic],
}

impl<'a> ComparedState<'a> {
    fn of(workspace: &'a Workspace) -> Option<Self> {
        let (sources, problems) = (workspace.sources(), workspace.diagnostics());
        Some(Self { snapshot: workspace.snapshot()?, sources, problems })
    }
}

/// Compares two states of a book. `None` if one of them can't be read at all.
pub fn compare(before: &Workspace, after: &Workspace) -> Option<BookComparison> {
    let (before, after) = (ComparedState::of(before)?, ComparedState::of(after)?);
    let changed = notes::ChangedFiles::find(&before, &after);
    let found = notes::compare(&before, &after, &changed);
    let pages = pages::compare(&before, &after, &changed);
    let (problems, solved) = problems::compare(&before, &after, &changed, &pages.failed);
    Some(BookComparison {
        version: VERSION,
        lost: pages.lost,
        notes: found.notes,
        standings: found.standings,
        unlinked: found.unlinked,
        pages: pages.pages,
        files: pages.files,
        drafts: found.drafts,
        problems,
        solved,
    })
}

impl ComparedNote {
    /// Returns whether only blank lines or invisible signs differ.
    fn is_unseen(&self) -> bool {
        let Self { change, settings, passages, linked, unlinked, .. } = self;
        *change == DifferenceSort::Edited
            && settings.is_empty()
            && passages.is_empty()
            && linked.is_empty()
            && unlinked.is_empty()
    }
}

impl BookComparison {
    /// Returns whether nothing that readers see differs, and no problem is new.
    pub fn is_empty(&self) -> bool {
        let Self { lost, notes, standings, unlinked, pages, files, problems, .. } = self;
        lost.is_empty()
            && notes.is_empty()
            && standings.is_empty()
            && unlinked.is_empty()
            && pages.is_empty()
            && files.is_empty()
            && problems.is_empty()
    }

    /// Returns the comparison as JSON, for programs.
    pub fn json(&self) -> String {
        serde_json::to_string_pretty(self).expect("a comparison has only keys that are text") + "\n"
    }
}
