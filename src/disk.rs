//! The door to the file system: reads the book, writes the site.
#![expect(clippy::disallowed_methods, reason = "this module is the door to the file system")]

mod manifest;
mod output;
mod reader;

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use rayon::ThreadPoolBuilder;
use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

pub use manifest::{Manifest, Said};
pub use output::Output;
pub use reader::Reader;

use crate::AT_A_TIME;
use crate::path::SourcePath;
use crate::render::builtin_files;
use crate::source::{FILE_LIMIT, Refusal, Source, Sources};

/// The folders of a book that hold sources.
const FOLDERS: &[&str] = &["content", "static", "themes"];

/// The longest name of a note's file, in bytes: file systems take 255 for that of its page.
const LONGEST_NAME: usize = 255 - ".html".len() + ".md".len();

/// How many files are asked for at one time, at least.
const REQUESTS: usize = 16;

/// Something the system would not do, and with which file.
#[derive(Debug)]
pub struct Failure {
    /// The file.
    pub path: PathBuf,
    /// What the system said.
    pub error: io::Error,
}

impl std::error::Error for Failure {}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.path.display(), plain(&self.error))
    }
}

/// Adds the file to what the system said.
fn at<T>(path: &Path, result: io::Result<T>) -> Result<T, Failure> {
    result.map_err(|error| Failure { path: path.to_owned(), error })
}

/// Reads every input of the book below `root`, with its configuration in `config`. What can't be
/// read is a source all the same, so that it is reported and not passed over.
pub fn read(root: &Path, config: &SourcePath) -> Result<Sources, Failure> {
    let root = at(root, root.canonicalize())?;
    let found = list(&root, config);
    Ok(for_each_file(found, |(path, found)| source(path, found)).into_iter().collect())
}

/// Does the work for each file, in their order. A disk answers many requests at once in little more
/// time than one, so where there are many files there are more threads than cores.
fn for_each_file<T: Send>(
    files: Vec<(SourcePath, Found)>,
    work: impl Fn((SourcePath, Found)) -> T + Send + Sync,
) -> Vec<T> {
    let are_many = files.len() > AT_A_TIME;
    let n_threads = rayon::current_num_threads().max(REQUESTS);
    let all = || files.into_par_iter().with_max_len(AT_A_TIME).map(work).collect();
    let threads = are_many.then(|| ThreadPoolBuilder::new().num_threads(n_threads).build());
    match threads {
        Some(Ok(threads)) => threads.install(all),
        // Those that are there will do.
        Some(Err(_)) | None => all(),
    }
}

/// Reads some files of the book again, to show the lines that a problem is in. Files of the
/// built-in theme are there too.
pub fn read_again<'a>(root: &Path, paths: impl Iterator<Item = &'a SourcePath>) -> Sources {
    let paths: BTreeSet<&SourcePath> = paths.collect();
    let files = paths.into_iter().map(|path| (path.clone(), root.join(path.as_str())));
    let files = files.filter(|(_, file)| file.is_file());
    let files: Vec<Source> = files.map(|(path, file)| source(path, Found::File(file))).collect();
    builtin_files().into_iter().chain(files).collect()
}

/// Every input of the book.
fn list(root: &Path, config: &SourcePath) -> Vec<(SourcePath, Found)> {
    let mut found = Vec::new();
    for folder in FOLDERS {
        walk(root, folder, &root.join(folder), &mut found);
    }
    found.extend(configuration(root, config));
    found
}

/// The configuration, if there is one.
fn configuration(root: &Path, config: &SourcePath) -> Option<(SourcePath, Found)> {
    let file = root.join(config.as_str());
    if file.is_symlink() && !stays_inside(root, &file) {
        return Some((config.clone(), Found::Refused(Refusal::LeavesBook)));
    }
    file.is_file().then(|| (config.clone(), Found::File(file)))
}

/// A place in the book where something was found.
enum Found {
    File(PathBuf),
    Refused(Refusal),
}

/// Finds what lies at or below `place`, which is in the folder of sources called `folder`, in the order of paths.
fn walk(root: &Path, folder: &str, place: &Path, found: &mut Vec<(SourcePath, Found)>) {
    let first = found.len();
    let mut entries = WalkDir::new(place).follow_links(true).into_iter();
    while let Some(entry) = entries.next() {
        match entry {
            Ok(entry) => {
                let is_folder = entry.file_type().is_dir();
                let name = entry.file_name().to_string_lossy();
                let kept = entry.depth() == 0 || is_wanted(&name, folder);
                let refused = refusal(root, &entry).filter(|_| kept);
                if is_folder && (!kept || refused.is_some()) {
                    entries.skip_current_dir();
                }
                let path = || source_path(root, entry.path());
                match refused {
                    Some(refusal) => found.push((path(), Found::Refused(refusal))),
                    None if kept && !is_folder => {
                        found.push((path(), Found::File(entry.into_path())))
                    }
                    None => {}
                }
            }
            // A book need not have every folder.
            Err(error) if error.depth() == 0 && !place.is_symlink() => {}
            Err(error) => {
                let path =
                    error.path().map_or_else(|| SourcePath::new(folder), |p| source_path(root, p));
                let why = match error.loop_ancestor() {
                    Some(_) => "it is a link to a folder that it lies in".to_owned(),
                    None => error.io_error().map_or_else(|| error.to_string(), plain),
                };
                found.push((path, Found::Refused(Refusal::Unreadable(why))));
            }
        }
    }
    // Two names may be one path if they are no text; what comes last counts, and that one is refused.
    let is_refused = |found: &Found| matches!(found, Found::Refused(_));
    found[first..]
        .sort_by(|a, b| a.0.cmp(&b.0).then_with(|| is_refused(&a.1).cmp(&is_refused(&b.1))));
}

/// Why what lies here is not taken, if it is not. A link that leaves the book is not followed.
fn refusal(root: &Path, entry: &DirEntry) -> Option<Refusal> {
    let unreadable = |why: &str| Some(Refusal::Unreadable(why.to_owned()));
    let name = entry.file_name();
    if name.to_str().is_none() {
        return unreadable("its name is not UTF-8");
    }
    if entry.path_is_symlink() && !stays_inside(root, entry.path()) {
        return Some(Refusal::LeavesBook);
    }
    if !entry.file_type().is_dir() && !entry.file_type().is_file() {
        return unreadable("it is neither a file nor a folder");
    }
    // A page has an ending two bytes longer than that of its note.
    match name.len() > LONGEST_NAME && name.as_encoded_bytes().ends_with(b".md") {
        true => unreadable("its name is too long"),
        false => None,
    }
}

/// How files end, in small letters, that editors and systems leave beside those of the writer:
/// copies, and files that are there only while another is being saved.
const LEFT: [&str; 12] = [
    "~",
    ".bak",
    ".orig",
    ".rej",
    ".tmp",
    ".temp",
    ".swp",
    ".swo",
    ".part",
    ".crdownload",
    "___jb_tmp___",
    "___jb_old___",
];

/// What systems put into folders by themselves, in small letters. `4913` is the file by which vim
/// tries whether it may write to a folder.
const OF_SYSTEMS: [&str; 6] =
    ["thumbs.db", "ehthumbs.db", "desktop.ini", "$recycle.bin", "__macosx", "4913"];

/// Whether a file or folder is one of the writer's. In `static/` a name may begin with a dot:
/// `.well-known` is published. `~$x.docx` says that a program has `x.docx` open.
fn is_wanted(name: &str, folder: &str) -> bool {
    let small = name.to_ascii_lowercase();
    let hidden = name.starts_with('.')
        && (folder != "static" || matches!(name, ".DS_Store" | ".git") || name.starts_with("._"));
    !(hidden
        || name.starts_with('#')
        || name.starts_with("~$")
        || LEFT.iter().any(|ending| small.ends_with(ending))
        || OF_SYSTEMS.contains(&&*small)
        // What TextEdit and others write while they save: `x.md.sb-1a2b3c4d-e5f6gh`.
        || small.rsplit('.').next().is_some_and(|ending| ending.starts_with("sb-")))
}

fn stays_inside(root: &Path, path: &Path) -> bool {
    path.canonicalize().is_ok_and(|real| real.starts_with(root))
}

/// The path of a file below `root`; where its name is no text, as near to it as text can be.
fn source_path(root: &Path, path: &Path) -> SourcePath {
    let parts = path.strip_prefix(root).unwrap_or(path).components();
    let parts: Vec<_> = parts.map(|part| part.as_os_str().to_string_lossy()).collect();
    SourcePath::new(parts.join("/"))
}

fn source(path: SourcePath, found: Found) -> Source {
    match found {
        Found::File(file) => of_file(path, open(&file)),
        Found::Refused(refusal) => Source::refused(path, refusal),
    }
}

/// A file that is open, and what the system says of it.
type Opened = io::Result<(fs::File, fs::Metadata)>;

fn open(file: &Path) -> Opened {
    let file = fs::File::open(file)?;
    let metadata = file.metadata()?;
    Ok((file, metadata))
}

fn of_file(path: SourcePath, opened: Opened) -> Source {
    match opened.and_then(|(file, metadata)| bytes(file, metadata.len())) {
        Ok(Some(bytes)) => Source::new(path, bytes),
        Ok(None) => Source::refused(path, Refusal::TooLarge { limit: FILE_LIMIT }),
        Err(error) => Source::refused(path, Refusal::Unreadable(plain(&error))),
    }
}

/// What is in a file of this size; none if that is too much.
fn bytes(file: fs::File, size: u64) -> io::Result<Option<Vec<u8>>> {
    let limit = FILE_LIMIT as u64;
    if size > limit {
        return Ok(None);
    }
    // A byte more than it has, so that its end is met without growing.
    let mut bytes = Vec::with_capacity(size as usize + 1);
    file.take(limit + 1).read_to_end(&mut bytes)?;
    Ok(Some(bytes).filter(|bytes| bytes.len() <= FILE_LIMIT))
}

/// What the system said, without its number.
fn plain(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "it is not there".to_owned(),
        io::ErrorKind::PermissionDenied => "the system does not allow it".to_owned(),
        io::ErrorKind::NotADirectory => "a file stands where a folder is needed".to_owned(),
        io::ErrorKind::IsADirectory => "a folder stands where a file is needed".to_owned(),
        io::ErrorKind::StorageFull => "there is no room left".to_owned(),
        _ => error.to_string(),
    }
}
