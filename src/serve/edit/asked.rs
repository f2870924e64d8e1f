//! The bodies of tasks: JSON, read into types.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::TaskFailure;
use crate::authoring::FormChanges;
use crate::disk;
use crate::fingerprint::Fingerprint;
use crate::path::{OutputPath, SourcePath};
use crate::serve::shared::ServerState;
use crate::site::Site;
use crate::source::{Source, SourceRole};

/// The kinds of notes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AskedKinds {}

/// A note by the path of its file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AskedNote {
    pub(super) path: String,
}

/// A note as it stands in the form.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AskedText {
    pub(super) path: String,
    /// The text of which the form was made.
    pub(super) base: String,
    /// The parts of the form that differ from it.
    pub(super) changes: FormChanges,
}

/// A change that solves a problem.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AskedFix {
    pub(super) note: AskedText,
    /// The problem.
    pub(super) message: String,
    /// Its line.
    pub(super) line: usize,
    /// The title of the change.
    pub(super) fix: String,
}

/// Words of which notes are called.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AskedNames {
    /// The names of kinds; none for all.
    pub(super) kinds: Vec<String>,
    pub(super) query: String,
}

/// A passage of HTML.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AskedPassage {
    pub(super) html: String,
}

/// A note to be saved.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AskedSave {
    pub(super) note: AskedText,
    /// The fingerprint of the file when it was read.
    pub(super) fingerprint: String,
    /// True if it is to be saved as a draft.
    #[serde(default)]
    pub(super) as_draft: bool,
}

/// A new note.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AskedNew {
    pub(super) title: String,
    /// The name of the kind; none where a folder is named.
    #[serde(default)]
    pub(super) kind: Option<String>,
    /// The folder below that of the notes.
    #[serde(default)]
    pub(super) folder: Option<String>,
}

/// A picture to lie beside a note.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AskedPicture {
    /// The note.
    pub(super) path: String,
    /// The name of the file.
    pub(super) name: String,
    /// The bytes in Base64.
    pub(super) data: String,
}

/// The changed notes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AskedChanges {
    /// The paths of those that are left out.
    pub(super) without: Vec<String>,
}

/// A proposal of changed notes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AskedProposal {
    pub(super) title: String,
    pub(super) reason: String,
    /// The paths of notes that are left out.
    pub(super) without: Vec<String>,
    /// The sign of the changes that the page has shown.
    pub(super) state: String,
    pub(super) form: ProposalForm,
}

/// The form of a proposal.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum ProposalForm {
    /// A branch of the git repository.
    Branch,
    /// A file to send by mail.
    Bundle,
}

/// A branch that the page has shown.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AskedBranch {
    pub(super) branch: String,
}

/// Reads a body and does what it asks for.
pub(super) fn with<T: DeserializeOwned>(
    body: &[u8],
    work: impl FnOnce(T) -> Result<Value, TaskFailure>,
) -> Result<Value, TaskFailure> {
    match serde_json::from_slice(body) {
        Ok(asked) => work(asked),
        Err(why) => Err(TaskFailure::new(400, format!("This can't be read: {why}."))),
    }
}

/// Returns the path of a note that may be edited: a file below the folder of the notes.
pub(super) fn note_path(site: &Site, path: &str) -> Result<SourcePath, TaskFailure> {
    let checked =
        OutputPath::checked(path).map(|_| SourcePath::of_book(&site.config.content, path));
    let checked = checked.filter(|path| SourceRole::of(path) == SourceRole::Note);
    checked.ok_or_else(|| TaskFailure::new(404, "This is no note of the book."))
}

/// Reads a note from the disk, and returns its text with the fingerprint.
pub(super) fn text_on_disk(
    shared: &ServerState,
    path: &SourcePath,
) -> Result<(String, String), TaskFailure> {
    let files = disk::read_again(&shared.root, std::iter::once(path));
    let text = files.get(path).and_then(Source::text).map(str::to_owned);
    let text = text.ok_or_else(|| {
        TaskFailure::new(404, format!("{path} is not there, or is no text that can be edited."))
    })?;
    let fingerprint = Fingerprint::of(text.as_str()).to_string();
    Ok((text, fingerprint))
}
