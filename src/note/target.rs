//! Targets of links and references as written. Nothing here knows which notes exist.

use std::borrow::Cow;

use serde::Serialize;

use crate::slug::{fold, slug};

/// A link in the text of a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteLink {
    /// The target, unresolved.
    pub target: LinkTarget,
    /// The purpose of the link.
    pub role: LinkRole,
}

/// The purpose of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LinkRole {
    /// A link to follow.
    Link,
    /// A picture to show.
    Image,
    /// A note, or a part of it, to show in place.
    Embed,
}

/// A sentence that contains a link, as plain text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Excerpt {
    /// The text before the link.
    pub before: Box<str>,
    /// The text of the link; `None` if the link shows the title of its target.
    pub text: Option<Box<str>>,
    /// The text after the link.
    pub after: Box<str>,
}

/// A note or file of the book, as a link or reference names it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LinkTarget {
    /// The target as written, including the part.
    pub written: Box<str>,
    /// The path or name, percent-decoded, without the part; empty for the note itself.
    pub path: Box<str>,
    /// `path` in the form in which notes are looked up: folded, without file extension or trailing
    /// slash.
    pub key: Box<str>,
    /// The part of the note.
    pub part: Option<Fragment>,
}

/// A part of a note.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Fragment {
    /// A heading, after the headings above it. The last name may also be an anchor.
    Heading(Box<[PartName]>),
    /// A block by its id.
    Block(Box<str>),
}

/// The name of a heading in a link.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PartName {
    /// The name as written.
    pub written: Box<str>,
    /// The name as a slug.
    pub slug: Box<str>,
}

impl LinkTarget {
    /// Splits `written` into name and part. `decode` reverses the encoding of the link's syntax.
    pub fn new<'w>(written: &'w str, decode: impl Fn(&'w str) -> Cow<'w, str>) -> Self {
        let (path, part) = match written.split_once('#') {
            Some((path, part)) => (path, Fragment::new(part, &decode)),
            None => (written, None),
        };
        let path = decode(path);
        let path = path.trim();
        Self { written: written.into(), path: path.into(), key: key(path).into(), part }
    }

    /// Creates a target from a name that is not encoded, such as a title.
    pub fn plain(written: &str) -> Self {
        Self::new(written, Cow::Borrowed)
    }

    /// Returns whether the target is the note itself.
    pub fn is_own_note(&self) -> bool {
        self.path.is_empty()
    }

    /// Returns whether nothing is named, not even a part of the note itself.
    pub fn is_nothing(&self) -> bool {
        self.path.is_empty() && self.part.is_none()
    }

    /// Returns the path that the file has in the book, if the target is a file.
    pub fn file(&self) -> &str {
        &self.path
    }
}

impl Fragment {
    /// Parses the text after the first `#`. An encoded `#` doesn't separate names.
    fn new<'w>(written: &'w str, decode: impl Fn(&'w str) -> Cow<'w, str>) -> Option<Self> {
        let block = |id: &str| Some(Self::Block(id.trim().into()));
        if let Some(id) = written.strip_prefix('^') {
            return block(&decode(id));
        }
        let names: Vec<Cow<'_, str>> = written.split('#').map(decode).collect();
        let names = names.iter().map(|name| name.trim()).filter(|name| !name.is_empty());
        let names: Vec<&str> = names.collect();
        if let Some(id) = names.last()?.strip_prefix('^') {
            return block(id);
        }
        let name = |name: &&str| PartName { written: (*name).into(), slug: slug(name).into() };
        Some(Self::Heading(names.iter().map(name).collect()))
    }
}

/// Returns a path in the form in which notes are looked up. `x`, `x.md`, `x.html`, `x/` and
/// `x/index.md` are the same note; `index.md` alone is that of the folder.
pub(crate) fn key(path: &str) -> String {
    let path = path.trim();
    let path = path.strip_suffix(".md").or_else(|| path.strip_suffix(".html")).unwrap_or(path);
    let path = path.trim_end_matches('/');
    let folder = match path.rsplit_once('/') {
        Some((folder, "index" | "README")) => folder,
        None if matches!(path, "index" | "README") => ".",
        _ => path,
    };
    fold(if folder.is_empty() { "/" } else { folder })
}
