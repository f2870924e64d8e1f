//! Reading a book again and again: what may differ is read, and the rest is left alone.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use rayon::prelude::*;

use super::find::{
    FOLDERS, FoundPlace, FoundSources, configuration, in_book_itself, list, list_below,
};
use super::folder::{FolderPath, OpenFolder, is_absent};
use super::read::{for_each_file, of_file, open};
use super::wanted::is_wanted;
use super::{DiskError, at};
use crate::path::SourcePath;
use crate::source::{Source, SourceEdit, SourceRole, Sources};

/// How long a file must have lain still for its times to tell it from another: a file can be
/// written twice within one tick of the clock of a file system, and that of FAT ticks every 2 s.
const TICK: Duration = Duration::from_secs(2);

/// A book that is read again and again.
pub struct BookReader {
    root: PathBuf,
    config: SourcePath,
    /// Every input there was, and how to tell whether it is still the same; `None` where only
    /// reading it can.
    seen: BTreeMap<SourcePath, Option<FileIdentity>>,
}

/// What tells a file from what stood in its place before.
#[derive(Clone, Debug, PartialEq)]
struct FileIdentity {
    size: u64,
    modified: SystemTime,
    /// Number and last change of the inode, where the system has them: a file that was moved into
    /// place keeps its old time.
    inode: (u64, i64, i64),
}

impl BookReader {
    /// A book of which nothing was read yet, at `root` with its configuration in `config`.
    pub fn new(root: &Path, config: &SourcePath) -> Result<Self, DiskError> {
        let root = at(root, root.canonicalize())?;
        Ok(Self { root, config: config.clone(), seen: BTreeMap::new() })
    }

    /// The folder of the book.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// What lies in the folder of the book that holds sources, whether it is there or not.
    pub fn places(&self) -> impl Iterator<Item = PathBuf> {
        FOLDERS.iter().map(|folder| self.root.join(folder))
    }

    /// Looks at the whole book, and returns where it differs from `known`, which is what came of the
    /// looks before. A folder of the book that is gone is a failure, and changes nothing: it may come
    /// back.
    pub fn look(&mut self, known: &Sources) -> Result<Vec<SourceEdit>, DiskError> {
        let book = at(&self.root, OpenFolder::open(&self.root))?;
        let found: BTreeMap<_, _> = list(&self.root, &self.config).into_iter().collect();
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

    /// Forgets what was read, so that the next look reads everything.
    pub fn forget(&mut self) {
        self.seen.clear();
    }

    /// Looks only at these files and folders, and reads them whatever their times say.
    pub fn look_at(&mut self, paths: &BTreeSet<PathBuf>, known: &Sources) -> Vec<SourceEdit> {
        // A book that is gone for a moment is seen by the next look at all of it.
        let Ok(book) = OpenFolder::open(&self.root) else { return Vec::new() };
        let mut found = BTreeMap::new();
        let mut gone = BTreeSet::new();
        for path in paths {
            let Some(place) = self.place(path) else { continue };
            match place == self.config {
                true => found.extend(configuration(&self.root, &self.config)),
                false => found.extend(list_below(&self.root, &place)),
            }
            gone.extend(self.below(&place).cloned());
        }
        gone.retain(|path| !found.contains_key(path));
        self.take(&book, gone.into_iter().collect(), found.into_iter().collect(), known)
    }

    /// Where `path` is in the book, if sources lie there.
    fn place(&self, path: &Path) -> Option<SourcePath> {
        let below = path.strip_prefix(&self.root).ok()?;
        let place = in_book_itself(&self.root, path);
        let mut names = below.components().map(|part| part.as_os_str().to_string_lossy());
        let top = names.next()?;
        if place == self.config {
            return Some(place);
        }
        let wanted = FOLDERS.contains(&&*top) && names.all(|name| is_wanted(&name, &top));
        // What lies behind a link to a folder is found by the look at all.
        let mut above = below.ancestors().skip(1).map(|folder| self.root.join(folder));
        let by_link = above.any(|folder| folder.is_symlink());
        (wanted && !by_link).then_some(place)
    }

    /// What was seen at `place` and below it.
    fn below<'s>(&'s self, place: &'s SourcePath) -> impl Iterator<Item = &'s SourcePath> {
        let is_below =
            move |path: &SourcePath| path == place || path.below(place.as_str()).is_some();
        let near = self.seen.range(place.clone()..).map(|(path, _)| path);
        near.take_while(|path| path.as_str().starts_with(place.as_str()))
            .filter(move |path| is_below(path))
    }

    /// Reads what was found. What is as it was is let go of at once: of thousands of files that are
    /// written again as they were, none is held.
    fn take(
        &mut self,
        book: &OpenFolder,
        gone: Vec<SourcePath>,
        found: FoundSources,
        known: &Sources,
    ) -> Vec<SourceEdit> {
        let now = SystemTime::now();
        let read = |way: &mut FolderPath<'_>, path: SourcePath, found: FoundPlace| {
            let (stamp, new) = match found {
                FoundPlace::Refused(refusal) => (None, Source::refused(path.clone(), refusal)),
                FoundPlace::File(file) => match open(way, &file) {
                    // An editor took it away meanwhile, to put another in its place.
                    Err(error) if is_absent(&error) => return (path, None),
                    opened => {
                        // The stamp comes first, so that what is written while we read is seen by
                        // the next look.
                        let stamp = opened.as_ref().ok().and_then(|(_, is)| FileIdentity::new(is));
                        let stamp = stamp.filter(|stamp| stamp.is_settled(now));
                        (stamp, of_file(path.clone(), opened))
                    }
                },
            };
            if SourceRole::of(&path) != SourceRole::Note {
                // It is asked for in any case, and this is done for many files at a time.
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

    /// Whether the file was last touched so long before `now` that a further change would show.
    fn is_settled(&self, now: SystemTime) -> bool {
        let changed = Duration::new(self.inode.1.max(0) as u64, self.inode.2.max(0) as u32);
        let last = self.modified.max(SystemTime::UNIX_EPOCH + changed);
        now.duration_since(last).is_ok_and(|still| still >= TICK)
    }
}
