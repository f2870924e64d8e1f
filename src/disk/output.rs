//! Writes the site. Everything is first prepared in a stage folder, then moved into place: file by
//! file, or a whole folder at once if it is new. So at every moment each file is either the old one
//! or the new one.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use super::folder::{FolderEntry, FolderPath, OpenFolder, is_clean};
use super::manifest::{ByteHash, FileStamp, Journal, Manifest, WrittenFile};
use super::ours::OwnFiles;
use super::output_folder::OutputFolder;
use super::stage::{STAGE, StageFolder, StagedFiles, clear};
use super::store::RecordStore;
use super::{DiskError, with_path};
use crate::fingerprint::Fingerprint;
use crate::path::OutputPath;
use crate::workspace::EarlierSite;
use cap_std::fs::Metadata;

/// An output folder to which a build is writing.
pub struct OutputWriter {
    root: PathBuf,
    place: OutputFolder,
    /// The folder, if it existed before this build.
    pub(super) folder: Option<OpenFolder>,
    pub(super) store: RecordStore,
    pub(super) ours: OwnFiles,
    in_place: BTreeMap<OutputPath, Fingerprint>,
    /// True if the folder was empty, so that nothing has to be compared.
    pub(super) is_fresh: bool,
    stage: OnceLock<Result<StageFolder, ()>>,
    staged: Mutex<StagedFiles>,
    /// Locks that are held until the build ends, however it ends: one of the book, and one of the
    /// output folder, since another book may be built into it.
    _locks: [Option<fs::File>; 2],
}

/// Options of a build that concern the output folder.
#[derive(Clone, Copy, Debug, Default)]
pub struct OutputOptions {
    /// True if a folder that the user chose may contain files that Fieldbook didn't write.
    pub allow_foreign: bool,
    /// True if every byte of the site is compared with the record.
    pub verify: bool,
}

impl OutputWriter {
    /// Opens the output folder of the book at `root`, a path without links. Waits while another
    /// build of the book is running. Fails if something other than a folder is there.
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
            entries = with_path(&place.path, folder.entries())?;
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

    /// Returns what is known of the site as earlier builds wrote it. Files that are not as they were written have to be
    /// made again.
    pub fn earlier(&self) -> EarlierSite {
        let mut pages = self.ours.claimed.manifest.pages.clone();
        pages.titles.extend(self.ours.own.manifest.pages.titles.clone());
        EarlierSite { outputs: self.in_place.clone(), pages }
    }

    /// Returns the reason why the record of written files can't be saved, if it can't. A later
    /// build then won't recognise the files.
    pub fn trouble(&self) -> Option<&DiskError> {
        self.store.trouble()
    }

    /// Returns the manifest of the last build, if that was of the same book and all its files are
    /// in place.
    pub fn is_current(&self, book: Fingerprint) -> Option<&Manifest> {
        let manifest = &self.ours.own.manifest;
        let is_current = manifest.book == Some(book)
            && self.ours.is_settled()
            && self.in_place.len() == manifest.files.len();
        is_current.then_some(manifest)
    }

    /// Prepares a file. It can be called from several threads; the first failure is kept for
    /// `finish`.
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
            // The failure is recorded already.
            Ok(None) => {}
            Err(failure) => {
                staged.failure.get_or_insert(failure);
            }
        }
    }

    /// Returns the stamp of the file in place, if its content is exactly `bytes`.
    fn same(&self, output: &OutputPath, bytes: &[u8]) -> Option<FileStamp> {
        let folder = self.folder.as_ref().filter(|_| !self.is_fresh && !self.ours.has_twin(output));
        let same = |folder: &OpenFolder| -> io::Result<Option<FileStamp>> {
            let mut walker = FolderPath::new(folder);
            let (folder, name) = walker.to(output.as_str())?;
            let (mut file, metadata) = folder.file(name)?;
            // The stamp is taken before the bytes, so that the next build notices changes made
            // meanwhile.
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
        // The last check: nothing is written outside the folder, whatever was requested.
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
                with_path(&path, stage.folder.make_all(above))?;
                made().insert(above.to_owned());
            }
        }
        let mut file = with_path(&path, stage.folder.make_file(output.as_str()))?;
        with_path(&path, file.write_all(bytes))?;
        Ok(Some(WrittenFile::of(&with_path(&path, Metadata::from_file(&file))?)))
    }

    /// Creates the stage folder. Its name is written to the journal first, so that a later build
    /// recognises it.
    fn make_stage(&self) -> Result<StageFolder, DiskError> {
        let output = self.place.make(&self.root)?;
        let mut number = 0;
        loop {
            let name = if number == 0 { STAGE.to_owned() } else { format!("{STAGE}-{number}") };
            number += 1;
            if with_path(output.path(), output.place(&name))? != FolderEntry::Empty {
                continue;
            }
            let journal = Journal { stage: Some(name.clone()), ..self.ours.own.journal.clone() };
            self.store.write_journal(&journal, &self.ours.claimed.journal)?;
            match output.make_folder(&name) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                folder => {
                    let folder = with_path(&output.path().join(&name), folder)?;
                    return Ok(StageFolder { name, output, folder, made: Mutex::default() });
                }
            }
        }
    }

    /// Returns the stage folder, if anything was prepared.
    pub(super) fn stage_made(&self) -> Option<&StageFolder> {
        self.stage.get()?.as_ref().ok()
    }

    pub(super) fn lock(&self) -> std::sync::MutexGuard<'_, StagedFiles> {
        self.staged.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Deletes the prepared files.
    pub fn discard(&self) {
        let Some(stage) = self.stage_made() else { return };
        // If the folder can't be removed now, the next build removes it, since the journal names
        // it.
        if clear(&stage.output, &stage.name).is_ok() {
            let coming = self.lock().moving.take();
            let coming = coming.unwrap_or_else(|| self.ours.own.journal.coming.clone());
            let journal = Journal { stage: None, coming };
            let _ = self.store.write_journal(&journal, &self.ours.claimed.journal);
        }
    }
}

/// Fails if a folder without a record contains anything.
fn refuse_foreign(folder: &Path, entries: &[(String, FolderEntry)]) -> Result<(), DiskError> {
    let Some((first, _)) = entries.first() else { return Ok(()) };
    let why = format!(
        "nothing on this machine says that Fieldbook wrote what is in this folder, such as {first}; \
         name an empty folder, or write beside it with --allow-foreign, which leaves it as it is"
    );
    Err(DiskError::new(folder, why))
}

/// Locks a folder; the system releases the lock when the program ends. Returns `None` if the system
/// can't lock folders. `waits` is called if another build holds the lock.
pub(super) fn lock(folder: fs::File, waits: &mut dyn FnMut()) -> Option<fs::File> {
    if let Err(fs::TryLockError::WouldBlock) = folder.try_lock() {
        waits();
        folder.lock().ok()?;
    }
    Some(folder)
}
