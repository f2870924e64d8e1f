//! Writing the site: everything is made ready beside it, then moved into place file by file, or a
//! whole folder at once where that is new, so that each file is the old one or the new one at every
//! moment.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use super::folder::{FolderEntry, FolderPath, OpenFolder, is_clean};
use super::manifest::{ByteHash, FileStamp, Journal, Manifest, SavedReport, WrittenFile};
use super::ours::OwnFiles;
use super::output_folder::OutputFolder;
use super::place::WriteSummary;
use super::store::RecordStore;
use super::{DiskError, at};
use crate::fingerprint::Fingerprint;
use crate::path::OutputPath;
use cap_std::fs::Metadata;

/// The folder in the output where files are made ready. Where something of that name is there already,
/// a number is added.
const STAGE: &str = ".fieldbook-stage";

/// An output folder, while a build writes to it.
pub struct OutputWriter {
    root: PathBuf,
    place: OutputFolder,
    /// The folder, if it was there before this build.
    pub(super) folder: Option<OpenFolder>,
    pub(super) store: RecordStore,
    pub(super) ours: OwnFiles,
    in_place: BTreeMap<OutputPath, Fingerprint>,
    /// Whether there was nothing in it, so that nothing need be compared.
    pub(super) is_fresh: bool,
    stage: OnceLock<Result<StageFolder, ()>>,
    staged: Mutex<StagedFiles>,
    /// Held until the build ends, however it ends: that of the book, and that of the folder, which another
    /// book may be built into.
    _locks: [Option<fs::File>; 2],
}

/// The folder in which files are made ready.
pub(super) struct StageFolder {
    pub(super) name: String,
    /// The output folder.
    pub(super) output: OpenFolder,
    pub(super) folder: OpenFolder,
    made: Mutex<BTreeSet<String>>,
}

/// The files of a build.
#[derive(Default)]
pub(super) struct StagedFiles {
    /// Files that were made ready.
    pub(super) files: BTreeMap<OutputPath, (ByteHash, WrittenFile)>,
    /// Files that are in place already, byte for byte, as they were when they were compared.
    pub(super) same: BTreeMap<OutputPath, (ByteHash, FileStamp)>,
    pub(super) bytes: u64,
    pub(super) failure: Option<DiskError>,
    /// The journal's files, from the moment at which the first may have been moved.
    pub(super) moving: Option<BTreeSet<(OutputPath, ByteHash)>>,
}

/// Options of a build that concern the output folder.
#[derive(Clone, Copy, Debug, Default)]
pub struct OutputOptions {
    /// Whether files that Fieldbook did not write may be in a folder that was asked for.
    pub allow_foreign: bool,
    /// Whether every byte of the site is compared with what was written.
    pub verify: bool,
}

impl OutputWriter {
    /// Opens the output folder of the book at `root`, a path without links. Waits for another build of
    /// the book. Fails where something else than a folder stands in its place.
    pub fn open(
        root: &Path,
        place: OutputFolder,
        options: OutputOptions,
        waits: &mut dyn FnMut(),
    ) -> Result<Self, DiskError> {
        let of_book = fs::File::open(root).ok().and_then(|folder| lock(folder, waits));
        let folder = place.open(root)?;
        let handle = folder.as_ref().and_then(|folder| folder.handle().ok());
        let of_folder = handle.and_then(|folder| lock(folder, waits));
        let store = RecordStore::new(root, &place.path);
        let ours = OwnFiles::read(&store, !place.must_be_empty);
        let mut entries = Vec::new();
        let mut in_place = BTreeMap::new();
        if let Some(folder) = &folder {
            for stage in [&ours.own, &ours.claimed].map(|record| &record.journal.stage) {
                stage.as_ref().map_or(Ok(()), |stage| clear(folder, stage))?;
            }
            entries = at(&place.path, folder.entries())?;
            in_place = ours.in_place(folder, options.verify);
        }
        if place.must_be_empty && !options.allow_foreign && ours.is_empty() && !entries.is_empty() {
            refuse_foreign(&place.path, &entries)?;
        }
        let is_fresh = entries.is_empty();
        Ok(Self {
            root: root.to_owned(),
            place,
            folder,
            store,
            ours,
            in_place,
            is_fresh,
            stage: OnceLock::new(),
            staged: Mutex::default(),
            _locks: [of_book, of_folder],
        })
    }

    /// The files that are as they were written, with what each was made from. Any other is to be made
    /// again.
    pub fn in_place(&self) -> &BTreeMap<OutputPath, Fingerprint> {
        &self.in_place
    }

    /// The reason why it can't be noted which files are written, if it can't. A later build to the same
    /// folder won't know them then.
    pub fn trouble(&self) -> Option<&DiskError> {
        self.store.trouble()
    }

    /// The manifest of the build before, if that was of the same book and all of it is in place.
    pub fn is_current(&self, book: Fingerprint) -> Option<&Manifest> {
        let manifest = &self.ours.own.manifest;
        let is_current = manifest.book == Some(book)
            && self.ours.is_settled()
            && self.in_place.len() == manifest.files.len();
        is_current.then_some(manifest)
    }

    /// Makes a file ready. May be called from many threads; the first failure is kept for `finish`.
    pub fn stage(&self, output: &OutputPath, bytes: &[u8]) {
        let hash = ByteHash::of(bytes);
        if let Some(stamp) = self.same(output, bytes) {
            self.lock().same.insert(output.clone(), (hash, stamp));
            return;
        }
        let written = self.write_stage(output, bytes);
        let mut staged = self.lock();
        match written {
            Ok(Some(file)) => {
                staged.bytes += bytes.len() as u64;
                staged.files.insert(output.clone(), (hash, file));
            }
            // What went wrong is known already.
            Ok(None) => {}
            Err(failure) => {
                staged.failure.get_or_insert(failure);
            }
        }
    }

    /// The stamp of the file in place, if that holds just `bytes`.
    fn same(&self, output: &OutputPath, bytes: &[u8]) -> Option<FileStamp> {
        let folder = self.folder.as_ref().filter(|_| !self.is_fresh && !self.ours.has_twin(output));
        let same = |folder: &OpenFolder| -> io::Result<Option<FileStamp>> {
            let mut way = FolderPath::new(folder);
            let (folder, name) = way.to(output.as_str())?;
            let (mut file, metadata) = folder.file(name)?;
            // It comes before the bytes, so that what is altered meanwhile is seen by the next build.
            let stamp = FileStamp::of(&Metadata::from_file(&file)?);
            let mut found = Vec::new();
            let is_same = metadata.len() == bytes.len() as u64
                && file.read_to_end(&mut found).is_ok()
                && found == bytes;
            Ok(is_same.then_some(stamp))
        };
        folder.and_then(|folder| same(folder).ok().flatten())
    }

    fn write_stage(
        &self,
        output: &OutputPath,
        bytes: &[u8],
    ) -> Result<Option<WrittenFile>, DiskError> {
        // The last door: nothing is written outside the folder, whatever was asked.
        if !is_clean(output.as_str()) {
            let why = "this is not a place in the output folder";
            return Err(DiskError::new(Path::new(output.as_str()), why));
        }
        let stage = self.stage.get_or_init(|| {
            self.make_stage().map_err(|failure| {
                self.lock().failure.get_or_insert(failure);
            })
        });
        let Ok(stage) = stage else { return Ok(None) };
        let path = stage.folder.path().join(output.as_str());
        if let Some((above, _)) = output.as_str().rsplit_once('/') {
            let made = || stage.made.lock().unwrap_or_else(PoisonError::into_inner);
            if !made().contains(above) {
                at(&path, stage.folder.make_all(above))?;
                made().insert(above.to_owned());
            }
        }
        let mut file = at(&path, stage.folder.make_file(output.as_str()))?;
        at(&path, file.write_all(bytes))?;
        Ok(Some(WrittenFile::of(&at(&path, Metadata::from_file(&file))?)))
    }

    /// Makes the stage folder, which is noted down first, so that a later build knows it as ours.
    fn make_stage(&self) -> Result<StageFolder, DiskError> {
        let output = self.place.make(&self.root)?;
        let mut number = 0;
        loop {
            let name = if number == 0 { STAGE.to_owned() } else { format!("{STAGE}-{number}") };
            number += 1;
            if at(output.path(), output.place(&name))? != FolderEntry::Empty {
                continue;
            }
            let journal = Journal { stage: Some(name.clone()), ..self.ours.own.journal.clone() };
            self.store.write_journal(&journal, &self.ours.claimed.journal)?;
            match output.make_folder(&name) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                folder => {
                    let folder = at(&output.path().join(&name), folder)?;
                    return Ok(StageFolder { name, output, folder, made: Mutex::default() });
                }
            }
        }
    }

    /// The stage folder, if anything was made ready.
    pub(super) fn stage_made(&self) -> Option<&StageFolder> {
        self.stage.get()?.as_ref().ok()
    }

    pub(super) fn lock(&self) -> std::sync::MutexGuard<'_, StagedFiles> {
        self.staged.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts what was made ready in place, removes what is no longer planned, and writes down what is
    /// there now: `book` is the fingerprint of the book and of the options, `said` the report on it, and
    /// `plan` every output that should exist. On a failure before anything was moved, nothing is.
    pub fn finish(
        self,
        book: Fingerprint,
        notes: usize,
        said: SavedReport,
        plan: &BTreeMap<OutputPath, Fingerprint>,
    ) -> Result<WriteSummary, DiskError> {
        let manifest = Manifest { book: Some(book), notes, said, files: BTreeMap::new() };
        let written = self.put_in_place(manifest, plan);
        if written.is_err() {
            self.discard();
        }
        written
    }

    /// Throws away what was made ready.
    pub fn discard(&self) {
        let Some(stage) = self.stage_made() else { return };
        // What can't be cleared now is cleared by the next build, which knows its name.
        if clear(&stage.output, &stage.name).is_ok() {
            let coming = self.lock().moving.take();
            let coming = coming.unwrap_or_else(|| self.ours.own.journal.coming.clone());
            let journal = Journal { stage: None, coming };
            let _ = self.store.write_journal(&journal, &self.ours.claimed.journal);
        }
    }
}

/// Removes the stage folder, if it is there.
pub(super) fn clear(output: &OpenFolder, stage: &str) -> Result<(), DiskError> {
    // Whatever a forged journal says, nothing is removed that might be called otherwise.
    let number = stage.strip_prefix(STAGE).map(|rest| rest.strip_prefix('-').unwrap_or(rest));
    let is_stage = number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()));
    match output.place(stage) {
        Ok(FolderEntry::Folder) if is_stage => {
            at(&output.path().join(stage), output.remove_all(stage))
        }
        _ => Ok(()),
    }
}

/// Fails if a folder of which nothing is known holds anything.
fn refuse_foreign(folder: &Path, entries: &[(String, FolderEntry)]) -> Result<(), DiskError> {
    let Some((first, _)) = entries.first() else { return Ok(()) };
    let why = format!(
        "nothing on this machine says that Fieldbook wrote what is in this folder, such as {first}; \
         name an empty folder, or write beside it with --allow-foreign, which leaves it as it is"
    );
    Err(DiskError::new(folder, why))
}

/// Takes the lock of a folder, which the system gives back when the program ends; none where the system has
/// no locks for folders. `waits` is called if another build has it.
fn lock(folder: fs::File, waits: &mut dyn FnMut()) -> Option<fs::File> {
    if let Err(fs::TryLockError::WouldBlock) = folder.try_lock() {
        waits();
        folder.lock().ok()?;
    }
    Some(folder)
}
