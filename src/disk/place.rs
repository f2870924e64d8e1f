//! Moves a site into place. Obstacles are looked for before anything is moved. Files that are no
//! longer planned are removed, if they are as Fieldbook wrote them.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

use rayon::prelude::*;

use super::folder::{FolderEntry, FolderPath, OpenFolder, is_absent};
use super::manifest::{FileRecord, FileStamp, Journal, Manifest, WrittenFile};
use super::ours::{AT_A_TIME, folded};
use super::output::OutputWriter;
use super::stage::{StagedFiles, clear};
use super::{DiskError, with_path};
use crate::fingerprint::Fingerprint;
use crate::path::OutputPath;

/// The changes that a build made to the output folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WriteSummary {
    /// The files that were written.
    pub files: Vec<OutputPath>,
    /// The total size of these files, in bytes.
    pub bytes: u64,
    /// The files that were removed.
    pub removed: Vec<OutputPath>,
    /// Files that are no longer planned but were changed since Fieldbook wrote them, and were
    /// therefore kept.
    pub left: Vec<OutputPath>,
}

/// The files of ours that are no longer planned.
#[derive(Default)]
struct RemovedFiles {
    /// Files to be removed, and files removed already, in order.
    paths: Vec<OutputPath>,
    /// Those of `paths` that still exist.
    there: Vec<OutputPath>,
    /// Files that somebody changed.
    altered: Vec<OutputPath>,
}

impl OutputWriter {
    /// Moves the prepared files into place, removes files that are no longer planned, and writes
    /// the manifest, to which the files are added; `plan` holds every output that should exist. If
    /// it fails before the first move, nothing is moved.
    pub fn finish(
        self,
        manifest: Manifest,
        plan: &BTreeMap<OutputPath, Fingerprint>,
    ) -> Result<WriteSummary, DiskError> {
        let written = self.put_in_place(manifest, plan);
        if written.is_err() {
            self.discard();
        }
        written
    }

    fn put_in_place(
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
            let mut walker = FolderPath::new(folder);
            staged
                .files
                .keys()
                .try_for_each(|path| self.check_path_free(&mut walker, folder, path))?;
        }
        let (first, then) = in_the_way(&staged.files, &gone.paths);
        if let Some(stage) = self.stage_made() {
            // From here to the end, a kill leaves some files new and some old. So the journal first
            // names the new files as ours.
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

    /// Finds the files of ours that are no longer planned.
    fn gone(
        &self,
        output: &OpenFolder,
        plan: &BTreeMap<OutputPath, Fingerprint>,
    ) -> Result<RemovedFiles, DiskError> {
        let mut gone = RemovedFiles::default();
        let mut walker = FolderPath::new(output);
        for path in self.ours.paths() {
            if plan.contains_key(path) {
                continue;
            }
            let mut is_altered = || -> io::Result<Option<bool>> {
                let (folder, name) = walker.to(path.as_str())?;
                Ok(match folder.place(name)? {
                    FolderEntry::File => Some(!self.ours.wrote(path, folder, name)?),
                    // A folder that replaced the file, before a build was killed.
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
                // Folders that became empty when the file was removed may still exist.
                Ok(None) => gone.paths.push(path.clone()),
                Err(error) if is_absent(&error) => gone.paths.push(path.clone()),
                Err(error) => return with_path(&output.path().join(path.as_str()), Err(error)),
            }
        }
        Ok(gone)
    }

    /// Fails if something that isn't ours is in the way of a new file at `path` in `output`.
    fn check_path_free(
        &self,
        walker: &mut FolderPath<'_>,
        output: &OpenFolder,
        path: &OutputPath,
    ) -> Result<(), DiskError> {
        let place = output.path().join(path.as_str());
        let (folder, name) = match walker.to(path.as_str()) {
            Ok(found) => found,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return self.check_folders_free(output, path, error),
        };
        let is_free = || -> io::Result<bool> {
            match folder.place(name)? {
                FolderEntry::Empty => Ok(true),
                FolderEntry::File => self.ours.may_replace(path, folder, name),
                FolderEntry::Folder => self.ours.wrote_all(path.as_str(), folder, name),
                FolderEntry::Link | FolderEntry::Other => Ok(false),
            }
        };
        if !with_path(&place, is_free())? {
            return Err(self.in_the_way(&place));
        }
        Ok(())
    }

    /// Looks for the reason why a folder above `path` can't be opened, as `error` says. A file of
    /// ours isn't an obstacle: it is removed before the new file arrives.
    fn check_folders_free(
        &self,
        output: &OpenFolder,
        path: &OutputPath,
        error: io::Error,
    ) -> Result<(), DiskError> {
        let (mut walker, path) = (FolderPath::new(output), path.as_str());
        for above in path.match_indices('/').map(|(end, _)| &path[..end]) {
            let mut is_free = || -> io::Result<Option<bool>> {
                let (folder, name) = walker.to(above)?;
                Ok(match folder.place(name)? {
                    FolderEntry::Folder => None,
                    FolderEntry::File => {
                        Some(self.ours.wrote(&OutputPath::new(above), folder, name)?)
                    }
                    FolderEntry::Empty | FolderEntry::Link | FolderEntry::Other => Some(false),
                })
            };
            let place = output.path().join(above);
            match with_path(&place, is_free())? {
                None => {}
                Some(true) => return Ok(()),
                Some(false) => return Err(self.in_the_way(&place)),
            }
        }
        with_path(&output.path().join(path), Err(error))
    }

    fn in_the_way(&self, place: &Path) -> DiskError {
        let found = match place.symlink_metadata().map(|metadata| metadata.file_type()) {
            Ok(kind) if kind.is_dir() => {
                "this folder holds files that Fieldbook did not write, and"
            }
            Ok(kind) if kind.is_symlink() => "this is a link that Fieldbook did not make, and it",
            Ok(kind) if kind.is_file() => "this file",
            _ => "this is neither a file nor a folder, and it",
        };
        // This happens with a fresh copy of a book that keeps its site inside, or after somebody
        // cleaned up.
        let why = if self.ours.is_empty() {
            "is in the way of a page, and nothing on this machine says that Fieldbook wrote it. If \
             all in the output folder is an earlier site, empty the folder and build again; else \
             choose another with --output-dir"
        } else {
            "is in the way of a page, and was not written by Fieldbook, or was altered since; move \
             it, or choose another folder with --output-dir"
        };
        DiskError::new(place, format!("{found} {why}"))
    }

    /// Removes files of ours, and the folders that become empty.
    fn remove(&self, output: &OpenFolder, paths: &[&OutputPath]) -> Result<(), DiskError> {
        let mut walker = FolderPath::new(output);
        let mut folders = BTreeSet::new();
        for path in paths {
            let mut remove = || -> io::Result<()> {
                let (folder, name) = walker.to(path.as_str())?;
                // It is checked again here, because somebody may have replaced the file.
                match folder.place(name)? {
                    FolderEntry::File if self.ours.wrote(path, folder, name)? => {
                        folder.remove_file(name)
                    }
                    _ => Ok(()),
                }
            };
            match remove() {
                Err(error) if is_absent(&error) => {}
                removed => with_path(&output.path().join(path.as_str()), removed)?,
            }
            // This includes files that were gone already: a killed build may have removed them.
            let ends = path.as_str().match_indices('/').map(|(at, _)| at);
            folders.extend(ends.map(|end| &path.as_str()[..end]));
        }
        walker.close();
        // The deepest folders come first. Folders that aren't empty stay.
        for path in folders.into_iter().rev() {
            match walker.to(path).and_then(|(above, name)| above.remove_folder(name)) {
                Err(error) if !is_absent(&error) && !is_in_use(&error) => {
                    return with_path(&output.path().join(path), Err(error));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Returns a record of each file that is in place now. A file that somebody replaced meanwhile
    /// gets no stamp, so that the next build makes it again.
    fn records(
        &self,
        output: &OpenFolder,
        staged: &StagedFiles,
        plan: &BTreeMap<OutputPath, Fingerprint>,
    ) -> BTreeMap<OutputPath, FileRecord> {
        let known = &self.ours.own.manifest.files;
        let record = |walker: &mut FolderPath<'_>, path: &OutputPath, print: Fingerprint| {
            let fingerprint = Some(print);
            if let Some((bytes, stamp)) = staged.same.get(path).copied() {
                return Some(FileRecord { fingerprint, bytes, stamp: Some(stamp) });
            }
            // A file that wasn't made again was in place.
            let Some((bytes, file)) = staged.files.get(path).copied() else {
                return known.get(path).copied();
            };
            let metadata =
                walker.to(path.as_str()).and_then(|(folder, name)| folder.metadata(name)).ok();
            let metadata =
                metadata.filter(|found| found.is_file() && WrittenFile::of(found) == file);
            Some(FileRecord {
                fingerprint,
                bytes,
                stamp: metadata.map(|found| FileStamp::of(&found)),
            })
        };
        let all: Vec<_> = plan.iter().collect();
        let records = all.par_chunks(AT_A_TIME).flat_map_iter(|files| {
            let mut walker = FolderPath::new(output);
            let record = move |(path, print): &(&OutputPath, &Fingerprint)| {
                Some(((*path).clone(), record(&mut walker, path, **print)?))
            };
            files.iter().filter_map(record)
        });
        records.collect::<Vec<_>>().into_iter().collect()
    }

    /// Moves the content of `from` into `to`, the folder at `path` in the output; `path` ends with
    /// a slash. A new folder is moved as a whole, a file replaces the existing one. The target is
    /// checked again, because others may write to the folder.
    fn move_into(&self, from: &OpenFolder, to: &OpenFolder, path: &str) -> Result<(), DiskError> {
        for (name, place) in with_path(from.path(), from.entries())? {
            let (target, path) = (to.path().join(&name), format!("{path}{name}"));
            let is_free = match with_path(&target, to.place(&name))? {
                FolderEntry::Empty => true,
                FolderEntry::Folder if place == FolderEntry::Folder => {
                    let (from, to) = (from.folder(&name), to.folder(&name));
                    self.move_into(
                        &with_path(&target, from)?,
                        &with_path(&target, to)?,
                        &format!("{path}/"),
                    )?;
                    continue;
                }
                FolderEntry::File if place == FolderEntry::File => {
                    with_path(&target, self.ours.may_replace(&OutputPath::new(path), to, &name))?
                }
                FolderEntry::File
                | FolderEntry::Folder
                | FolderEntry::Link
                | FolderEntry::Other => false,
            };
            if !is_free {
                return Err(self.in_the_way(&target));
            }
            with_path(&target, from.move_to(&name, to, &name))?;
        }
        Ok(())
    }
}

/// Returns whether an error means that a folder can't be removed because it isn't empty or is in
/// use.
fn is_in_use(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::DirectoryNotEmpty | io::ErrorKind::ResourceBusy)
}

/// Splits the files to be removed into those that have to go before `files` arrive, and the others.
/// In the way are a file where a folder will be, a file in a folder where a file will be, and a
/// file whose name differs from a new one only in case.
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
