//! Reads the sources of a book, many at a time.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read};
use std::path::Path;

use rayon::ThreadPoolBuilder;
use rayon::prelude::*;

use super::find::{FoundPlace, FoundSources, list, locate, notes_folder_of};
use super::folder::{FolderPath, OpenFolder, is_absent};
use super::{DiskError, plain, with_path};
use crate::AT_A_TIME;
use crate::path::SourcePath;
use crate::render::builtin_files;
use crate::source::{FILE_LIMIT, Refusal, Source, Sources};

/// The least number of threads that read files.
const MIN_THREADS: usize = 16;

/// Reads every input of the book at `root`, with the configuration at `config`. A file that can't
/// be read becomes a refused source, so that it is reported; a file that was deleted since it was
/// found does not.
pub fn read(root: &Path, config: &SourcePath) -> Result<Sources, DiskError> {
    let root = with_path(root, root.canonicalize())?;
    let folder = with_path(&root, OpenFolder::open(&root))?;
    let notes = notes_folder_of(&root, config);
    let read =
        for_each_file(&folder, list(&root, config, &notes), |walker, path, found| match found {
            FoundPlace::File(file) => match open(walker, &file) {
                Err(error) if is_absent(&error) => None,
                opened => Some(of_file(path, opened)),
            },
            FoundPlace::Refused(refusal) => Some(Source::refused(path, refusal)),
        });
    Ok(read.into_iter().flatten().collect())
}

/// Reads some files of the book again, to show the lines with problems. Files of the built-in theme
/// are included; files that Fieldbook doesn't read are not.
pub fn read_again<'a>(root: &Path, paths: impl Iterator<Item = &'a SourcePath>) -> Sources {
    let paths: BTreeSet<&SourcePath> = paths.collect();
    let folder = root.canonicalize().and_then(|root| OpenFolder::open(&root)).ok();
    let files = folder.iter().flat_map(|folder| {
        let mut walker = FolderPath::new(folder);
        let read = move |path: &&SourcePath| {
            let file = locate(folder.path(), path)?;
            Some(of_file((*path).clone(), open(&mut walker, &file)))
        };
        paths.iter().filter_map(read)
    });
    builtin_files().into_iter().chain(files).collect()
}

/// Reads a file that the user named. Fails if it isn't a file (for example a device behind a link)
/// or is too large.
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
    with_path(path, read())
}

/// Runs `work` for each file and returns the results in order. A disk answers many requests at once
/// in little more time than one, so many files are read on more threads than there are cores.
pub(super) fn for_each_file<T: Send>(
    book: &OpenFolder,
    files: FoundSources,
    work: impl Fn(&mut FolderPath<'_>, SourcePath, FoundPlace) -> T + Send + Sync,
) -> Vec<T> {
    let are_many = files.len() > AT_A_TIME;
    let n_threads = rayon::current_num_threads().max(MIN_THREADS);
    let all = || {
        let work = |walker: &mut FolderPath<'_>, (path, found)| work(walker, path, found);
        let files = files.into_par_iter().with_max_len(AT_A_TIME);
        files.map_init(|| FolderPath::new(book), work).collect()
    };
    let threads = are_many.then(|| ThreadPoolBuilder::new().num_threads(n_threads).build());
    match threads {
        Some(Ok(threads)) => threads.install(all),
        // The existing threads are enough.
        Some(Err(_)) | None => all(),
    }
}

/// An open file and its metadata.
pub(super) type OpenedFile = io::Result<(fs::File, fs::Metadata)>;

/// Opens the file at `path`, which no link leads to.
pub(super) fn open(walker: &mut FolderPath<'_>, path: &SourcePath) -> OpenedFile {
    let (folder, name) = walker.to(path.as_str())?;
    folder.file(name)
}

/// Creates the source at `path` from an opened file.
pub(super) fn of_file(path: SourcePath, opened: OpenedFile) -> Source {
    match opened.and_then(|(file, metadata)| bytes(file, metadata.len())) {
        Ok(Some(bytes)) => Source::new(path, bytes),
        Ok(None) => Source::refused(path, Refusal::TooLarge { limit: FILE_LIMIT }),
        Err(error) => Source::refused(path, Refusal::Unreadable(plain(&error))),
    }
}

/// Reads a file of this size, in bytes; returns `None` if it is too large.
fn bytes(file: fs::File, size: u64) -> io::Result<Option<Vec<u8>>> {
    let limit = FILE_LIMIT as u64;
    if size > limit {
        return Ok(None);
    }
    // One byte more than the size, so that the end is detected without growing the buffer.
    let mut bytes = Vec::with_capacity(size as usize + 1);
    file.take(limit + 1).read_to_end(&mut bytes)?;
    Ok(Some(bytes).filter(|bytes| bytes.len() <= FILE_LIMIT))
}
