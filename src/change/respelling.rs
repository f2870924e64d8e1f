//! Other spellings of the target of a link, in the form in which it was written.

use std::borrow::Cow;
use std::collections::BTreeSet;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

use crate::files::join;
use crate::note::{LinkTarget, key};

/// The characters that a path in a link can't hold as they are: they would end it, or mean something else there.
const ENCODED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'%')
    .add(b'#')
    .add(b'?')
    .add(b'(')
    .add(b')')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'"');

/// The place of a note or file, below the folder of the notes or `static/`.
#[derive(Clone, Copy, Debug)]
pub(super) struct TargetPlace<'a> {
    /// The path: for a note without ending and language, and for an index that of its folder.
    pub(super) path: &'a str,
    /// True for a note.
    pub(super) is_note: bool,
}

/// Returns the spellings of `new` that are like `written`, a path that led to `old`, the most alike first. `folders` are
/// those of the note that links, before and after.
pub(super) fn respellings(
    written: &str,
    old: TargetPlace<'_>,
    new: TargetPlace<'_>,
    folders: [&str; 2],
) -> Vec<String> {
    let ending = |endings: &[&'static str]| {
        endings.iter().copied().find(|end| written.ends_with(end)).unwrap_or("")
    };
    let ending = if new.is_note { ending(&[".md", ".html"]) } else { "" };
    let stem = written.strip_suffix(ending).unwrap_or(written);
    let language = language_of(stem, old).filter(|_| new.is_note).unwrap_or("");
    let stem = stem.strip_suffix(language).unwrap_or(stem);
    let last = stem.rsplit('/').next().unwrap_or(stem);
    let index = if new.is_note && matches!(last, "index" | "README") { last } else { "" };
    let slash = if new.is_note && stem.ends_with('/') { "/" } else { "" };
    let joined = match (index, new.path) {
        ("", path) => format!("{path}{slash}"),
        (index, "") => index.to_owned(),
        (index, path) => format!("{path}/{index}"),
    };
    let from_top = format!("{joined}{language}{ending}");
    let rooted = format!("/{from_top}");
    let near = relative_path(folders[1], &from_top);
    let stepped = if near.starts_with("../") { near.clone() } else { format!("./{near}") };
    let name = from_top.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_owned();
    let bare = stem.trim_end_matches('/');
    let was_from_top = key(bare) == key(old.path);
    let was_near = {
        let joined = join(folders[0], bare);
        joined.is_some_and(|path| key(&path) == key(old.path))
    };
    let mut all = if written.starts_with('/') {
        vec![rooted.clone()]
    } else if written.starts_with("./") {
        vec![stepped, near.clone()]
    } else if written.starts_with("../") {
        vec![near.clone()]
    } else if was_near && (written.contains('/') || !ending.is_empty() || !new.is_note) {
        vec![near.clone(), from_top.clone()]
    } else if was_from_top && bare.contains('/') {
        vec![from_top.clone(), near.clone()]
    } else if bare.contains('/') {
        // The end of a path.
        let parts: Vec<&str> = from_top.split('/').collect();
        let ends = (2..=parts.len()).map(|length| parts[parts.len() - length..].join("/"));
        ends.collect()
    } else {
        vec![name, near.clone()]
    };
    all.extend([from_top, near, rooted]);
    all.retain(|path| !path.is_empty());
    let mut seen = BTreeSet::new();
    all.retain(|path| seen.insert(path.clone()));
    all
}

/// The likeness of a path as it is written to that of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum PathLikeness {
    /// It is another path, or only a name.
    Other,
    /// It is the path of the place for this program, but other programs see another case or other punctuation.
    Folded,
    /// It is the path of the place, letter by letter.
    Exact,
}

/// Compares `written` with the path to a place, from `folder` or from the top.
pub(super) fn path_likeness(written: &str, place: TargetPlace<'_>, folder: &str) -> PathLikeness {
    let stem = written.strip_suffix(".md").or_else(|| written.strip_suffix(".html"));
    if !written.contains('/') && stem.is_none() {
        return PathLikeness::Other;
    }
    let stem = stem.unwrap_or(written);
    let stem = stem.strip_suffix(language_of(stem, place).unwrap_or("")).unwrap_or(stem);
    let likeness = |path: &str| match path.trim_matches('/') {
        path if path == place.path => PathLikeness::Exact,
        path if key(path) == key(place.path) => PathLikeness::Folded,
        _ => PathLikeness::Other,
    };
    let near = join(folder, stem).map_or(PathLikeness::Other, |path| likeness(&path));
    likeness(stem).max(near)
}

/// Returns the language in a path such as `x.fr`, with its dot.
fn language_of<'w>(stem: &'w str, old: TargetPlace<'_>) -> Option<&'w str> {
    let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_lowercase();
    let at = stem.rfind('.').filter(|at| *at > 0 && !stem[..*at].ends_with('/'))?;
    let own = name(&stem[..at]);
    let is_same = own == name(old.path) || matches!(own.as_str(), "index" | "readme");
    is_same.then(|| &stem[at..]).filter(|end| !end.contains('/'))
}

/// Returns a path from `folder` to `path`, both given from the same top.
pub fn relative_path(folder: &str, path: &str) -> String {
    let from: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = path.split('/').collect();
    // The last part is a name, never a folder that both are in.
    let shared = from.iter().zip(&to[..to.len() - 1]).take_while(|(a, b)| a == b).count();
    let up = "../".repeat(from.len() - shared);
    format!("{up}{}", to[shared..].join("/"))
}

/// Returns `target` with another path.
pub(super) fn with_path(target: &LinkTarget, path: &str) -> LinkTarget {
    let part = target.written.find('#').map_or("", |at| &target.written[at..]);
    LinkTarget {
        written: format!("{path}{part}").into(),
        path: path.into(),
        key: key(path).into(),
        part: target.part.clone(),
    }
}

/// The syntax in which the target of a link is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TargetSyntax {
    /// As it is, in double square brackets.
    Wiki,
    /// Percent-encoded, in a Markdown link.
    Markdown,
    /// Percent-encoded, between `<` and `>` in a Markdown link.
    InAngles,
    /// Percent-encoded, in an attribute of raw HTML.
    Html,
}

impl TargetSyntax {
    /// Returns the syntax of a link, of which `before` is the text before its target.
    pub(super) fn of(link: &str, before: &str) -> Self {
        if link.starts_with("[[") || link.starts_with("![[") {
            Self::Wiki
        } else if before.ends_with('<') {
            Self::InAngles
        } else if link.starts_with('<') {
            Self::Html
        } else {
            Self::Markdown
        }
    }

    /// Returns a path in this syntax; `None` if it can't be written there. `before` is the text that it replaces.
    pub(super) fn write(self, path: &str, before: &str) -> Option<String> {
        let was_encoded =
            percent_decode_str(before).decode_utf8().is_ok_and(|plain| plain != before);
        let encoded: Cow<'_, str> = match self {
            Self::Wiki => {
                let fits = !path.contains(['|', '[', ']', '#', '\n']);
                return fits.then(|| path.to_owned());
            }
            Self::InAngles => {
                path.replace('%', "%25").replace('<', "%3C").replace('>', "%3E").into()
            }
            Self::Markdown | Self::Html if was_encoded => utf8_percent_encode(path, ENCODED).into(),
            Self::Markdown | Self::Html => encoded_where_needed(path).into(),
        };
        Some(match self {
            Self::Html => encoded.replace('&', "&amp;"),
            _ => encoded.into_owned(),
        })
    }
}

/// Encodes only what has to be encoded, and leaves letters of other scripts as they are.
fn encoded_where_needed(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for part in path.split_inclusive(|c: char| !c.is_ascii()) {
        let ascii = part.trim_end_matches(|c: char| !c.is_ascii());
        encoded.extend(utf8_percent_encode(ascii, ENCODED));
        encoded.push_str(&part[ascii.len()..]);
    }
    encoded
}
