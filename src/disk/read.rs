//! Reading the sources of a book, many at a time.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read};
use std::path::Path;

use rayon::ThreadPoolBuilder;
use rayon::prelude::*;

use super::find::{FoundPlace, FoundSources, list, locate};
use super::folder::{FolderPath, OpenFolder, is_absent};
use super::{DiskError, at, plain};
use crate::AT_A_TIME;
use crate::path::SourcePath;
use crate::render::builtin_files;
use crate::source::{FILE_LIMIT, Refusal, Source, Sources};

/// How many files are asked for at one time, at least.
const REQUESTS: usize = 16;

/// Reads every input of the book at `root`, with its configuration in `config`. What can't be read is a
/// source all the same, so that it is reported and not passed over; a file that was taken away since it
/// was found is not.
pub fn read(root: &Path, config: &SourcePath) -> Result<Sources, DiskError> {
    let root = at(root, root.canonicalize())?;
    let folder = at(&root, OpenFolder::open(&root))?;
    let read = for_each_file(&folder, list(&root, config), |way, path, found| match found {
        FoundPlace::File(file) => match open(way, &file) {
            Err(error) if is_absent(&error) => None,
            opened => Some(of_file(path, opened)),
        },
        FoundPlace::Refused(refusal) => Some(Source::refused(path, refusal)),
    });
    Ok(read.into_iter().flatten().collect())
}

/// Reads some files of the book again, to show the lines that a problem is in. Files of the built-in
/// theme are there too; files that are not taken are not.
pub fn read_again<'a>(root: &Path, paths: impl Iterator<Item = &'a SourcePath>) -> Sources {
    let paths: BTreeSet<&SourcePath> = paths.collect();
    let folder = root.canonicalize().and_then(|root| OpenFolder::open(&root)).ok();
    let files = folder.iter().flat_map(|folder| {
        let mut way = FolderPath::new(folder);
        let read = move |path: &&SourcePath| {
            let file = locate(folder.path(), path)?;
            Some(of_file((*path).clone(), open(&mut way, &file)))
        };
        paths.iter().filter_map(read)
    });
    builtin_files().into_iter().chain(files).collect()
}

/// The bytes of a file that the user named. Anything but a file, such as a device that a link leads to, is
/// a failure, and so is a file that is too large.
pub fn read_file(path: &Path) -> Result<Vec<u8>, DiskError> {
    let read = || {
        let path = path.canonicalize()?;
        let (Some(folder), Some(name)) =
            (path.parent(), path.file_name().and_then(|name| name.to_str()))
        else {
            return Err(io::ErrorKind::IsADirectory.into());
        };
        let (file, metadata) = OpenFolder::open(folder)?.file(name)?;
        let limit = FILE_LIMIT / (1024 * 1024);
        let too_large = || io::Error::other(format!("it is larger than {limit} MB"));
        bytes(file, metadata.len())?.ok_or_else(too_large)
    };
    at(path, read())
}

/// Does the work for each file, in their order. A disk answers many requests at once in little more
/// time than one, so where there are many files there are more threads than cores.
pub(super) fn for_each_file<T: Send>(
    book: &OpenFolder,
    files: FoundSources,
    work: impl Fn(&mut FolderPath<'_>, SourcePath, FoundPlace) -> T + Send + Sync,
) -> Vec<T> {
    let are_many = files.len() > AT_A_TIME;
    let n_threads = rayon::current_num_threads().max(REQUESTS);
    let all = || {
        let work = |way: &mut FolderPath<'_>, (path, found)| work(way, path, found);
        let files = files.into_par_iter().with_max_len(AT_A_TIME);
        files.map_init(|| FolderPath::new(book), work).collect()
    };
    let threads = are_many.then(|| ThreadPoolBuilder::new().num_threads(n_threads).build());
    match threads {
        Some(Ok(threads)) => threads.install(all),
        // Those that are there will do.
        Some(Err(_)) | None => all(),
    }
}

/// A file that is open, and what the system says of it.
pub(super) type OpenedFile = io::Result<(fs::File, fs::Metadata)>;

/// Opens the file at `path`, which no link leads to.
pub(super) fn open(way: &mut FolderPath<'_>, path: &SourcePath) -> OpenedFile {
    let (folder, name) = way.to(path.as_str())?;
    folder.file(name)
}

/// The source at `path`, from the file that was opened for it.
pub(super) fn of_file(path: SourcePath, opened: OpenedFile) -> Source {
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
