//! Paths within the engine: virtual, relative, `/`-separated, UTF-8.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use serde::{Serialize, Serializer};

/// The longest path that a writer may choose, in bytes: systems allow 1024 to 4096, including the
/// folder of the site.
const MAX_PATH: usize = 900;

/// The folder of the notes, where the book names none.
pub const NOTES: &str = "content";

/// A file of the book, relative to its root: `content/lessons/x.md`.
#[derive(Clone, Debug)]
pub struct SourcePath {
    text: Arc<str>,
    /// The length of the beginning that names the folder of the notes, if the file lies there.
    notes: Option<u16>,
}

/// A file of the site, relative to the output folder: `lessons/x.html`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutputPath(Arc<str>);

impl SourcePath {
    /// Creates a path from text that is already relative and `/`-separated. The notes are in the folder that they
    /// have where the book names none.
    pub fn new(path: impl Into<Arc<str>>) -> Self {
        let text: Arc<str> = path.into();
        let is_note = text.strip_prefix(NOTES).is_some_and(|below| below.starts_with('/'));
        Self { notes: is_note.then_some(NOTES.len() as u16 + 1), text }
    }

    /// Creates the path of a file `below` the folder of the notes, which is empty where they are in that of the book.
    pub fn in_notes_of(folder: &str, below: &str) -> Self {
        let text = if folder.is_empty() { below.to_owned() } else { format!("{folder}/{below}") };
        let notes = (text.len() - below.len()).try_into().ok();
        Self { text: text.into(), notes }
    }

    /// Creates the path of a file of a book whose notes are in `folder`.
    pub fn of_book(folder: &str, path: &str) -> Self {
        let is_of_book = || match path.split_once('/') {
            Some((top, _)) => OF_BOOK.contains(&top),
            None => path.ends_with(".toml") || OF_BOOK.contains(&path),
        };
        let below = match folder {
            "" => Some(path).filter(|_| !is_of_book()),
            folder => path.strip_prefix(folder).and_then(|below| below.strip_prefix('/')),
        };
        match below {
            Some(below) => Self::in_notes_of(folder, below),
            None => Self { text: path.into(), notes: None },
        }
    }

    /// Returns the path of another file below the same folder of notes as this one.
    pub fn beside(&self, below: &str) -> Self {
        Self::in_notes_of(self.folder_of_notes(), below)
    }

    /// Returns the folder of the notes among which the file lies; for another file, the one that it is where the
    /// book names none.
    pub fn folder_of_notes(&self) -> &str {
        let folder = self.notes.map_or(NOTES, |notes| &self.text[..usize::from(notes)]);
        folder.trim_end_matches('/')
    }

    /// Returns the path as text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the path below `folder`, if it is there.
    pub fn below(&self, folder: &str) -> Option<&str> {
        self.text.strip_prefix(folder)?.strip_prefix('/')
    }

    /// Returns the path below the folder of the notes, if it is there.
    pub fn in_notes(&self) -> Option<&str> {
        self.notes.map(|notes| &self.text[usize::from(notes)..])
    }
}

/// Folders of the book that hold no notes, wherever these are.
pub const OF_BOOK: &[&str] = &["static", "themes", "public"];

impl PartialEq for SourcePath {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for SourcePath {}

impl PartialOrd for SourcePath {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for SourcePath {
    fn cmp(&self, other: &Self) -> Ordering {
        self.text.cmp(&other.text)
    }
}

impl Hash for SourcePath {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl OutputPath {
    /// Creates a path from text that is already relative, `/`-separated and without `.` and `..`.
    pub fn new(path: impl Into<Arc<str>>) -> Self {
        Self(path.into())
    }

    /// Creates a path from a writer's text; `None` if a file of the site can't have it: if it is
    /// absolute or too long, or has a part that is empty, begins with a dot, is too long for a file
    /// system (255 bytes) or contains a character with a meaning on some system.
    pub fn checked(path: &str) -> Option<Self> {
        let fits = |part: &str| {
            let plain = |c: char| {
                !c.is_control() && !matches!(c, '\\' | ':' | '?' | '*' | '"' | '<' | '>' | '|')
            };
            (1..=255).contains(&part.len()) && !part.starts_with('.') && part.chars().all(plain)
        };
        (path.len() <= MAX_PATH && path.split('/').all(fits)).then(|| Self::new(path))
    }

    /// Returns the path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns whether the file is a page.
    pub fn is_page(&self) -> bool {
        [".html", ".htm", ".shtml"].iter().any(|ending| self.0.ends_with(ending))
    }

    /// Returns the path from this file to the top of the site: `../` for each folder around it.
    pub fn to_root(&self) -> String {
        "../".repeat(self.0.matches('/').count())
    }

    /// Returns the address of the file below the base address; that of `index.html` is its folder.
    pub fn address(&self) -> &str {
        match self.0.strip_suffix("index.html") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
            _ => &self.0,
        }
    }
}

impl fmt::Display for SourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Display for OutputPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Serializes an output path for templates as a percent-encoded link from the top of the site.
impl Serialize for OutputPath {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&url_path(&self.0))
    }
}

/// Percent-encodes the characters that can't be in the path of a URL (RFC 3986, section 3.3).
/// Letters of every script stay readable, as browsers show them (RFC 3987).
pub fn url_path(path: &str) -> impl fmt::Display + '_ {
    percent_encoding::utf8_percent_encode(path, PATH_ESCAPES)
}

/// The characters that are encoded in the path of an address.
const PATH_ESCAPES: &percent_encoding::AsciiSet = &percent_encoding::CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}')
    .add(b':');
