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

/// How many files a thread looks at before it takes others.
pub(super) const AT_A_TIME: usize = 512;

/// The files that Fieldbook wrote.
pub(super) struct OwnFiles {
    /// Those of which nobody else can have said so.
    pub(super) own: OwnershipRecord,
    /// Those of which the record in the book says so beside that. It counts only where the bytes agree.
    pub(super) claimed: OwnershipRecord,
    /// The paths of all, by what they have in common with their twins.
    folded: OnceLock<BTreeMap<String, Vec<OutputPath>>>,
}

impl OwnFiles {
    /// The files that `store` has the record of.
    pub(super) fn read(store: &RecordStore, is_default: bool) -> Self {
        let (own, claimed) = store.read(is_default);
        Self { own, claimed, folded: OnceLock::new() }
    }

    /// Whether nothing is known.
    pub(super) fn is_empty(&self) -> bool {
        let is_empty = |record: &OwnershipRecord| {
            record.manifest.files.is_empty() && record.journal == Journal::default()
        };
        is_empty(&self.own) && is_empty(&self.claimed)
    }

    /// Says whether the last build ended, and nothing else is said of the folder.
    pub(super) fn is_settled(&self) -> bool {
        self.own.journal == Journal::default() && self.claimed == OwnershipRecord::default()
    }

    /// The paths of all files, each once, in order.
    pub(super) fn paths(&self) -> BTreeSet<&OutputPath> {
        let records = [&self.own, &self.claimed].into_iter();
        let of = records.flat_map(|OwnershipRecord { manifest, journal }| {
            manifest.files.keys().chain(journal.coming.iter().map(|(path, _)| path))
        });
        of.collect()
    }

    fn has(&self, path: &OutputPath) -> bool {
        self.hashes(path).next().is_some()
    }

    /// The hashes of the files that were written, or about to come, to `path`.
    fn hashes(&self, path: &OutputPath) -> impl Iterator<Item = ByteHash> {
        hashes(&self.own, path).chain(hashes(&self.claimed, path))
    }

    /// The paths that differ from `path` only in capital letters or in how accents are written. Some file
    /// systems take them for the same.
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

    /// Whether only a twin of `path` is ours, so that a file that is found there may be that one.
    pub(super) fn has_twin(&self, path: &OutputPath) -> bool {
        !self.has(path) && !self.twins(path).is_empty()
    }

    /// Whether the file called `name` in `folder`, which is that at `path`, holds what Fieldbook wrote.
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

    /// Whether the file called `name` in `folder`, which is that at `path`, may be replaced by another
    /// page of the site. A page of ours that somebody altered is made again, if nobody but us can have
    /// said that it is ours.
    pub(super) fn may_replace(
        &self,
        path: &OutputPath,
        folder: &OpenFolder,
        name: &str,
    ) -> io::Result<bool> {
        Ok(hashes(&self.own, path).next().is_some() || self.wrote(path, folder, name)?)
    }

    /// The files that are as they were written, with what each was made from. With `by_bytes`, each file
    /// is read; else its size, times and inode tell.
    pub(super) fn in_place(
        &self,
        output: &OpenFolder,
        by_bytes: bool,
    ) -> BTreeMap<OutputPath, Fingerprint> {
        let files: Vec<_> = self.own.manifest.files.iter().collect();
        let is_in_place = |way: &mut FolderPath<'_>, path: &OutputPath| {
            let record = self.own.manifest.files.get(path)?;
            let (folder, name) = way.to(path.as_str()).ok()?;
            let is = folder.metadata(name).ok().filter(|metadata| metadata.is_file())?;
            let is_same = Some(FileStamp::of(&is)) == record.stamp
                && (!by_bytes || self.wrote(path, folder, name).unwrap_or(false));
            record.fingerprint.filter(|_| is_same)
        };
        let found = files.par_chunks(AT_A_TIME).flat_map_iter(|files| {
            let mut way = FolderPath::new(output);
            let found = move |(path, _): &(&OutputPath, _)| {
                Some(((*path).clone(), is_in_place(&mut way, path)?))
            };
            files.iter().filter_map(found)
        });
        found.collect::<Vec<_>>().into_iter().collect()
    }

    /// Whether the folder called `name` in `above` holds nothing but what Fieldbook wrote and folders of
    /// that; `path` is its path in the output.
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

    /// Whether a file of ours may have been in the folder at `path`.
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

/// The hashes of the files that a record names at `path`.
fn hashes(record: &OwnershipRecord, path: &OutputPath) -> impl Iterator<Item = ByteHash> {
    let coming = record.journal.coming.range((path.clone(), ByteHash::LEAST)..);
    let coming = coming.take_while(move |(coming, _)| coming == path).map(|(_, bytes)| *bytes);
    record.manifest.files.get(path).map(|file| file.bytes).into_iter().chain(coming)
}

/// A path as a file system sees it that takes capital and small letters for the same.
pub(super) fn folded(path: &OutputPath) -> String {
    composed(path.as_str()).to_lowercase()
}
