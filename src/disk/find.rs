//! Finds the sources of a book: the writer's files in `static/`, `themes/` and the folder of the notes,
//! and the configuration, which names that folder. A link is followed only if it leads to another source.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::folder::{OpenFolder, is_absent};
use super::plain;
use super::wanted::{is_wanted, unwanted};
use crate::config::notes_folder;
use crate::path::{NOTES, SourcePath};
use crate::source::Refusal;

/// The folders of every book that hold sources, besides that of the notes.
const FOLDERS: &[&str] = &["static", "themes"];

/// The most bytes of a configuration in which the folder of the notes is looked for.
const MOST_CONFIG: u64 = 1024 * 1024;

/// Returns the folder of the notes of the book at `root`, from that on; it is empty if they lie beside the
/// configuration.
pub fn notes_folder_of(root: &Path, config: &SourcePath) -> String {
    let read = || {
        let Some((_, FoundPlace::File(file))) = configuration(root, config) else { return None };
        let (file, _) = OpenFolder::open(root).ok()?.file(file.as_str()).ok()?;
        let mut text = String::new();
        file.take(MOST_CONFIG).read_to_string(&mut text).ok()?;
        Some(notes_folder(&text))
    };
    read().unwrap_or_else(|| NOTES.to_owned())
}

/// Returns the folders that hold sources in a book whose notes are in `notes`.
pub(super) fn folders(notes: &str) -> impl Iterator<Item = &str> {
    std::iter::once(notes).chain(FOLDERS.iter().copied())
}

/// The longest file name, in bytes. File systems allow 255 for the page made of the file, with the
/// ending of a packed copy.
const LONGEST_NAME: usize = 255 - ".br".len();

/// The most links that may lead to one file. Each is read and written as a file of its own.
const MAX_LINKS_TO_FILE: usize = 16;

/// A file or folder that was found in the book.
#[derive(Clone, Debug)]
pub(super) enum FoundPlace {
    /// A file, with its real path in the book after following links.
    File(SourcePath),
    /// Something that is not read.
    Refused(Refusal),
}

/// Everything that was found, by path in the book.
pub(super) type FoundSources = Vec<(SourcePath, FoundPlace)>;

/// Returns every input of the book at `root`, with its notes in `notes`, sorted by path. `root` must contain no
/// links.
pub(super) fn list(root: &Path, config: &SourcePath, notes: &str) -> FoundSources {
    let mut search = SourceSearch::new(root, notes);
    folders(notes).for_each(|folder| search.look(folder));
    search.found.extend(configuration(root, config));
    search.end()
}

/// Returns what is skipped on purpose in the folders of the book at `root`, with the reasons,
/// sorted by path.
pub fn skipped(root: &Path, config: &SourcePath) -> Vec<(SourcePath, &'static str)> {
    let notes = notes_folder_of(root, config);
    let mut search = SourceSearch::new(root, &notes);
    folders(&notes).for_each(|folder| search.look(folder));
    search.skipped.sort();
    search.skipped
}

/// Returns every input of the book at or below `place`, sorted by path.
pub(super) fn list_below(root: &Path, place: &SourcePath, notes: &str) -> FoundSources {
    let mut search = SourceSearch::new(root, notes);
    search.look(place.as_str());
    search.end()
}

/// Returns the configuration, if there is one. It may be a link to another configuration beside it.
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

/// Returns the real path of the file that the book has at `path`, if links lead only to sources.
pub(super) fn locate(root: &Path, path: &SourcePath) -> Option<SourcePath> {
    let names: Vec<&str> = path.as_str().split('/').collect();
    if names.len() == 1 && path.in_notes().is_none() {
        return match configuration(root, path)?.1 {
            FoundPlace::File(real) => Some(real),
            FoundPlace::Refused(_) => None,
        };
    }
    let mut real = String::new();
    for name in names {
        let below = if real.is_empty() { name.to_owned() } else { format!("{real}/{name}") };
        let place = root.join(&below);
        let is_link = place.symlink_metadata().ok()?.file_type().is_symlink();
        let notes = path.folder_of_notes();
        real = if is_link { source_at(root, &place.canonicalize().ok()?, notes)? } else { below };
    }
    Some(SourcePath::of_book(path.folder_of_notes(), &real))
}

/// Returns the path in the book of the source at `real`, a path without links; `None` if no source
/// is there. The target of a link may not be a hidden file either, wherever it is.
fn source_at(root: &Path, real: &Path, notes: &str) -> Option<String> {
    let below = real.strip_prefix(root).ok()?;
    let names: Option<Vec<&str>> = below.iter().map(|name| name.to_str()).collect();
    let (names, path) = (names.clone()?, names?.join("/"));
    let top = *names.first()?;
    let is_source = FOLDERS.contains(&top)
        || path == notes
        || SourcePath::of_book(notes, &path).in_notes().is_some();
    let from = usize::from(!notes.is_empty() || FOLDERS.contains(&top));
    (is_source && names.iter().skip(from).all(|name| is_open(name, top))).then_some(path)
}

/// Returns whether a link may lead to a file or folder with this name below the folder `top`.
fn is_open(name: &str, top: &str) -> bool {
    is_wanted(name, top) && (!name.starts_with('.') || name == ".well-known")
}

/// Returns the address of the file that the book has at `path` if it is copied, or else the path.
fn address(path: &SourcePath) -> &str {
    path.in_notes().or_else(|| path.below("static")).unwrap_or(path.as_str())
}

/// A walk through the folders of sources.
struct SourceSearch<'r> {
    root: &'r Path,
    /// The folder of the notes.
    notes: &'r str,
    found: FoundSources,
    /// Files and folders that are skipped on purpose, with the reasons.
    skipped: Vec<(SourcePath, &'static str)>,
    /// The folders that links lead to, and all folders below them. Each is entered through one link
    /// only; otherwise links could multiply a book without end.
    entered: BTreeSet<PathBuf>,
    /// The number of links to each file that links lead to.
    linked: BTreeMap<String, usize>,
}

/// A link to a folder: its path in the book, and the real path of the folder.
type FolderLink = (String, String);

impl<'r> SourceSearch<'r> {
    fn new(root: &'r Path, notes: &'r str) -> Self {
        let (found, skipped) = (Vec::new(), Vec::new());
        Self { root, notes, found, skipped, entered: BTreeSet::new(), linked: BTreeMap::new() }
    }

    /// Searches the file or folder that the book has at `place`, and everything below it.
    fn look(&mut self, place: &str) {
        let mut links = Vec::new();
        self.walk(place, place, false, &mut links);
        // Links are sorted by path, so that the same ones are followed on every system.
        while !links.is_empty() {
            links.sort();
            let mut next = Vec::new();
            for (path, real) in links {
                self.walk(&path, &real, true, &mut next);
            }
            links = next;
        }
    }

    /// Walks through the file or folder at `real`, which the book has at `path`.
    fn walk(&mut self, path: &str, real: &str, by_link: bool, links: &mut Vec<FolderLink>) {
        let top = |path: &str| path.split('/').next().unwrap_or_default().to_owned();
        let (top, real_top) = (top(path), top(real));
        let unwanted = |name: &str| {
            let hidden = by_link && !is_open(name, &real_top);
            unwanted(name, &top).or(hidden.then_some(HIDDEN))
        };
        let (start, notes) = (self.root.join(real), self.notes);
        let mut entries = WalkDir::new(&start).follow_root_links(false).into_iter();
        while let Some(entry) = entries.next() {
            let in_book = |place: &Path| SourcePath::of_book(notes, &in_book(path, &start, place));
            let entry = match entry {
                Ok(entry) => entry,
                // A book need not have every folder, and a file may disappear during the walk.
                Err(error) if error.io_error().is_some_and(is_absent) => continue,
                Err(error) => {
                    let here = || SourcePath::of_book(notes, path);
                    let at = error.path().map_or_else(here, in_book);
                    let why = error.io_error().map_or_else(|| error.to_string(), plain);
                    self.refuse(at, Refusal::Unreadable(why));
                    continue;
                }
            };
            let is_folder = entry.file_type().is_dir();
            let at = in_book(entry.path());
            let name = entry.file_name().to_string_lossy();
            // Beside the notes lies what belongs to the book itself.
            if path.is_empty() && entry.depth() == 1 && at.in_notes().is_none() {
                if is_folder {
                    entries.skip_current_dir();
                }
                continue;
            }
            if let Some(why) = unwanted(&name).filter(|_| entry.depth() > 0) {
                self.skipped.push((at, why));
                if is_folder {
                    entries.skip_current_dir();
                }
            } else if is_folder && by_link && !self.entered.insert(entry.path().to_owned()) {
                self.skipped.push((at, TWICE));
                entries.skip_current_dir();
            } else if let Some(refusal) = refusal(&entry) {
                self.refuse(at, refusal);
                if is_folder {
                    entries.skip_current_dir();
                }
            } else if entry.path_is_symlink() {
                self.follow(at, &entry, links);
            } else if !is_folder {
                let place = if by_link {
                    SourcePath::of_book(notes, in_book_itself(self.root, entry.path()).as_str())
                } else {
                    at.clone()
                };
                self.found.push((at, FoundPlace::File(place)));
            }
        }
    }

    /// Takes the target of a link: a file now, a folder later.
    fn follow(&mut self, at: SourcePath, link: &DirEntry, links: &mut Vec<FolderLink>) {
        let real = match link.path().canonicalize() {
            Ok(real) => real,
            Err(error) => return self.refuse(at, Refusal::Unreadable(plain(&error))),
        };
        let Some(source) = source_at(self.root, &real, self.notes) else {
            return self.refuse(at, Refusal::LeavesBook);
        };
        // The target's notes are read already and would get two pages each; or the target is read
        // at the same address.
        let target = SourcePath::of_book(self.notes, &source);
        let is_there = real.is_dir() && at.in_notes().is_some() && target.in_notes().is_some();
        let lies_in = link.path().parent().is_some_and(|folder| folder.starts_with(&real));
        if lies_in {
            let why = "it is a link to a folder that it lies in".to_owned();
            self.refuse(at, Refusal::Unreadable(why));
        } else if is_there || address(&at) == address(&target) {
            self.skipped.push((at, TWICE));
        } else if real.is_file() {
            let links = self.linked.entry(source.clone()).or_default();
            *links += 1;
            if *links > MAX_LINKS_TO_FILE {
                let why = format!(
                    "more than {MAX_LINKS_TO_FILE} links lead to the file that this one leads to"
                );
                return self.refuse(at, Refusal::Unreadable(why));
            }
            self.found.push((at, FoundPlace::File(target)));
        } else if !real.is_dir() {
            self.refuse(at, Refusal::Unreadable(NEITHER.to_owned()));
        } else {
            links.push((at.as_str().to_owned(), source));
        }
    }

    fn refuse(&mut self, at: SourcePath, refusal: Refusal) {
        self.found.push((at, FoundPlace::Refused(refusal)));
    }

    /// Returns everything that was found, sorted by path.
    fn end(mut self) -> FoundSources {
        // Two names that are not UTF-8 may give the same path. The last entry is used, so refusals
        // come last.
        let is_refused = |found: &FoundPlace| matches!(found, FoundPlace::Refused(_));
        self.found
            .sort_by(|a, b| a.0.cmp(&b.0).then_with(|| is_refused(&a.1).cmp(&is_refused(&b.1))));
        self.found
    }
}

/// The reason for skipping links to hidden files, and hidden files behind links.
const HIDDEN: &str = "its name begins with a dot";

/// The reason for skipping a link whose target is read already.
const TWICE: &str = "what it leads to is read already";

/// The reason for refusing pipes, sockets and devices.
const NEITHER: &str = "it is neither a file nor a folder";

/// Returns the reason for refusing an entry, whatever it leads to.
fn refusal(entry: &DirEntry) -> Option<Refusal> {
    let unreadable = |why: &str| Some(Refusal::Unreadable(why.to_owned()));
    let (name, kind) = (entry.file_name(), entry.file_type());
    if name.to_str().is_none() {
        return unreadable("its name is not UTF-8");
    }
    if !kind.is_dir() && !kind.is_file() && !kind.is_symlink() {
        return unreadable(NEITHER);
    }
    // The name of a page is two bytes longer than that of its note.
    let is_note = name.as_encoded_bytes().ends_with(b".md");
    let more = if is_note { ".html".len() - ".md".len() } else { 0 };
    if kind.is_file() && name.len() + more > LONGEST_NAME {
        return unreadable("its name is too long");
    }
    None
}

/// Returns the path in the book of `place`, which is at or below `start`, which the book has at
/// `path`. Names that are not UTF-8 are converted with replacement characters.
fn in_book(path: &str, start: &Path, place: &Path) -> String {
    let below = place.strip_prefix(start).unwrap_or(place).components();
    let names = below.map(|part: Component<'_>| part.as_os_str().to_string_lossy().into_owned());
    let names = Some(path.to_owned()).filter(|path| !path.is_empty()).into_iter().chain(names);
    names.collect::<Vec<_>>().join("/")
}

/// Returns the path in the book of a file that is not reached through a link.
pub(super) fn in_book_itself(root: &Path, place: &Path) -> SourcePath {
    let below = place.strip_prefix(root).unwrap_or(place).components();
    let names: Vec<_> = below.map(|part| part.as_os_str().to_string_lossy()).collect();
    SourcePath::new(names.join("/"))
}
