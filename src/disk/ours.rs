//! The files that Fieldbook wrote to an output folder, as far as that is known.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::OnceLock;

use rayon::prelude::*;

use super::folder::{FolderEntry, FolderPath, OpenFolder};
use super::manifest::{ByteHash, FileStamp, Journal};
use super::store::{OwnershipRecord, RecordStore};
use crate::fingerprint::Fingerprint;
use crate::path::OutputPath;
use crate::slug::composed;

/// The number of files that a thread checks before it takes more.
pub(super) const AT_A_TIME: usize = 512;

/// The files that Fieldbook wrote.
pub(super) struct OwnFiles {
    /// Files named by the record that nobody else can have written.
    pub(super) own: OwnershipRecord,
    /// Files that only the record in the book names. They are ours only if their bytes match.
    pub(super) claimed: OwnershipRecord,
    /// The paths of all files, grouped by folded path.
    folded: OnceLock<BTreeMap<String, Vec<OutputPath>>>,
}

impl OwnFiles {
    /// Reads the files from the records in `store`.
    pub(super) fn read(store: &RecordStore, is_default: bool) -> Self {
        let (own, claimed) = store.read(is_default);
        Self { own, claimed, folded: OnceLock::new() }
    }

    /// Returns whether nothing is known.
    pub(super) fn is_empty(&self) -> bool {
        let is_empty = |record: &OwnershipRecord| {
            record.manifest.files.is_empty() && record.journal == Journal::default()
        };
        is_empty(&self.own) && is_empty(&self.claimed)
    }

    /// Returns whether the last build finished, and no other record says anything about the folder.
    pub(super) fn is_settled(&self) -> bool {
        self.own.journal == Journal::default() && self.claimed == OwnershipRecord::default()
    }

    /// Returns the paths of all files, without duplicates.
    pub(super) fn paths(&self) -> BTreeSet<&OutputPath> {
        let records = [&self.own, &self.claimed].into_iter();
        let paths = records.flat_map(|OwnershipRecord { manifest, journal }| {
            manifest.files.keys().chain(journal.coming.iter().map(|(path, _)| path))
        });
        paths.collect()
    }

    fn has(&self, path: &OutputPath) -> bool {
        self.hashes(path).next().is_some()
    }

    /// Returns the hashes of the files that were written, or about to be moved, to `path`.
    fn hashes(&self, path: &OutputPath) -> impl Iterator<Item = ByteHash> {
        hashes(&self.own, path).chain(hashes(&self.claimed, path))
    }

    /// Returns the paths that differ from `path` only in case or in the encoding of accents. Some
    /// file systems treat them as the same.
    fn twins(&self, path: &OutputPath) -> &[OutputPath] {
        let all = || {
            let mut all: BTreeMap<String, Vec<OutputPath>> = BTreeMap::new();
            self.paths().into_iter().for_each(|path| {
                all.entry(folded(path)).or_default().push(path.clone());
            });
            all
        };
        self.folded.get_or_init(all).get(&folded(path)).map_or(&[], Vec::as_slice)
    }

    /// Returns whether `path` isn't ours but a twin of it is, so that a file found at `path` may be
    /// the twin.
    pub(super) fn has_twin(&self, path: &OutputPath) -> bool {
        !self.has(path) && !self.twins(path).is_empty()
    }

    /// Returns whether the file `name` in `folder`, at `path` in the output, has content that
    /// Fieldbook wrote.
    pub(super) fn wrote(
        &self,
        path: &OutputPath,
        folder: &OpenFolder,
        name: &str,
    ) -> io::Result<bool> {
        let own = [path.clone()];
        let known = if self.has(path) { &own[..] } else { self.twins(path) };
        if known.is_empty() {
            return Ok(false);
        }
        let now = ByteHash::of_file(folder.file(name)?.0)?;
        Ok(known.iter().any(|path| self.hashes(path).any(|bytes| bytes == now)))
    }

    /// Returns whether the file `name` in `folder`, at `path` in the output, may be replaced by a
    /// page. A page of ours that somebody changed is made again if the trusted record names it.
    pub(super) fn may_replace(
        &self,
        path: &OutputPath,
        folder: &OpenFolder,
        name: &str,
    ) -> io::Result<bool> {
        Ok(hashes(&self.own, path).next().is_some() || self.wrote(path, folder, name)?)
    }

    /// Returns the files that are unchanged since they were written, with the fingerprints of their
    /// inputs. If `by_bytes`, the files are also read; otherwise size, times and inode decide.
    pub(super) fn in_place(
        &self,
        output: &OpenFolder,
        by_bytes: bool,
    ) -> BTreeMap<OutputPath, Fingerprint> {
        let files: Vec<_> = self.own.manifest.files.iter().collect();
        let is_in_place = |walker: &mut FolderPath<'_>, path: &OutputPath| {
            let record = self.own.manifest.files.get(path)?;
            let (folder, name) = walker.to(path.as_str()).ok()?;
            let metadata = folder.metadata(name).ok().filter(|found| found.is_file())?;
            let is_same = Some(FileStamp::of(&metadata)) == record.stamp
                && (!by_bytes || self.wrote(path, folder, name).unwrap_or(false));
            record.fingerprint.filter(|_| is_same)
        };
        let found = files.par_chunks(AT_A_TIME).flat_map_iter(|files| {
            let mut walker = FolderPath::new(output);
            let found = move |(path, _): &(&OutputPath, _)| {
                Some(((*path).clone(), is_in_place(&mut walker, path)?))
            };
            files.iter().filter_map(found)
        });
        found.collect::<Vec<_>>().into_iter().collect()
    }

    /// Returns whether the folder `name` in `above`, at `path` in the output, contains only files
    /// that Fieldbook wrote and folders of them.
    pub(super) fn wrote_all(&self, path: &str, above: &OpenFolder, name: &str) -> io::Result<bool> {
        let folder = above.folder(name)?;
        let entries = folder.entries()?;
        for (name, place) in &entries {
            let path = format!("{path}/{name}");
            let is_ours = match place {
                FolderEntry::Folder => self.wrote_all(&path, &folder, name)?,
                FolderEntry::File => self.wrote(&OutputPath::new(path), &folder, name)?,
                FolderEntry::Empty | FolderEntry::Link | FolderEntry::Other => false,
            };
            if !is_ours {
                return Ok(false);
            }
        }
        Ok(!entries.is_empty() || self.has_below(path))
    }

    /// Returns whether the folder at `path` may have contained a file of ours.
    fn has_below(&self, path: &str) -> bool {
        let prefix = OutputPath::new(format!("{path}/"));
        let is_below = |path: &OutputPath| path.as_str().starts_with(prefix.as_str());
        let has = |OwnershipRecord { manifest, journal }: &OwnershipRecord| {
            let coming = journal.coming.range((prefix.clone(), ByteHash::LEAST)..).next();
            manifest.files.range(&prefix..).next().is_some_and(|(path, _)| is_below(path))
                || coming.is_some_and(|(path, _)| is_below(path))
        };
        has(&self.own) || has(&self.claimed)
    }
}

/// Returns the hashes of the files that a record names at `path`.
fn hashes(record: &OwnershipRecord, path: &OutputPath) -> impl Iterator<Item = ByteHash> {
    let coming = record.journal.coming.range((path.clone(), ByteHash::LEAST)..);
    let coming = coming.take_while(move |(coming, _)| coming == path).map(|(_, bytes)| *bytes);
    record.manifest.files.get(path).map(|file| file.bytes).into_iter().chain(coming)
}

/// Returns a path in the form in which a case-insensitive file system compares it.
pub(super) fn folded(path: &OutputPath) -> String {
    composed(path.as_str()).to_lowercase()
}
