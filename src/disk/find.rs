//! Finding the sources of a book: every file of `content/`, `static/` and `themes/` that is one of the
//! writer's, and the configuration. A link is followed only if it leads to another source.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::folder::is_absent;
use super::plain;
use super::wanted::{is_wanted, unwanted};
use crate::path::SourcePath;
use crate::source::Refusal;

/// The folders of a book that hold sources.
pub(super) const FOLDERS: &[&str] = &["content", "static", "themes"];

/// The longest name of a file, in bytes: file systems take 255 for that of its page, and of either packed.
const LONGEST_NAME: usize = 255 - ".br".len();

/// How many links may lead to one file. Each is read and written as a file of its own.
const LINKS: usize = 16;

/// A place in the book where something was found.
#[derive(Clone, Debug)]
pub(super) enum FoundPlace {
    /// A file. Its own place is given: no link leads there.
    File(SourcePath),
    /// Something that is not taken.
    Refused(Refusal),
}

/// What was found, by the paths at which the book has it.
pub(super) type FoundSources = Vec<(SourcePath, FoundPlace)>;

/// Every input of the book at `root`, a path without links, in the order of paths.
pub(super) fn list(root: &Path, config: &SourcePath) -> FoundSources {
    let mut search = SourceSearch::new(root);
    for folder in FOLDERS {
        search.look(&SourcePath::new(*folder));
    }
    search.found.extend(configuration(root, config));
    search.end()
}

/// Returns what lies in the folders of the book at `root` and is not taken on purpose, and why not, in the order of
/// paths.
pub fn passed_over(root: &Path) -> Vec<(SourcePath, &'static str)> {
    let mut search = SourceSearch::new(root);
    for folder in FOLDERS {
        search.look(&SourcePath::new(*folder));
    }
    search.passed_over.sort();
    search.passed_over
}

/// Every input of the book at or below `place`, in the order of paths.
pub(super) fn list_below(root: &Path, place: &SourcePath) -> FoundSources {
    let mut search = SourceSearch::new(root);
    search.look(place);
    search.end()
}

/// The configuration, if there is one. It may be a link to another configuration beside it.
pub(super) fn configuration(root: &Path, config: &SourcePath) -> Option<(SourcePath, FoundPlace)> {
    let file = root.join(config.as_str());
    let metadata = file.symlink_metadata().ok()?;
    if !metadata.file_type().is_symlink() {
        let found = metadata.is_file().then(|| FoundPlace::File(config.clone()));
        let refused = || FoundPlace::Refused(Refusal::Unreadable("it is not a file".to_owned()));
        return Some((config.clone(), found.unwrap_or_else(refused)));
    }
    let real = file.canonicalize().ok();
    let name = real.as_deref().and_then(|real| real.strip_prefix(root).ok()?.to_str());
    let is_config = |name: &&str| {
        name.ends_with(".toml") && !name.contains(['/', '\\']) && !name.starts_with('.')
    };
    let found = match name.filter(is_config) {
        Some(name) => FoundPlace::File(SourcePath::new(name)),
        None => FoundPlace::Refused(Refusal::LeavesBook),
    };
    Some((config.clone(), found))
}

/// Where the file that the book has at `path` lies, if links lead only to sources.
pub(super) fn locate(root: &Path, path: &SourcePath) -> Option<SourcePath> {
    let names: Vec<&str> = path.as_str().split('/').collect();
    if names.len() == 1 {
        return match configuration(root, path)?.1 {
            FoundPlace::File(real) => Some(real),
            FoundPlace::Refused(_) => None,
        };
    }
    let mut real = String::new();
    for name in names {
        let below = if real.is_empty() { name.to_owned() } else { format!("{real}/{name}") };
        let place = root.join(&below);
        real = match place.symlink_metadata().ok()?.file_type().is_symlink() {
            true => source_at(root, &place.canonicalize().ok()?)?,
            false => below,
        };
    }
    Some(SourcePath::new(real))
}

/// The path in the book of the source at `real`, a path without links; none if no source of the book
/// lies there. What a link leads to may not be hidden either, wherever it lies.
fn source_at(root: &Path, real: &Path) -> Option<String> {
    let below = real.strip_prefix(root).ok()?;
    let names: Option<Vec<&str>> = below.iter().map(|name| name.to_str()).collect();
    let names = names?;
    let (top, rest) = names.split_first().filter(|(top, _)| FOLDERS.contains(top))?;
    rest.iter().all(|name| is_open(name, top)).then(|| names.join("/"))
}

/// Whether a link may lead to a file or folder of this name below the folder `top`.
fn is_open(name: &str, top: &str) -> bool {
    is_wanted(name, top) && (!name.starts_with('.') || name == ".well-known")
}

/// The path below the folder of the notes.
fn in_notes(path: &str) -> Option<&str> {
    path.strip_prefix("content/")
}

/// The address of what the book has at `path`, if that is copied; else the path.
fn address(path: &str) -> &str {
    in_notes(path).or_else(|| path.strip_prefix("static/")).unwrap_or(path)
}

/// A walk through the folders of sources.
struct SourceSearch<'r> {
    root: &'r Path,
    found: FoundSources,
    /// What is not taken on purpose, and why not.
    passed_over: Vec<(SourcePath, &'static str)>,
    /// Folders that a link leads to, and all that lie in them: each is entered by one link alone, or
    /// links could multiply a book without end.
    entered: BTreeSet<PathBuf>,
    /// How many links lead to each file that links lead to.
    linked: BTreeMap<String, usize>,
}

/// A link to a folder: the path at which the book has it, and where the folder lies.
type FolderLink = (String, String);

impl<'r> SourceSearch<'r> {
    fn new(root: &'r Path) -> Self {
        let (found, passed_over) = (Vec::new(), Vec::new());
        Self { root, found, passed_over, entered: BTreeSet::new(), linked: BTreeMap::new() }
    }

    /// Looks at what the book has at `place`, and below it.
    fn look(&mut self, place: &SourcePath) {
        let mut links = Vec::new();
        self.walk(place.as_str(), place.as_str(), false, &mut links);
        // In the order of paths, so that the same links are followed on every system.
        while !links.is_empty() {
            links.sort();
            let mut next = Vec::new();
            for (path, real) in links {
                self.walk(&path, &real, true, &mut next);
            }
            links = next;
        }
    }

    /// Walks through what lies at `real`, which the book has at `path`.
    fn walk(&mut self, path: &str, real: &str, by_link: bool, links: &mut Vec<FolderLink>) {
        let top = |path: &str| path.split('/').next().unwrap_or_default().to_owned();
        let (top, real_top) = (top(path), top(real));
        let unwanted = |name: &str| {
            let hidden = by_link && !is_open(name, &real_top);
            unwanted(name, &top).or(hidden.then_some(HIDDEN))
        };
        let start = self.root.join(real);
        let mut entries = WalkDir::new(&start).follow_root_links(false).into_iter();
        while let Some(entry) = entries.next() {
            let in_book = |place: &Path| in_book(path, &start, place);
            let entry = match entry {
                Ok(entry) => entry,
                // A book need not have every folder; and what went away meanwhile is not there.
                Err(error) if error.io_error().is_some_and(is_absent) => continue,
                Err(error) => {
                    let at = error.path().map_or_else(|| SourcePath::new(path), in_book);
                    let why = error.io_error().map_or_else(|| error.to_string(), plain);
                    self.refuse(at, Refusal::Unreadable(why));
                    continue;
                }
            };
            let is_folder = entry.file_type().is_dir();
            let at = in_book(entry.path());
            let name = entry.file_name().to_string_lossy();
            if let Some(why) = unwanted(&name).filter(|_| entry.depth() > 0) {
                self.passed_over.push((at, why));
                if is_folder {
                    entries.skip_current_dir();
                }
            } else if is_folder && by_link && !self.entered.insert(entry.path().to_owned()) {
                self.passed_over.push((at, TWICE));
                entries.skip_current_dir();
            } else if let Some(refusal) = refusal(&entry) {
                self.refuse(at, refusal);
                if is_folder {
                    entries.skip_current_dir();
                }
            } else if entry.path_is_symlink() {
                self.follow(at, &entry, links);
            } else if !is_folder {
                let place = match by_link {
                    true => in_book_itself(self.root, entry.path()),
                    false => at.clone(),
                };
                self.found.push((at, FoundPlace::File(place)));
            }
        }
    }

    /// Takes what a link leads to: a file now, a folder later.
    fn follow(&mut self, at: SourcePath, link: &DirEntry, links: &mut Vec<FolderLink>) {
        let real = match link.path().canonicalize() {
            Ok(real) => real,
            Err(error) => return self.refuse(at, Refusal::Unreadable(plain(&error))),
        };
        let Some(source) = source_at(self.root, &real) else {
            return self.refuse(at, Refusal::LeavesBook);
        };
        // Its notes are there already, and would have two pages each; or what it leads to is, at the same
        // address.
        let is_there =
            real.is_dir() && in_notes(at.as_str()).is_some() && in_notes(&source).is_some();
        let lies_in = link.path().parent().is_some_and(|folder| folder.starts_with(&real));
        if lies_in {
            let why = "it is a link to a folder that it lies in".to_owned();
            self.refuse(at, Refusal::Unreadable(why));
        } else if is_there || address(at.as_str()) == address(&source) {
            self.passed_over.push((at, TWICE));
        } else if real.is_file() {
            let links = self.linked.entry(source.clone()).or_default();
            *links += 1;
            if *links > LINKS {
                let why =
                    format!("more than {LINKS} links lead to the file that this one leads to");
                return self.refuse(at, Refusal::Unreadable(why));
            }
            self.found.push((at, FoundPlace::File(SourcePath::new(source))));
        } else if !real.is_dir() {
            self.refuse(at, Refusal::Unreadable(NEITHER.to_owned()));
        } else {
            links.push((at.as_str().to_owned(), source));
        }
    }

    fn refuse(&mut self, at: SourcePath, refusal: Refusal) {
        self.found.push((at, FoundPlace::Refused(refusal)));
    }

    /// What was found, in the order of paths.
    fn end(mut self) -> FoundSources {
        // Two names may be one path if they are no text; what comes last counts, and that one is refused.
        let is_refused = |found: &FoundPlace| matches!(found, FoundPlace::Refused(_));
        self.found
            .sort_by(|a, b| a.0.cmp(&b.0).then_with(|| is_refused(&a.1).cmp(&is_refused(&b.1))));
        self.found
    }
}

/// Why a link to a hidden file is not followed, nor one in a folder that a link leads to.
const HIDDEN: &str = "its name begins with a dot";

/// Why a link to a folder is not followed.
const TWICE: &str = "what it leads to is read already";

/// What is said of pipes, sockets and devices.
const NEITHER: &str = "it is neither a file nor a folder";

/// The reason why what lies here is not taken, whatever it leads to.
fn refusal(entry: &DirEntry) -> Option<Refusal> {
    let unreadable = |why: &str| Some(Refusal::Unreadable(why.to_owned()));
    let (name, kind) = (entry.file_name(), entry.file_type());
    if name.to_str().is_none() {
        return unreadable("its name is not UTF-8");
    }
    if !kind.is_dir() && !kind.is_file() && !kind.is_symlink() {
        return unreadable(NEITHER);
    }
    // A page has an ending two bytes longer than that of its note.
    let is_note = name.as_encoded_bytes().ends_with(b".md");
    let more = if is_note { ".html".len() - ".md".len() } else { 0 };
    match kind.is_file() && name.len() + more > LONGEST_NAME {
        true => unreadable("its name is too long"),
        false => None,
    }
}

/// The path in the book of `place`, which lies at or below `start`, which the book has at `path`. Where a
/// name is no text, the path is as near to it as text can be.
fn in_book(path: &str, start: &Path, place: &Path) -> SourcePath {
    let below = place.strip_prefix(start).unwrap_or(place).components();
    let names = below.map(|part: Component<'_>| part.as_os_str().to_string_lossy().into_owned());
    SourcePath::new(std::iter::once(path.to_owned()).chain(names).collect::<Vec<_>>().join("/"))
}

/// The path in the book of a file that no link leads to.
pub(super) fn in_book_itself(root: &Path, place: &Path) -> SourcePath {
    let below = place.strip_prefix(root).unwrap_or(place).components();
    let names: Vec<_> = below.map(|part| part.as_os_str().to_string_lossy()).collect();
    SourcePath::new(names.join("/"))
}
