//! The files that Fieldbook wrote to an output folder, as far as that is known.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::OnceLock;

use rayon::prelude::*;

use super::folder::{Descent, Folder, Occupant};
use super::manifest::{ByteHash, Journal, Manifest, Stamp};
use super::store::Store;
use crate::fingerprint::Fingerprint;
use crate::path::OutputPath;
use crate::slug::composed;

/// How many files a thread looks at before it takes others.
pub(super) const AT_A_TIME: usize = 512;

/// The files that Fieldbook wrote.
pub(super) struct Ours {
    /// The files of the last build that ended.
    pub(super) manifest: Manifest,
    /// The files that builds since then were about to put in place.
    pub(super) journal: Journal,
    is_trusted: bool,
    /// The paths of all, by what they have in common with their twins.
    folded: OnceLock<BTreeMap<String, Vec<OutputPath>>>,
}

impl Ours {
    /// The files that `store` has the record of.
    pub(super) fn read(store: &Store) -> Self {
        let (manifest, journal) = store.read();
        Self { manifest, journal, is_trusted: store.is_trusted(), folded: OnceLock::new() }
    }

    /// Whether nothing is known.
    pub(super) fn is_empty(&self) -> bool {
        self.manifest.files.is_empty() && self.journal == Journal::default()
    }

    /// The paths of all files, each once, in order.
    pub(super) fn paths(&self) -> BTreeSet<&OutputPath> {
        let coming = self.journal.coming.iter().map(|(path, _)| path);
        self.manifest.files.keys().chain(coming).collect()
    }

    fn has(&self, path: &OutputPath) -> bool {
        self.hashes(path).next().is_some()
    }

    /// The hashes of the files that were written, or about to come, to `path`.
    fn hashes(&self, path: &OutputPath) -> impl Iterator<Item = ByteHash> {
        let from = (path.clone(), ByteHash::LEAST);
        let coming = self.journal.coming.range(from..);
        let coming = coming.take_while(move |(coming, _)| coming == path).map(|(_, bytes)| *bytes);
        self.manifest.files.get(path).map(|record| record.bytes).into_iter().chain(coming)
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
    pub(super) fn wrote(&self, path: &OutputPath, folder: &Folder, name: &str) -> io::Result<bool> {
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
        folder: &Folder,
        name: &str,
    ) -> io::Result<bool> {
        Ok(self.is_trusted && self.has(path) || self.wrote(path, folder, name)?)
    }

    /// The files that are as they were written, with what each was made from. With `by_bytes`, each file
    /// is read; else its size, times and inode tell.
    pub(super) fn in_place(
        &self,
        output: &Folder,
        by_bytes: bool,
    ) -> BTreeMap<OutputPath, Fingerprint> {
        let files: Vec<_> = self.manifest.files.iter().filter(|_| self.is_trusted).collect();
        let is_in_place = |way: &mut Descent<'_>, path: &OutputPath| {
            let record = self.manifest.files.get(path)?;
            let (folder, name) = way.to(path.as_str()).ok()?;
            let is = folder.metadata(name).ok().filter(|metadata| metadata.is_file())?;
            let is_same = Some(Stamp::of(&is)) == record.stamp
                && (!by_bytes || self.wrote(path, folder, name).unwrap_or(false));
            record.fingerprint.filter(|_| is_same)
        };
        let found = files.par_chunks(AT_A_TIME).flat_map_iter(|files| {
            let mut way = Descent::new(output);
            let found = move |(path, _): &(&OutputPath, _)| {
                Some(((*path).clone(), is_in_place(&mut way, path)?))
            };
            files.iter().filter_map(found)
        });
        found.collect::<Vec<_>>().into_iter().collect()
    }

    /// Whether the folder called `name` in `above` holds nothing but what Fieldbook wrote and folders of
    /// that; `path` is its path in the output.
    pub(super) fn wrote_all(&self, path: &str, above: &Folder, name: &str) -> io::Result<bool> {
        let folder = above.folder(name)?;
        let entries = folder.entries()?;
        for (name, place) in &entries {
            let path = format!("{path}/{name}");
            let is_ours = match place {
                Occupant::Folder => self.wrote_all(&path, &folder, name)?,
                Occupant::File => self.wrote(&OutputPath::new(path), &folder, name)?,
                Occupant::Empty | Occupant::Link | Occupant::Other => false,
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
        let (files, coming) = (&self.manifest.files, &self.journal.coming);
        let first = files.range(&prefix..).next().map(|(path, _)| path);
        let next = coming.range((prefix.clone(), ByteHash::LEAST)..).next().map(|(path, _)| path);
        first.into_iter().chain(next).any(|path| path.as_str().starts_with(prefix.as_str()))
    }
}

/// A path as a file system sees it that takes capital and small letters for the same.
pub(super) fn folded(path: &OutputPath) -> String {
    composed(path.as_str()).to_lowercase()
}
