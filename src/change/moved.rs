//! The files that a move concerns: a note with its translations, a folder, or another file.

use std::collections::BTreeMap;
use std::fmt;

use crate::config::Config;
use crate::path::SourcePath;
use crate::source::{SourceRole, Sources};
use crate::visible::shown;

/// The places before and after a move.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovedPaths {
    /// The folder that moves, before and after, if it is one.
    folder: Option<(String, String)>,
    /// The path without ending and language of the note that moves, before and after, if it is one.
    note: Option<(String, String)>,
    /// The new place of each file.
    pub files: BTreeMap<SourcePath, SourcePath>,
}

/// The reason why files can't be moved there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MoveError {
    /// The file or folder does not exist.
    NotThere(String),
    /// It is not a note, not a file beside notes, and not in `static/`.
    NotOfBook(String),
    /// The new place is not one for such a file.
    Misplaced(String),
    /// Something stands at the new place.
    Taken(SourcePath),
    /// The new place is the old one.
    Same,
    /// A folder can't be moved into itself.
    IntoItself,
}

impl fmt::Display for MoveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotThere(path) => write!(f, "there is no {} in the book", shown(path)),
            Self::NotOfBook(path) => write!(
                f,
                "{} is not a note, not a file beside notes and not in static/, so nothing links to it: move it with mv",
                shown(path)
            ),
            Self::Misplaced(path) => write!(
                f,
                "{} is no place for it: notes lie in the folder of the notes, pictures there or in static/",
                shown(path)
            ),
            Self::Taken(path) => write!(
                f,
                "{path} is there already: name another place, or move that one away first"
            ),
            Self::Same => f.write_str("that is where it lies already"),
            Self::IntoItself => f.write_str("a folder can't be moved into itself"),
        }
    }
}

impl MovedPaths {
    /// Returns a move of nothing, for changes that leave every file where it is.
    pub fn none() -> Self {
        Self { folder: None, note: None, files: BTreeMap::new() }
    }

    /// Returns the files that move from `old` to `new`, which are paths in the book. `new` may be a folder that exists
    /// or that ends with a slash: then the name stays. A note takes its translations along.
    pub fn find(
        config: &Config,
        sources: &Sources,
        old: &str,
        new: &str,
    ) -> Result<Self, MoveError> {
        let at = |path: &str| SourcePath::of_book(&config.content, path);
        let is_folder = |path: &str| sources.below(path).next().is_some();
        let old = old.trim_end_matches('/');
        let name = old.rsplit('/').next().unwrap_or(old);
        let into = new.ends_with('/') || is_folder(new.trim_end_matches('/'));
        let inner = new.trim_matches('/');
        let new = match into {
            true if inner.is_empty() => name.to_owned(),
            true => format!("{inner}/{name}"),
            false => inner.to_owned(),
        };
        let moved = if sources.get(&at(old)).is_none() {
            if !is_folder(old) {
                return Err(MoveError::NotThere(old.to_owned()));
            }
            if new.strip_prefix(old).is_some_and(|rest| rest.starts_with('/')) {
                return Err(MoveError::IntoItself);
            }
            let files = sources.below(old).map(|source| {
                let below = source.path.below(old).unwrap_or_default();
                (source.path.clone(), at(&format!("{new}/{below}")))
            });
            let files = files.collect();
            Self { folder: Some((old.to_owned(), new)), note: None, files }
        } else if SourceRole::of(&at(old)) == SourceRole::Note {
            let stem = without_language(config, old);
            let new_stem = without_language(config, &new);
            let endings = config.languages.iter().map(|language| format!(".{language}.md"));
            let endings = endings.chain([".md".to_owned()]);
            let files = endings.filter_map(|ending| {
                let old = at(&format!("{stem}{ending}"));
                sources.get(&old)?;
                Some((old, at(&format!("{new_stem}{ending}"))))
            });
            let files = files.collect();
            Self { folder: None, note: Some((stem.to_owned(), new_stem.to_owned())), files }
        } else {
            let ending =
                |path: &str| path.rsplit('/').next()?.rsplit_once('.').map(|end| end.1.to_owned());
            let new = match ending(old) {
                Some(end) if ending(&new).is_none() => format!("{new}.{end}"),
                _ => new,
            };
            Self { folder: None, note: None, files: BTreeMap::from([(at(old), at(&new))]) }
        };
        moved.checked(sources)
    }

    fn checked(self, sources: &Sources) -> Result<Self, MoveError> {
        for (old, new) in &self.files {
            let role = SourceRole::of(old);
            if !matches!(role, SourceRole::Note | SourceRole::Attachment | SourceRole::Static) {
                return Err(MoveError::NotOfBook(old.to_string()));
            }
            let is_hidden = new.as_str().split('/').any(|part| part.starts_with('.'));
            // A picture may be beside the notes or in `static/`.
            let fits = match (role, SourceRole::of(new)) {
                (SourceRole::Note, to) => to == SourceRole::Note,
                (_, to) => matches!(to, SourceRole::Attachment | SourceRole::Static),
            };
            if is_hidden || !fits {
                return Err(MoveError::Misplaced(new.to_string()));
            }
            if old == new {
                return Err(MoveError::Same);
            }
            let is_moved = |path: &SourcePath| self.files.contains_key(path);
            if sources.get(new).is_some() && !is_moved(new) {
                return Err(MoveError::Taken(new.clone()));
            }
        }
        Ok(self)
    }

    /// Returns the place after the move of a file, or of a page without one.
    pub fn new_place(&self, path: &SourcePath) -> SourcePath {
        if let Some(new) = self.files.get(path) {
            return new.clone();
        }
        // A page in a language without a translation has the path that this would have.
        if let Some((old, new)) = &self.note
            && let Some(ending) = path.as_str().strip_prefix(old.as_str())
            && let Some(language) = ending.strip_suffix(".md")
            && (language.is_empty() || language.starts_with('.') && !language.contains('/'))
        {
            return like(path, &format!("{new}{ending}"));
        }
        let below = self.folder.as_ref().and_then(|(old, new)| Some((path.below(old)?, new)));
        below.map_or_else(|| path.clone(), |(below, new)| like(path, &format!("{new}/{below}")))
    }

    /// Returns the new path of a folder of notes; `None` if it doesn't move. Both are given from the folder of the notes on.
    pub fn new_folder(&self, config: &Config, folder: &str) -> Option<String> {
        let (old, new) = self.folder.as_ref()?;
        let below = |path: &str| match config.content.as_str() {
            "" => Some(path.to_owned()),
            content => Some(path.strip_prefix(content)?.strip_prefix('/')?.to_owned()),
        };
        let (old, new) = (below(old)?, below(new)?);
        let rest = folder.strip_prefix(old.as_str())?;
        (rest.is_empty() || rest.starts_with('/')).then(|| format!("{new}{rest}"))
    }
}

/// Returns a path in the same book as `path`.
fn like(path: &SourcePath, new: &str) -> SourcePath {
    SourcePath::of_book(path.folder_of_notes(), new)
}

/// Returns the path of a note without its ending and language.
fn without_language<'p>(config: &Config, path: &'p str) -> &'p str {
    let stem = path.strip_suffix(".md").unwrap_or(path);
    let known = |code: &str| config.languages.iter().any(|language| language.as_str() == code);
    match stem.rsplit_once('.') {
        Some((name, code)) if known(code) && !name.is_empty() && !name.ends_with('/') => name,
        _ => stem,
    }
}
