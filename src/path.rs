//! Paths as the engine sees them: virtual, relative, `/`-separated, UTF-8.

use std::fmt;
use std::sync::Arc;

use serde::{Serialize, Serializer};

/// The longest path that somebody may write, in bytes: systems take 1024 to 4096 together with the
/// folder that the site lies in.
const LONGEST: usize = 900;

/// A file of the book, relative to its root: `content/lessons/x.md`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourcePath(Arc<str>);

/// A file of the site, relative to the output folder: `lessons/x.html`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutputPath(Arc<str>);

impl SourcePath {
    /// Takes a path that is already relative and `/`-separated.
    pub fn new(path: impl Into<Arc<str>>) -> Self {
        Self(path.into())
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path below `folder`, if it lies there.
    pub fn below(&self, folder: &str) -> Option<&str> {
        self.0.strip_prefix(folder)?.strip_prefix('/')
    }
}

impl OutputPath {
    /// Takes a path that is already relative, `/`-separated and free of `.` and `..`.
    pub fn new(path: impl Into<Arc<str>>) -> Self {
        Self(path.into())
    }

    /// Takes a path that somebody wrote; `None` if a file of the site can't have it: one that is
    /// absolute, or holds an empty part, one that begins with a dot, a part too long for a file
    /// system (255 bytes), or a sign that some systems give a meaning; or one that is too long as a whole.
    pub fn checked(path: &str) -> Option<Self> {
        let fits = |part: &str| {
            let plain = |c: char| {
                !c.is_control() && !matches!(c, '\\' | ':' | '?' | '*' | '"' | '<' | '>' | '|')
            };
            (1..=255).contains(&part.len()) && !part.starts_with('.') && part.chars().all(plain)
        };
        (path.len() <= LONGEST && path.split('/').all(fits)).then(|| Self::new(path))
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the file is a page.
    pub fn is_page(&self) -> bool {
        [".html", ".htm", ".shtml"].iter().any(|ending| self.0.ends_with(ending))
    }

    /// What leads from this file to the top of the site: `../` for each folder it lies in.
    pub fn to_root(&self) -> String {
        "../".repeat(self.0.matches('/').count())
    }

    /// The address of the file below the base address: `index.html` is its folder.
    pub fn address(&self) -> &str {
        match self.0.strip_suffix("index.html") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
            _ => &self.0,
        }
    }
}

impl fmt::Display for SourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for OutputPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An output path is shown to templates as a link from the top of the site, percent-encoded.
impl Serialize for OutputPath {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&url_path(&self.0))
    }
}

/// Percent-encodes what may not stand in the path of a URL (RFC 3986, section 3.3); letters of
/// every script stay readable, as browsers show them (RFC 3987).
pub fn url_path(path: &str) -> impl fmt::Display + '_ {
    percent_encoding::utf8_percent_encode(path, PATH)
}

const PATH: &percent_encoding::AsciiSet = &percent_encoding::CONTROLS
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
