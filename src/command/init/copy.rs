//! Notes and their pictures copied into a new book.

use std::collections::BTreeMap;
use std::path::Path;

use walkdir::WalkDir;

use crate::command::CommandError;
use crate::disk::{self, DiskError};
use crate::path::SourcePath;
use crate::report;
use crate::source::renamed;

/// Endings, in lower case, of files that notes show or link to.
const ENDINGS: [&str; 24] = [
    "md", "png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "bmp", "ico", "mp4", "webm", "ogv",
    "mp3", "ogg", "wav", "flac", "m4a", "pdf", "csv", "xlsx", "docx", "pptx", "zip",
];

/// The most files that were left out that are named.
const MOST_NAMED: usize = 5;

/// The result of copying.
#[derive(Default)]
pub(super) struct CopyOutcome {
    notes: usize,
    files: usize,
    /// The files that were left out, with the reasons.
    left_out: BTreeMap<&'static str, Vec<String>>,
}

impl CopyOutcome {
    /// Returns the result in words, line by line.
    pub(super) fn summary(&self, from: &Path) -> Vec<String> {
        let first = format!(
            "Copied from {}: {}, {}",
            from.display(),
            report::count(self.notes, "note"),
            report::count(self.files, "other file")
        );
        let left_out = self.left_out.iter().map(|(why, files)| {
            let mut named: Vec<&str> = files.iter().take(MOST_NAMED).map(String::as_str).collect();
            let more = files.len().saturating_sub(MOST_NAMED);
            let more_text = format!("{more} more");
            named.extend((more > 0).then_some(&*more_text));
            format!("Left out ({why}): {}", named.join(", "))
        });
        std::iter::once(first).chain(left_out).collect()
    }

    fn leave(&mut self, path: &str, why: &'static str) {
        self.left_out.entry(why).or_default().push(path.to_owned());
    }
}

/// Copies the notes in `from`, and the files that notes may show or link to, to the folder `content` of the book at
/// `root`. Links in the file system are not followed, and hidden files are not copied.
pub(super) fn copy(from: &Path, root: &Path, content: &str) -> Result<CopyOutcome, CommandError> {
    let mut outcome = CopyOutcome::default();
    let is_meant = |entry: &walkdir::DirEntry| {
        let name = entry.file_name().to_string_lossy();
        let is_of_tools = name.starts_with('.') || matches!(&*name, "node_modules" | "__pycache__");
        entry.depth() == 0 || !is_of_tools
    };
    let entries = WalkDir::new(from).sort_by_file_name().into_iter().filter_entry(is_meant);
    for entry in entries {
        let entry =
            entry.map_err(|error| DiskError { path: from.to_owned(), error: error.into() })?;
        if entry.file_type().is_dir() {
            continue;
        }
        let Some(below) = entry.path().strip_prefix(from).ok().and_then(path_of) else {
            outcome.leave(&entry.path().display().to_string(), "its name is not text in Unicode");
            continue;
        };
        let ending = below.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
        let name = renamed(&below);
        let name = name.map(|name| match below.rsplit_once('/') {
            Some((folder, _)) => format!("{folder}/{name}"),
            None => name,
        });
        if entry.file_type().is_symlink() {
            outcome.leave(&below, "it is a link in the file system");
        } else if below == "404.md" {
            outcome.leave(&below, "the site makes this page by itself");
        } else if name.is_none() && !ENDINGS.contains(&ending.as_str()) {
            outcome.leave(&below, "it is neither a note nor a file that notes usually show");
        } else {
            let target = SourcePath::in_notes_of(content, name.as_deref().unwrap_or(&below));
            let bytes = match disk::read_file(entry.path()) {
                Ok(bytes) => bytes,
                Err(failure) => {
                    outcome.leave(&format!("{below}: {}", failure.error), "it can't be read");
                    continue;
                }
            };
            if disk::write_new(root, &target, &bytes)? {
                let is_note = target.as_str().ends_with(".md");
                *(if is_note { &mut outcome.notes } else { &mut outcome.files }) += 1;
            } else {
                outcome.leave(&below, "something is there already");
            }
        }
    }
    Ok(outcome)
}

/// Returns a path with slashes, if it is text.
fn path_of(path: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = path.iter().map(|part| part.to_str()).collect();
    Some(parts?.join("/"))
}
