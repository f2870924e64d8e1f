//! The two places of the record of written files. The first is the system's folder for the state of
//! the user's programs, which a pull request can't reach. The second is a folder in the book, which
//! is copied and moved with it, and which other machines can see, such as a container or a mounted
//! disk. Anyone who can write to the book can forge the second record. So it is believed only for
//! files whose bytes match it; and where the first record exists, only if the user sealed it, which
//! is the case when the folder of the book was restored to an earlier state.

use std::io::{self, Read, Write};
use std::path::Path;

use etcetera::BaseStrategy;

use super::folder::OpenFolder;
use super::manifest::{Journal, Manifest};
use super::output_folder::{OutputFolder, repository};
use super::seal::{SealKey, without_seal};
use super::{DiskError, with_path};
use crate::fingerprint::Fingerprint;
use crate::slug::slug;
use crate::workspace::PublishedPages;

/// The folder in the book that holds the records.
pub(super) const IN_BOOK: &str = ".fieldbook";

/// The most manifests that are kept. The oldest are removed: a manifest is useful only until its
/// book is deleted, which Fieldbook doesn't notice.
const MAX_MANIFESTS: usize = 5000;

/// The most bytes of a manifest that are read; enough for several million files.
const MAX_MANIFEST_SIZE: u64 = 1 << 30;

/// The most characters of the book's name in the name of its manifest.
const MAX_NAME_LENGTH: usize = 40;

/// The places of the record of one output folder of one book.
pub(super) struct RecordStore {
    /// The place in the user's own folder, where nobody else writes.
    user: Option<RecordFolder>,
    /// The key that seals the record in the book.
    key: Option<SealKey>,
    /// The place in the book, or the reason why there is none.
    book: Result<RecordFolder, DiskError>,
}

/// A folder with records, and the name of one of them.
struct RecordFolder {
    folder: OpenFolder,
    name: String,
}

/// The record of an output folder.
#[derive(Default, PartialEq, Eq)]
pub(super) struct OwnershipRecord {
    /// The files of the last build that finished.
    pub(super) manifest: Manifest,
    /// The files that later builds were about to move into place.
    pub(super) journal: Journal,
}

impl RecordStore {
    /// Opens the record of what the book at `root` writes to `output`; both paths must be absolute
    /// and without links.
    pub(super) fn new(root: &Path, output: &Path) -> Self {
        let user = user_folder(root, &record_name(root, Fingerprint::of(&(root, output))));
        // The record in the book doesn't cover folders elsewhere, which may contain files of the
        // user.
        let book = match output.strip_prefix(root) {
            Ok(below) => {
                let name = record_name(output, Fingerprint::of(below));
                let shelf = OpenFolder::open(root).and_then(|root| in_book(&root, name));
                with_path(&root.join(IN_BOOK), shelf)
            }
            Err(_) => {
                let why = "there is no folder for the state of the user's programs";
                Err(DiskError::new(output, why))
            }
        };
        let key = user.as_ref().and_then(|shelf| SealKey::of_user(&shelf.folder));
        Self { user, key, book }
    }

    /// Returns the reason why nothing can be recorded, if nothing can.
    pub(super) fn trouble(&self) -> Option<&DiskError> {
        self.book.as_ref().err().filter(|_| self.user.is_none())
    }

    /// Returns the record in the user's own folder, and what the record in the book adds, if it is
    /// believed. `is_default` is whether the output folder is the default one.
    pub(super) fn read(&self, is_default: bool) -> (OwnershipRecord, OwnershipRecord) {
        let own = self.user.as_ref().map(RecordFolder::read).unwrap_or_default();
        let in_book = self.book.as_ref().map(RecordFolder::read).unwrap_or_default();
        let bare = in_book.each_ref().map(|text| text.as_deref().map(without_seal));
        let is_sealed = |part: &Option<(&str, Option<&str>)>| {
            let Some((text, seal)) = part else { return true };
            let key = self.key.as_ref();
            key.zip(*seal).is_some_and(|(key, seal)| key.fits(text, seal))
        };
        // A folder that the user chose may contain the user's own files, which a forged record
        // could name.
        let is_first = is_default && own.iter().all(Option::is_none);
        let is_other = bare
            .iter()
            .zip(&own)
            .any(|(one, other)| one.is_some_and(|(text, _)| Some(text) != other.as_deref()));
        let counts = is_first || is_other && bare.iter().all(is_sealed);
        let claimed = bare.map(|part| part.map(|(text, _)| text).filter(|_| counts));
        (
            OwnershipRecord::parse(own.each_ref().map(Option::as_deref)),
            OwnershipRecord::parse(claimed),
        )
    }

    /// Writes the manifest atomically, and removes the journal.
    pub(super) fn write(&self, manifest: &Manifest) -> Result<(), DiskError> {
        let text = manifest.text();
        self.to_all(|shelf, is_user| {
            let name = shelf.manifest();
            if is_user && shelf.folder.metadata(&name).is_err() {
                make_room(&shelf.folder)?;
            }
            self.put(shelf, &name, &text, is_user)?;
            shelf.folder.remove_file_if_there(&shelf.journal())
        })
    }

    /// Writes the journal atomically, or removes it if it is empty. `claimed` are files that only
    /// the record in the book names; they must not get into the other record.
    pub(super) fn write_journal(
        &self,
        journal: &Journal,
        claimed: &Journal,
    ) -> Result<(), DiskError> {
        self.to_all(|shelf, is_user| {
            let mut journal = journal.clone();
            if !is_user {
                journal.coming.extend(claimed.coming.iter().cloned());
            }
            if journal == Journal::default() {
                shelf.folder.remove_file_if_there(&shelf.journal())
            } else {
                self.put(shelf, &shelf.journal(), &journal.text(), is_user)
            }
        })
    }

    fn put(&self, shelf: &RecordFolder, name: &str, text: &str, is_user: bool) -> io::Result<()> {
        match self.key.as_ref().filter(|_| !is_user) {
            Some(key) => shelf.folder.replace_file(name, &key.seal(text)),
            None => shelf.folder.replace_file(name, text),
        }
    }

    /// Writes to both places. Writing to the book may fail if the user's folder exists.
    fn to_all(
        &self,
        note: impl Fn(&RecordFolder, bool) -> io::Result<()>,
    ) -> Result<(), DiskError> {
        let in_book = match &self.book {
            Ok(shelf) => with_path(shelf.folder.path(), note(shelf, false)),
            Err(_) => Ok(()),
        };
        match &self.user {
            Some(shelf) => with_path(shelf.folder.path(), note(shelf, true)),
            None => in_book,
        }
    }
}

impl OwnershipRecord {
    /// Creates a record from the texts of a manifest and of a journal. A missing text gives an
    /// empty part.
    fn parse([manifest, journal]: [Option<&str>; 2]) -> Self {
        Self {
            manifest: manifest.map(Manifest::parse).unwrap_or_default(),
            journal: journal.map(Journal::parse).unwrap_or_default(),
        }
    }
}

impl RecordFolder {
    /// Returns the texts of the manifest and of the journal.
    fn read(&self) -> [Option<String>; 2] {
        [self.manifest(), self.journal()].map(|name| text(&self.folder, &name))
    }

    fn manifest(&self) -> String {
        format!("{}.manifest", self.name)
    }

    fn journal(&self) -> String {
        format!("{}.journal", self.name)
    }
}

/// Returns a name for a record of what lies at `path`, which begins with words that people know.
fn record_name(path: &Path, print: Fingerprint) -> String {
    let name = slug(&path.file_name().unwrap_or_default().to_string_lossy());
    format!("{}-{print}", name.chars().take(MAX_NAME_LENGTH).collect::<String>())
}

/// Returns the folder for the state of the user's programs (XDG Base Directory Specification; on
/// Windows the folder for application data), if it can be used and isn't within the book or its
/// repository.
fn user_folder(root: &Path, name: &str) -> Option<RecordFolder> {
    let folder = user_place(root, true)?;
    is_writable(&folder, name).ok()?;
    Some(RecordFolder { folder, name: name.to_owned() })
}

/// Returns the user's folder and the name in it of a record of the book at `root` of another sort, with this ending.
pub(super) fn user_file(root: &Path, ending: &str) -> Option<(OpenFolder, String)> {
    let name = record_name(root, Fingerprint::of(root));
    Some((user_place(root, true)?, format!("{name}.{ending}")))
}

/// Returns the same if the user's folder is there; nothing is made.
pub(super) fn user_file_there(root: &Path, ending: &str) -> Option<(OpenFolder, String)> {
    let name = record_name(root, Fingerprint::of(root));
    Some((user_place(root, false)?, format!("{name}.{ending}")))
}

impl OutputFolder {
    /// Returns the pages of notes that builds of the book at `root` to this folder published, as the user's own record has
    /// them. Nothing is made.
    pub fn published(&self, root: &Path) -> PublishedPages {
        let Some(folder) = user_place(root, false) else { return PublishedPages::default() };
        let name = record_name(root, Fingerprint::of(&(root, &*self.path)));
        let record = RecordFolder { folder, name }.read();
        OwnershipRecord::parse(record.each_ref().map(Option::as_deref)).manifest.pages
    }
}

/// Opens the folder for the state of the user's programs, which is made first if `makes` is true.
fn user_place(root: &Path, makes: bool) -> Option<OpenFolder> {
    let strategy = etcetera::choose_base_strategy().ok()?;
    let base = strategy.state_dir().unwrap_or_else(|| strategy.data_dir());
    let path = base.join("fieldbook");
    // This is checked before anything is created: a link in the repository may lead out of it.
    let repository = repository(root);
    let exists = |place: &&Path| place.symlink_metadata().is_ok();
    let existing = path.ancestors().find(exists)?;
    let is_within = |path: &Path| path.starts_with(repository);
    if is_within(&path) || is_within(&existing.canonicalize().ok()?) {
        return None;
    }
    if makes {
        std::fs::create_dir_all(&path).ok()?;
    }
    let path = path.canonicalize().ok().filter(|path| !is_within(path))?;
    OpenFolder::open(&path).ok()
}

/// Opens the folder in the book for what git is to leave out, and creates it first if needed, with a file that tells git.
pub(super) fn in_book_folder(root: &OpenFolder) -> io::Result<OpenFolder> {
    let folder = root.folder_made(IN_BOOK)?;
    match folder.make_file(".gitignore") {
        Ok(mut file) => file.write_all(b"*\n")?,
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(error),
    }
    Ok(folder)
}

/// Opens the folder for records in the book.
fn in_book(root: &OpenFolder, name: String) -> io::Result<RecordFolder> {
    let folder = in_book_folder(root)?;
    is_writable(&folder, &name)?;
    Ok(RecordFolder { folder, name })
}

/// Checks that the folder can be written to: it may exist and belong to someone else.
fn is_writable(folder: &OpenFolder, name: &str) -> io::Result<()> {
    let probe = format!("{name}.probe");
    folder.replace_file(&probe, "").and_then(|()| folder.remove_file(&probe))
}

fn text(folder: &OpenFolder, name: &str) -> Option<String> {
    let (file, metadata) = folder.file(name).ok()?;
    let mut bytes = Vec::with_capacity(metadata.len().min(MAX_MANIFEST_SIZE) as usize);
    file.take(MAX_MANIFEST_SIZE).read_to_end(&mut bytes).ok()?;
    Some(
        String::from_utf8(bytes)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()),
    )
}

/// Removes the oldest manifests, if there are too many.
fn make_room(folder: &OpenFolder) -> io::Result<()> {
    let entries = folder.entries()?;
    let names = entries.iter().map(|(name, _)| name);
    let manifests: Vec<&String> = names.filter(|name| name.ends_with(".manifest")).collect();
    if manifests.len() < MAX_MANIFESTS {
        return Ok(());
    }
    let written = |name: &&String| {
        let time = folder.metadata(name).and_then(|metadata| metadata.modified());
        time.ok().map(|time| time.into_std())
    };
    let mut by_age: Vec<_> = manifests.into_iter().map(|name| (written(&name), name)).collect();
    by_age.sort();
    let n_old = by_age.len() + 1 - MAX_MANIFESTS;
    by_age.iter().take(n_old).try_for_each(|(_, name)| folder.remove_file(name))
}
