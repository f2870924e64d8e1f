//! What a link or reference points at, as written: nothing here knows which notes there are.

use std::borrow::Cow;

use serde::Serialize;

use crate::fingerprint::Hashed;
use crate::slug::{fold, slug};

/// A link of a note's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteLink {
    /// What it points at.
    pub target: LinkTarget,
    /// What it is for.
    pub role: LinkRole,
    /// The sentence it stands in.
    pub excerpt: Hashed<Excerpt>,
}

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LinkRole {
    /// To follow.
    Link,
    /// To show as a picture.
    Image,
    /// To show the note, or a part of it, in place.
    Embed,
}

/// A sentence with a link in it, as plain text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Excerpt {
    /// What stands before the link.
    pub before: String,
    /// The text of the link; none where the link shows the title of its target.
    pub text: Option<String>,
    /// What stands after it.
    pub after: String,
}

/// A note or file of the book, as a link or reference names it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LinkTarget {
    /// As written, part included.
    pub written: Box<str>,
    /// The path or name, percent-decoded, without part; empty for the note itself.
    pub path: Box<str>,
    /// `path` as notes are looked up: folded, without ending or slash at its end.
    pub key: Box<str>,
    /// The part of the note that is meant.
    pub part: Option<Fragment>,
}

/// A part of a note.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Fragment {
    /// A heading, after the headings it stands under. What was written last may be an anchor as it is.
    Heading(Box<[PartName]>),
    /// A block by its id.
    Block(Box<str>),
}

/// The name of a heading in a link.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PartName {
    /// As written.
    pub written: Box<str>,
    /// As a slug.
    pub slug: Box<str>,
}

impl LinkTarget {
    /// Splits `written` into name and part. `decode` undoes what its syntax encodes.
    pub fn new<'w>(written: &'w str, decode: impl Fn(&'w str) -> Cow<'w, str>) -> Self {
        let (path, part) = match written.split_once('#') {
            Some((path, part)) => (path, Fragment::new(part, &decode)),
            None => (written, None),
        };
        let path = decode(path);
        let path = path.trim();
        Self { written: written.into(), path: path.into(), key: key(path).into(), part }
    }

    /// Takes a name that is written as it is, such as a title.
    pub fn plain(written: &str) -> Self {
        Self::new(written, Cow::Borrowed)
    }

    /// Whether the note itself is meant.
    pub fn is_own_note(&self) -> bool {
        self.path.is_empty()
    }

    /// Whether nothing is named, not even a part of the note itself.
    pub fn is_nothing(&self) -> bool {
        self.path.is_empty() && self.part.is_none()
    }

    /// The path as it must stand in the book if it names a file.
    pub fn file(&self) -> &str {
        &self.path
    }
}

impl Fragment {
    /// Reads what stands behind the first `#`. Signs that are encoded part nothing.
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

/// A path as notes are looked up. `x`, `x.md`, `x.html`, `x/` and `x/index.md` are one note; `index.md`
/// alone is that of the folder.
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
