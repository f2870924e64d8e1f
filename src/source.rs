//! The input: every file of the book, as data.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::{Arc, OnceLock};

use include_dir::Dir;
use rayon::prelude::*;

use crate::fingerprint::Fingerprint;
use crate::path::SourcePath;

/// The largest text that the engine reads, in bytes: notes, templates, configuration.
pub const TEXT_LIMIT: usize = 16 * 1024 * 1024;

/// The largest file that is copied as it is, in bytes.
pub const FILE_LIMIT: usize = 64 * 1024 * 1024;

/// A file of the book.
#[derive(Clone, Debug)]
pub struct Source {
    /// The path in the book.
    pub path: SourcePath,
    /// The content, or the reason why there is none.
    pub content: FileContent,
    fingerprint: OnceLock<Fingerprint>,
}

/// The content of a file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum FileContent {
    /// A text that the engine reads.
    Text(Arc<str>),
    /// Bytes that are copied as they are.
    Bytes(Arc<[u8]>),
    /// No content, for this reason. The file still exists, and a diagnostic reports it.
    Refused(Refusal),
}

/// The reason why a file was not read.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// It should be text, and is not UTF-8.
    NotText {
        /// The text before the first invalid byte.
        before: Arc<str>,
    },
    /// It is larger than `limit`, in bytes.
    TooLarge {
        /// The limit, in bytes.
        limit: usize,
    },
    /// It is a link to a place outside the book.
    LeavesBook,
    /// The system couldn't read it, for this reason.
    Unreadable(String),
}

/// The role of a file, which follows from its path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceRole {
    /// The configuration of the book.
    Config,
    /// A note.
    Note,
    /// A file that is meant as a note, but has another ending: it is neither read nor copied.
    Misnamed,
    /// A file beside the notes, such as a picture.
    Attachment,
    /// A file of `static/`.
    Static,
    /// A file of a theme.
    Theme,
    /// None of these; the engine ignores it.
    Other,
}

impl SourceRole {
    /// Returns the role of the file at `path`.
    pub fn of(path: &SourcePath) -> Self {
        if let Some(below) = path.in_notes() {
            return match below {
                below if below.ends_with(".md") => Self::Note,
                below if renamed(below).is_some() => Self::Misnamed,
                _ => Self::Attachment,
            };
        }
        let path = path.as_str();
        match path.split_once('/') {
            None if path.ends_with(".toml") => Self::Config,
            Some(("static", _)) => Self::Static,
            Some(("themes", _)) => Self::Theme,
            _ => Self::Other,
        }
    }

    /// Returns whether a file in this role at `path` is read as text.
    fn is_text(self, path: &SourcePath) -> bool {
        match self {
            Self::Config | Self::Note => true,
            Self::Theme => {
                ["/templates/", "/i18n/"].iter().any(|part| path.as_str().contains(part))
            }
            Self::Misnamed | Self::Attachment | Self::Static | Self::Other => false,
        }
    }
}

/// Endings, in lower case, of files with the content of a note.
const NOTE_ENDINGS: [&str; 7] =
    [".md.txt", ".markdown.txt", ".md", ".markdown", ".mdown", ".mdwn", ".mkd"];

/// Returns the right name for a file that is meant as a note but named differently: `NOTE.MD` and
/// `note.md.txt`, as editors on Windows save it, become `NOTE.md` and `note.md`.
pub fn renamed(path: &str) -> Option<String> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let ends = |ending: &&&str| {
        let at = name.len().checked_sub(ending.len()).filter(|at| *at > 0);
        at.and_then(|at| name.get(at..)).is_some_and(|end| end.eq_ignore_ascii_case(ending))
    };
    let ending = NOTE_ENDINGS.iter().find(ends).filter(|_| !name.ends_with(".md"))?;
    Some(format!("{}.md", &name[..name.len() - ending.len()]))
}

impl Source {
    /// Creates a source from the bytes of the file at `path`; text must be UTF-8 without NUL.
    pub fn new(path: SourcePath, bytes: Vec<u8>) -> Self {
        let is_text = SourceRole::of(&path).is_text(&path);
        let limit = if is_text { TEXT_LIMIT } else { FILE_LIMIT };
        let content = if bytes.len() > limit {
            FileContent::Refused(Refusal::TooLarge { limit })
        } else if is_text {
            text(bytes)
        } else {
            FileContent::Bytes(bytes.into())
        };
        Self::with_content(path, content)
    }

    /// Creates a source for a file that could not be read.
    pub fn refused(path: SourcePath, refusal: Refusal) -> Self {
        Self::with_content(path, FileContent::Refused(refusal))
    }

    fn with_content(path: SourcePath, content: FileContent) -> Self {
        Self { path, content, fingerprint: OnceLock::new() }
    }

    /// Returns the fingerprint of the content. It is computed when first needed: a whole book has
    /// many bytes.
    pub fn fingerprint(&self) -> Fingerprint {
        *self.fingerprint.get_or_init(|| Fingerprint::of(&self.content))
    }

    /// Returns the text of the file, if it was read as text.
    pub fn text(&self) -> Option<&str> {
        match &self.content {
            FileContent::Text(text) => Some(text),
            FileContent::Bytes(_) | FileContent::Refused(_) => None,
        }
    }

    /// Returns the bytes of the file, if it was read.
    pub fn bytes(&self) -> Option<Vec<u8>> {
        match &self.content {
            FileContent::Text(text) => Some(text.as_bytes().to_vec()),
            FileContent::Bytes(bytes) => Some(bytes.to_vec()),
            FileContent::Refused(_) => None,
        }
    }

    /// Returns the text to show with a problem of the file, as far as it is text. This includes
    /// files that are copied, such as a style sheet or an SVG picture.
    pub fn shown(&self) -> &str {
        match &self.content {
            FileContent::Text(text) => text,
            FileContent::Bytes(bytes) => std::str::from_utf8(bytes).unwrap_or_default(),
            FileContent::Refused(Refusal::NotText { before }) => before,
            FileContent::Refused(_) => "",
        }
    }
}

fn text(bytes: Vec<u8>) -> FileContent {
    let valid = match std::str::from_utf8(&bytes) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default(),
    };
    let end = memchr::memchr(b'\0', valid.as_bytes()).unwrap_or(valid.len());
    let text = if end == bytes.len() { Ok(valid) } else { Err(&valid[..end]) };
    match text {
        Ok(text) => FileContent::Text(text.into()),
        Err(before) => FileContent::Refused(Refusal::NotText { before: before.into() }),
    }
}

/// Returns the files of a folder that is compiled into the program, as if they lay in the book at
/// `place`.
pub fn compiled_in(folder: &Dir<'_>, place: &str) -> Vec<Source> {
    let mut files = Vec::new();
    gather(folder, place, &mut files);
    files
}

fn gather(folder: &Dir<'_>, place: &str, files: &mut Vec<Source>) {
    for file in folder.files() {
        let Some(path) = file.path().to_str() else { continue };
        let path = SourcePath::new(format!("{place}/{}", path.replace('\\', "/")));
        files.push(Source::new(path, file.contents().to_vec()));
    }
    folder.dirs().for_each(|folder| gather(folder, place, files));
}

/// A change to one file of the book.
#[derive(Clone, Debug)]
pub enum SourceEdit {
    /// The file has this content now.
    Put(Source),
    /// The file was removed.
    Remove(SourcePath),
}

/// Every file of the book, sorted by path.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: BTreeMap<SourcePath, Source>,
}

impl Sources {
    /// Applies the edits and returns the paths whose content changed.
    pub fn apply(&mut self, edits: Vec<SourceEdit>) -> Vec<SourcePath> {
        edits.into_iter().filter_map(|edit| self.edit(edit)).collect()
    }

    fn edit(&mut self, edit: SourceEdit) -> Option<SourcePath> {
        match edit {
            SourceEdit::Put(source) => {
                let path = source.path.clone();
                match self.files.entry(path.clone()) {
                    Entry::Vacant(place) => {
                        place.insert(source);
                        Some(path)
                    }
                    Entry::Occupied(mut place) => {
                        let is_another = place.get().content != source.content;
                        place.insert(source);
                        is_another.then_some(path)
                    }
                }
            }
            SourceEdit::Remove(path) => self.files.remove(&path).map(|source| source.path),
        }
    }

    /// Returns the edits that turn these sources into `new`, without those that would change nothing.
    pub fn edits_to(&self, new: &Sources) -> Vec<SourceEdit> {
        let gone = self.files.keys().filter(|path| !new.files.contains_key(*path));
        let gone: Vec<SourceEdit> = gone.cloned().map(SourceEdit::Remove).collect();
        let differs = |source: &&Source| {
            self.files.get(&source.path).is_none_or(|old| match (&old.content, &source.content) {
                // Most texts are the same ones.
                (FileContent::Text(old), FileContent::Text(new)) if Arc::ptr_eq(old, new) => false,
                (old, new) => old != new,
            })
        };
        let put = new.files.values().filter(differs).cloned().map(SourceEdit::Put);
        gone.into_iter().chain(put).collect()
    }

    /// Removes and returns the file at `path`, leaving an empty one in its place.
    pub fn forget(&mut self, path: &SourcePath) -> Option<Source> {
        let file = self.files.get_mut(path)?;
        let empty = Source::with_content(path.clone(), FileContent::Text(Arc::from("")));
        Some(std::mem::replace(file, empty))
    }

    /// Returns the file at `path`.
    pub fn get(&self, path: &SourcePath) -> Option<&Source> {
        self.files.get(path)
    }

    /// Returns all files.
    pub fn iter(&self) -> impl Iterator<Item = &Source> {
        self.files.values()
    }

    /// Returns all files and consumes the sources.
    pub fn into_files(self) -> impl Iterator<Item = Source> {
        self.files.into_values()
    }

    /// Returns the files below `folder`, which has no trailing slash.
    pub fn below<'a>(&'a self, folder: &str) -> impl Iterator<Item = &'a Source> {
        let prefix = format!("{folder}/");
        let from = SourcePath::new(prefix.as_str());
        self.files
            .range(from..)
            .map(|(_, source)| source)
            .take_while(move |source| source.path.as_str().starts_with(&prefix))
    }

    /// Returns the fingerprint of the whole input.
    pub fn fingerprint(&self) -> Fingerprint {
        let files: Vec<_> =
            self.files.par_iter().map(|(path, file)| (path, file.fingerprint())).collect();
        Fingerprint::of(&files)
    }
}

impl FromIterator<Source> for Sources {
    fn from_iter<I: IntoIterator<Item = Source>>(files: I) -> Self {
        Self { files: files.into_iter().map(|source| (source.path.clone(), source)).collect() }
    }
}
