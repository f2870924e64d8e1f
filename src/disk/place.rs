//! Putting a site in place: what is in the way is looked at before anything is moved, and what is no
//! longer planned goes, if it is as Fieldbook wrote it.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

use rayon::prelude::*;

use super::folder::{FolderEntry, FolderPath, OpenFolder, is_absent};
use super::manifest::{FileRecord, FileStamp, Journal, Manifest, WrittenFile};
use super::ours::{AT_A_TIME, folded};
use super::output::{OutputWriter, StagedFiles, clear};
use super::{DiskError, at};
use crate::fingerprint::Fingerprint;
use crate::path::OutputPath;

/// What a build did to the output folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WriteSummary {
    /// The files that were written.
    pub files: Vec<OutputPath>,
    /// How many bytes they hold.
    pub bytes: u64,
    /// The files that were removed.
    pub removed: Vec<OutputPath>,
    /// Files that are no longer planned and were altered since Fieldbook wrote them, and so were left.
    pub left: Vec<OutputPath>,
}

/// The files of ours that are no longer planned.
#[derive(Default)]
struct RemovedFiles {
    /// Those that go, or went before, in order.
    paths: Vec<OutputPath>,
    /// Those of them that are there still.
    there: Vec<OutputPath>,
    /// Those that somebody altered.
    altered: Vec<OutputPath>,
}

impl OutputWriter {
    pub(super) fn put_in_place(
        &self,
        mut manifest: Manifest,
        plan: &BTreeMap<OutputPath, Fingerprint>,
    ) -> Result<WriteSummary, DiskError> {
        let staged = std::mem::take(&mut *self.lock());
        if let Some(failure) = staged.failure {
            return Err(failure);
        }
        let before = self.folder.as_ref();
        let gone = before.map(|folder| self.gone(folder, plan)).transpose()?.unwrap_or_default();
        if let Some(folder) = before.filter(|_| !self.is_fresh) {
            let mut way = FolderPath::new(folder);
            staged.files.keys().try_for_each(|path| self.is_way_free(&mut way, folder, path))?;
        }
        let (first, then) = in_the_way(&staged.files, &gone.paths);
        if let Some(stage) = self.stage_made() {
            // From here to the end a kill leaves some files new and some old. So it is written down
            // first that those to come are ours, too.
            let mut coming = self.ours.own.journal.coming.clone();
            coming.extend(staged.files.iter().map(|(path, (bytes, _))| (path.clone(), *bytes)));
            let journal = Journal { stage: Some(stage.name.clone()), coming };
            self.store.write_journal(&journal, &self.ours.claimed.journal)?;
            self.lock().moving = Some(journal.coming);
            self.remove(&stage.output, &first)?;
            self.move_into(&stage.folder, &stage.output, "")?;
            clear(&stage.output, &stage.name)?;
        }
        let output = self.stage_made().map(|stage| &stage.output).or(before);
        if let Some(output) = output {
            self.remove(output, &then)?;
            manifest.files = self.records(output, &staged, plan);
        }
        let is_noted = self.ours.is_settled() && self.stage_made().is_none();
        if !is_noted || manifest != self.ours.own.manifest {
            self.store.write(&manifest)?;
        }
        Ok(WriteSummary {
            files: staged.files.into_keys().collect(),
            bytes: staged.bytes,
            removed: gone.there,
            left: gone.altered,
        })
    }

    /// The files of ours that are no longer planned.
    fn gone(
        &self,
        output: &OpenFolder,
        plan: &BTreeMap<OutputPath, Fingerprint>,
    ) -> Result<RemovedFiles, DiskError> {
        let mut gone = RemovedFiles::default();
        let mut way = FolderPath::new(output);
        for path in self.ours.paths() {
            if plan.contains_key(path) {
                continue;
            }
            let mut is_altered = || -> io::Result<Option<bool>> {
                let (folder, name) = way.to(path.as_str())?;
                Ok(match folder.place(name)? {
                    FolderEntry::File => Some(!self.ours.wrote(path, folder, name)?),
                    // A folder that came where the file was, before a build was killed.
                    FolderEntry::Empty | FolderEntry::Folder => None,
                    FolderEntry::Link | FolderEntry::Other => Some(true),
                })
            };
            match is_altered() {
                Ok(Some(true)) => gone.altered.push(path.clone()),
                Ok(Some(false)) => {
                    gone.there.push(path.clone());
                    gone.paths.push(path.clone());
                }
                // Folders that its going left empty may be there still.
                Ok(None) => gone.paths.push(path.clone()),
                Err(error) if is_absent(&error) => gone.paths.push(path.clone()),
                Err(error) => return at(&output.path().join(path.as_str()), Err(error)),
            }
        }
        Ok(gone)
    }

    /// Fails if something that is not ours is in the way of a file that comes to `path` in `output`.
    fn is_way_free(
        &self,
        way: &mut FolderPath<'_>,
        output: &OpenFolder,
        path: &OutputPath,
    ) -> Result<(), DiskError> {
        let place = output.path().join(path.as_str());
        let (folder, name) = match way.to(path.as_str()) {
            Ok(found) => found,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return self.is_way_down_free(output, path, error),
        };
        let is_free = || -> io::Result<bool> {
            match folder.place(name)? {
                FolderEntry::Empty => Ok(true),
                FolderEntry::File => self.ours.may_replace(path, folder, name),
                FolderEntry::Folder => self.ours.wrote_all(path.as_str(), folder, name),
                FolderEntry::Link | FolderEntry::Other => Ok(false),
            }
        };
        match at(&place, is_free())? {
            true => Ok(()),
            false => Err(self.in_the_way(&place)),
        }
    }

    /// Looks for what keeps a folder above `path` from being opened, as `error` says it does. A file of
    /// ours is no trouble: it goes before the new file comes.
    fn is_way_down_free(
        &self,
        output: &OpenFolder,
        path: &OutputPath,
        error: io::Error,
    ) -> Result<(), DiskError> {
        let (mut way, path) = (FolderPath::new(output), path.as_str());
        for above in path.match_indices('/').map(|(end, _)| &path[..end]) {
            let mut is_free = || -> io::Result<Option<bool>> {
                let (folder, name) = way.to(above)?;
                Ok(match folder.place(name)? {
                    FolderEntry::Folder => None,
                    FolderEntry::File => {
                        Some(self.ours.wrote(&OutputPath::new(above), folder, name)?)
                    }
                    FolderEntry::Empty | FolderEntry::Link | FolderEntry::Other => Some(false),
                })
            };
            let place = output.path().join(above);
            match at(&place, is_free())? {
                None => {}
                Some(true) => return Ok(()),
                Some(false) => return Err(self.in_the_way(&place)),
            }
        }
        at(&output.path().join(path), Err(error))
    }

    fn in_the_way(&self, place: &Path) -> DiskError {
        let is = match place.symlink_metadata().map(|metadata| metadata.file_type()) {
            Ok(kind) if kind.is_dir() => {
                "this folder holds files that Fieldbook did not write, and"
            }
            Ok(kind) if kind.is_symlink() => "this is a link that Fieldbook did not make, and it",
            Ok(kind) if kind.is_file() => "this file",
            _ => "this is neither a file nor a folder, and it",
        };
        // A fresh copy of a book that keeps its site beside it, or somebody tidied up.
        let why = match self.ours.is_empty() {
            true => {
                "is in the way of a page, and nothing on this machine says that Fieldbook wrote it. If \
                 all in the output folder is an earlier site, empty the folder and build again; else \
                 choose another with --output-dir"
            }
            false => {
                "is in the way of a page, and was not written by Fieldbook, or was altered since; move \
                 it, or choose another folder with --output-dir"
            }
        };
        DiskError::new(place, format!("{is} {why}"))
    }

    /// Removes files of ours, and the folders that they leave empty.
    fn remove(&self, output: &OpenFolder, paths: &[&OutputPath]) -> Result<(), DiskError> {
        let mut way = FolderPath::new(output);
        let mut folders = BTreeSet::new();
        for path in paths {
            let mut remove = || -> io::Result<()> {
                let (folder, name) = way.to(path.as_str())?;
                // Looked at once more, for it may be another file by now.
                match folder.place(name)? {
                    FolderEntry::File if self.ours.wrote(path, folder, name)? => {
                        folder.remove_file(name)
                    }
                    _ => Ok(()),
                }
            };
            match remove() {
                Err(error) if is_absent(&error) => {}
                removed => at(&output.path().join(path.as_str()), removed)?,
            }
            // Also where the file was gone: a build that was killed may have removed it.
            let ends = path.as_str().match_indices('/').map(|(at, _)| at);
            folders.extend(ends.map(|end| &path.as_str()[..end]));
        }
        way.close();
        // The deepest first. One that is not empty stays.
        for path in folders.into_iter().rev() {
            match way.to(path).and_then(|(above, name)| above.remove_folder(name)) {
                Err(error) if !is_absent(&error) && !is_in_use(&error) => {
                    return at(&output.path().join(path), Err(error));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// A record of each file that is in place now. One that somebody swapped meanwhile has no stamp, so
    /// that the next build makes it again.
    fn records(
        &self,
        output: &OpenFolder,
        staged: &StagedFiles,
        plan: &BTreeMap<OutputPath, Fingerprint>,
    ) -> BTreeMap<OutputPath, FileRecord> {
        let known = &self.ours.own.manifest.files;
        let record = |way: &mut FolderPath<'_>, path: &OutputPath, print: Fingerprint| {
            let fingerprint = Some(print);
            if let Some((bytes, stamp)) = staged.same.get(path).copied() {
                return Some(FileRecord { fingerprint, bytes, stamp: Some(stamp) });
            }
            // One that was not made again was in place.
            let Some((bytes, file)) = staged.files.get(path).copied() else {
                return known.get(path).copied();
            };
            let is = way.to(path.as_str()).and_then(|(folder, name)| folder.metadata(name)).ok();
            let is = is.filter(|is| is.is_file() && WrittenFile::of(is) == file);
            Some(FileRecord { fingerprint, bytes, stamp: is.map(|is| FileStamp::of(&is)) })
        };
        let all: Vec<_> = plan.iter().collect();
        let records = all.par_chunks(AT_A_TIME).flat_map_iter(|files| {
            let mut way = FolderPath::new(output);
            let record = move |(path, print): &(&OutputPath, &Fingerprint)| {
                Some(((*path).clone(), record(&mut way, path, **print)?))
            };
            files.iter().filter_map(record)
        });
        records.collect::<Vec<_>>().into_iter().collect()
    }

    /// Moves what lies in `from` into `to`, the folder of the output at `path`, which ends with a slash: a
    /// folder that is not there yet as a whole, a file over the one that is there. What stands there is
    /// looked at once more, for others may write to the folder.
    fn move_into(&self, from: &OpenFolder, to: &OpenFolder, path: &str) -> Result<(), DiskError> {
        for (name, place) in at(from.path(), from.entries())? {
            let (target, path) = (to.path().join(&name), format!("{path}{name}"));
            let is_free = match at(&target, to.place(&name))? {
                FolderEntry::Empty => true,
                FolderEntry::Folder if place == FolderEntry::Folder => {
                    let (from, to) = (from.folder(&name), to.folder(&name));
                    self.move_into(&at(&target, from)?, &at(&target, to)?, &format!("{path}/"))?;
                    continue;
                }
                FolderEntry::File if place == FolderEntry::File => {
                    at(&target, self.ours.may_replace(&OutputPath::new(path), to, &name))?
                }
                FolderEntry::File
                | FolderEntry::Folder
                | FolderEntry::Link
                | FolderEntry::Other => false,
            };
            match is_free {
                true => at(&target, from.move_to(&name, to, &name))?,
                false => return Err(self.in_the_way(&target)),
            }
        }
        Ok(())
    }
}

/// Whether an error says that a folder can't be removed because something is in it or uses it.
fn is_in_use(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::DirectoryNotEmpty | io::ErrorKind::ResourceBusy)
}

/// Parts the files that go into those that must go before `files` come, and the others. In the way are a
/// file where a folder comes, one in a folder where a file comes, and one whose name differs from that of
/// a new one only in capital letters.
fn in_the_way<'g, T>(
    files: &BTreeMap<OutputPath, T>,
    gone: &'g [OutputPath],
) -> (Vec<&'g OutputPath>, Vec<&'g OutputPath>) {
    let above = |path: &str| -> Vec<String> {
        path.match_indices('/').map(|(at, _)| path[..at].to_owned()).collect()
    };
    let coming = files.keys().filter(|_| !gone.is_empty());
    let coming: BTreeSet<String> = coming.map(folded).collect();
    let folders: BTreeSet<String> = coming.iter().flat_map(|path| above(path)).collect();
    gone.iter().partition(|path| {
        let path = folded(path);
        folders.contains(&path)
            || coming.contains(&path)
            || above(&path).iter().any(|folder| coming.contains(folder))
    })
}
