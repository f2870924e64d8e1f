//! Reads a book repeatedly: only files that may have changed are read.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use rayon::prelude::*;

use super::find::{
    FoundPlace, FoundSources, configuration, folders, in_book_itself, list, list_below,
    notes_folder_of,
};
use super::folder::{FolderPath, OpenFolder, is_absent};
use super::read::{for_each_file, of_file, open};
use super::wanted::is_wanted;
use super::{DiskError, with_path};
use crate::path::SourcePath;
use crate::source::{Source, SourceEdit, SourceRole, Sources};

/// The time for which a file must have been unchanged before its times can identify it: a file can
/// be written twice within one tick of the file system's clock, and FAT's ticks take 2 s.
const SETTLE_TIME: Duration = Duration::from_secs(2);

/// A book that is read repeatedly.
pub struct BookReader {
    root: PathBuf,
    config: SourcePath,
    /// The folder of the notes.
    notes: String,
    /// Every known input, with the identity of its file; `None` if only reading it can show a
    /// change.
    seen: BTreeMap<SourcePath, Option<FileIdentity>>,
}

/// Properties that distinguish a file from the file that was there before.
#[derive(Clone, Debug, PartialEq)]
struct FileIdentity {
    size: u64,
    modified: SystemTime,
    /// The number and the change time (seconds, nanoseconds) of the inode, if the system has them:
    /// a file that was moved into place keeps its old modification time.
    inode: (u64, i64, i64),
}

impl BookReader {
    /// Creates a reader for the book at `root`, with the configuration at `config`. Nothing is read
    /// yet.
    pub fn new(root: &Path, config: &SourcePath) -> Result<Self, DiskError> {
        let root = with_path(root, root.canonicalize())?;
        let notes = notes_folder_of(&root, config);
        Ok(Self { root, config: config.clone(), notes, seen: BTreeMap::new() })
    }

    /// Returns the folder of the book.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Returns the folders that may hold sources, whether they exist or not.
    pub fn places(&self) -> impl Iterator<Item = PathBuf> {
        folders(&self.notes).map(|folder| self.root.join(folder))
    }

    /// Looks at the whole book and returns the changes since `known`, the result of earlier looks.
    /// If the folder of the book is missing, fails and changes nothing: the folder may come back.
    pub fn look(&mut self, known: &Sources) -> Result<Vec<SourceEdit>, DiskError> {
        let book = with_path(&self.root, OpenFolder::open(&self.root))?;
        let notes = notes_folder_of(&self.root, &self.config);
        if notes != self.notes {
            // The same file may be a note now, and a picture beside the notes no more.
            self.notes = notes;
            let all = std::mem::take(&mut self.seen).into_keys().map(SourceEdit::Remove);
            let mut edits: Vec<SourceEdit> = all.collect();
            edits.extend(self.look(&Sources::default())?);
            return Ok(edits);
        }
        let found: BTreeMap<_, _> =
            list(&self.root, &self.config, &self.notes).into_iter().collect();
        let gone: Vec<SourcePath> =
            self.seen.keys().filter(|path| !found.contains_key(path)).cloned().collect();
        let differs = |(path, found): &(SourcePath, FoundPlace)| match (found, self.seen.get(path))
        {
            (FoundPlace::File(file), Some(Some(before))) => {
                FileIdentity::of(&self.root.join(file.as_str())).as_ref() != Some(before)
            }
            _ => true,
        };
        let found: Vec<_> = found.into_iter().collect();
        let found = found.into_par_iter().filter(differs).collect();
        Ok(self.take(&book, gone, found, known))
    }

    /// Returns the folder of the notes, from that of the book on.
    pub fn notes(&self) -> &str {
        &self.notes
    }

    /// Returns whether a file is a source of the book, or would be one if it were there.
    pub fn takes(&self, path: &SourcePath) -> bool {
        self.seen.contains_key(path) || self.place(&self.root.join(path.as_str())).is_some()
    }

    /// Forgets what was read of a file, so that the next look reads it. Returns whether it was there.
    pub fn forget_file(&mut self, path: &SourcePath) -> bool {
        let known = self.seen.get_mut(path);
        known.map(|identity| *identity = None).is_some()
    }

    /// Forgets what was read, so that the next look reads everything.
    pub fn forget(&mut self) {
        self.seen.clear();
    }

    /// Looks only at these files and folders, and reads them whatever their times say.
    pub fn look_at(&mut self, paths: &BTreeSet<PathBuf>, known: &Sources) -> Vec<SourceEdit> {
        // If the book is gone for a moment, the next look at the whole book notices.
        let Ok(book) = OpenFolder::open(&self.root) else { return Vec::new() };
        let mut found = BTreeMap::new();
        let mut gone = BTreeSet::new();
        for path in paths {
            let Some(place) = self.place(path) else { continue };
            if place == self.config {
                found.extend(configuration(&self.root, &self.config));
            } else {
                found.extend(list_below(&self.root, &place, &self.notes));
            }
            gone.extend(self.below(&place).cloned());
        }
        gone.retain(|path| !found.contains_key(path));
        self.take(&book, gone.into_iter().collect(), found.into_iter().collect(), known)
    }

    /// Returns the path of `path` in the book, if it is a place for sources.
    fn place(&self, path: &Path) -> Option<SourcePath> {
        let below = path.strip_prefix(&self.root).ok()?;
        let place = SourcePath::of_book(&self.notes, in_book_itself(&self.root, path).as_str());
        let mut names = below.components().map(|part| part.as_os_str().to_string_lossy());
        let top = names.next()?;
        if place == self.config {
            return Some(place);
        }
        let is_in = |folder: &str| place.as_str() == folder || place.below(folder).is_some();
        let is_source = place.in_notes().is_some() || folders(&self.notes).any(is_in);
        let is_open = || !self.notes.is_empty() || is_wanted(&top, "") || is_in("static");
        let wanted = is_source && is_open() && names.all(|name| is_wanted(&name, &top));
        // Files behind a link to a folder are found by the look at the whole book.
        let mut above = below.ancestors().skip(1).map(|folder| self.root.join(folder));
        let by_link = above.any(|folder| folder.is_symlink());
        (wanted && !by_link).then_some(place)
    }

    /// Returns the known inputs at `place` and below it.
    fn below<'s>(&'s self, place: &'s SourcePath) -> impl Iterator<Item = &'s SourcePath> {
        let is_below =
            move |path: &SourcePath| path == place || path.below(place.as_str()).is_some();
        let near = self.seen.range(place.clone()..).map(|(path, _)| path);
        near.take_while(|path| path.as_str().starts_with(place.as_str()))
            .filter(move |path| is_below(path))
    }

    /// Reads the files that were found. Unchanged content is dropped at once, so that rewriting
    /// thousands of files without a change doesn't fill the memory.
    fn take(
        &mut self,
        book: &OpenFolder,
        gone: Vec<SourcePath>,
        found: FoundSources,
        known: &Sources,
    ) -> Vec<SourceEdit> {
        let now = SystemTime::now();
        let read = |walker: &mut FolderPath<'_>, path: SourcePath, found: FoundPlace| {
            let (stamp, new) = match found {
                FoundPlace::Refused(refusal) => (None, Source::refused(path.clone(), refusal)),
                FoundPlace::File(file) => match open(walker, &file) {
                    // An editor removed the file meanwhile, to put another in its place.
                    Err(error) if is_absent(&error) => return (path, None),
                    opened => {
                        // The stamp is taken first, so that the next look notices changes made
                        // while the file is read.
                        let stamp = opened
                            .as_ref()
                            .ok()
                            .and_then(|(_, metadata)| FileIdentity::new(metadata));
                        let stamp = stamp.filter(|stamp| stamp.is_settled(now));
                        (stamp, of_file(path.clone(), opened))
                    }
                },
            };
            if SourceRole::of(&path) != SourceRole::Note {
                // The fingerprint is needed in any case, and here many files are processed at a
                // time.
                new.fingerprint();
            }
            let same = known.get(&path).is_some_and(|old| old.content == new.content);
            (path, Some((stamp, (!same).then_some(new))))
        };
        let read = for_each_file(book, found, read);
        let mut edits = Vec::new();
        for (path, found) in gone.into_iter().map(|path| (path, None)).chain(read) {
            if let Some((stamp, new)) = found {
                self.seen.insert(path, stamp);
                edits.extend(new.map(SourceEdit::Put));
            } else {
                self.seen.remove(&path);
                edits.extend(known.get(&path).is_some().then_some(SourceEdit::Remove(path)));
            }
        }
        edits
    }
}

impl FileIdentity {
    fn of(path: &Path) -> Option<Self> {
        Self::new(&fs::metadata(path).ok()?)
    }

    fn new(metadata: &fs::Metadata) -> Option<Self> {
        #[cfg(unix)]
        let inode = {
            use std::os::unix::fs::MetadataExt;
            (metadata.ino(), metadata.ctime(), metadata.ctime_nsec())
        };
        #[cfg(not(unix))]
        let inode = (0, 0, 0);
        Some(Self { size: metadata.len(), modified: metadata.modified().ok()?, inode })
    }

    /// Returns whether the file was last changed so long before `now` that another change would
    /// show.
    fn is_settled(&self, now: SystemTime) -> bool {
        let changed = Duration::new(self.inode.1.max(0) as u64, self.inode.2.max(0) as u32);
        let last = self.modified.max(SystemTime::UNIX_EPOCH + changed);
        now.duration_since(last).is_ok_and(|still| still >= SETTLE_TIME)
    }
}
