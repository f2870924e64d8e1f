//! The places where the record of what was written is kept. The first is out of reach of a pull request: the
//! folder that the system keeps for the state of the user's programs. The second is a folder in the book,
//! which is copied and moved with it, and which other machines see: a container, a mounted disk. Whoever may
//! write to the book may forge it. So it is believed only of files whose bytes are those it names; and beside
//! the first only if the user sealed it: the folder of the book was put back as it was before.

use std::io::{self, Read, Write};
use std::path::Path;

use etcetera::BaseStrategy;

use super::folder::OpenFolder;
use super::manifest::{Journal, Manifest};
use super::output_folder::repository;
use super::seal::{SealKey, without_seal};
use super::{DiskError, at};
use crate::fingerprint::Fingerprint;
use crate::slug::slug;

/// The folder in the book where records are kept.
const IN_BOOK: &str = ".fieldbook";

/// How many manifests are kept. Books that were built longest ago give way: a manifest is of use only
/// until its book is gone, and nothing tells when that is.
const KEPT: usize = 5000;

/// The longest manifest that is read, in bytes: that of several million files.
const LONGEST: u64 = 1 << 30;

/// The longest part of the name of a book in the name of its manifest, in characters.
const NAME: usize = 40;

/// The places of the record of one output folder of one book.
pub(super) struct RecordStore {
    /// The one in the user's own folder, which nobody else writes to.
    user: Option<RecordFolder>,
    /// The key that seals that in the book.
    key: Option<SealKey>,
    /// The one in the book, or the reason why there is none.
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
    /// The files of the last build that ended.
    pub(super) manifest: Manifest,
    /// The files that builds since then were about to put in place.
    pub(super) journal: Journal,
}

impl RecordStore {
    /// The record of what the book at `root` writes to `output`; both paths are absolute and without
    /// links.
    pub(super) fn new(root: &Path, output: &Path) -> Self {
        let name = |path: &Path, print: Fingerprint| {
            let name = slug(&path.file_name().unwrap_or_default().to_string_lossy());
            format!("{}-{print}", name.chars().take(NAME).collect::<String>())
        };
        let user = user_folder(root, &name(root, Fingerprint::of(&(root, output))));
        // One in the book says nothing of folders elsewhere, where files of the user may lie.
        let book = match output.strip_prefix(root) {
            Ok(below) => {
                let name = name(output, Fingerprint::of(below));
                let shelf = OpenFolder::open(root).and_then(|root| in_book(&root, name));
                at(&root.join(IN_BOOK), shelf)
            }
            Err(_) => {
                let why = "there is no folder for the state of the user's programs";
                Err(DiskError::new(output, why))
            }
        };
        let key = user.as_ref().and_then(|shelf| SealKey::of_user(&shelf.folder));
        Self { user, key, book }
    }

    /// The reason why nothing can be noted, if nothing can.
    pub(super) fn trouble(&self) -> Option<&DiskError> {
        self.book.as_ref().err().filter(|_| self.user.is_none())
    }

    /// Returns what the user's own folder says, and what the book says beside that, as far as it counts.
    /// `is_default` tells that the folder is the one that a site is written to if no other is asked for.
    pub(super) fn read(&self, is_default: bool) -> (OwnershipRecord, OwnershipRecord) {
        let own = self.user.as_ref().map(RecordFolder::read).unwrap_or_default();
        let in_book = self.book.as_ref().map(RecordFolder::read).unwrap_or_default();
        let bare = in_book.each_ref().map(|text| text.as_deref().map(without_seal));
        let is_sealed = |part: &Option<(&str, Option<&str>)>| {
            let Some((text, seal)) = part else { return true };
            let key = self.key.as_ref();
            key.zip(*seal).is_some_and(|(key, seal)| key.fits(text, seal))
        };
        // A folder that was asked for may hold the user's own files, and a forged record name them.
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

    /// Writes the manifest, whole or not at all, and ends the journal.
    pub(super) fn write(&self, manifest: &Manifest) -> Result<(), DiskError> {
        let text = manifest.text();
        self.to_all(|shelf, is_user| {
            let name = shelf.manifest();
            if is_user && shelf.folder.metadata(&name).is_err() {
                make_room(&shelf.folder)?;
            }
            self.put(shelf, &name, &text, is_user)?;
            remove_if_there(&shelf.folder, &shelf.journal())
        })
    }

    /// Writes the journal, whole or not at all; an empty one is removed. `claimed` are files that only the
    /// record in the book names, and that must not get into the other.
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
            match journal == Journal::default() {
                true => remove_if_there(&shelf.folder, &shelf.journal()),
                false => self.put(shelf, &shelf.journal(), &journal.text(), is_user),
            }
        })
    }

    fn put(&self, shelf: &RecordFolder, name: &str, text: &str, is_user: bool) -> io::Result<()> {
        match self.key.as_ref().filter(|_| !is_user) {
            Some(key) => replace(&shelf.folder, name, &key.seal(text)),
            None => replace(&shelf.folder, name, text),
        }
    }

    /// Notes something in both places. The one in the book need not succeed where there is the other.
    fn to_all(
        &self,
        note: impl Fn(&RecordFolder, bool) -> io::Result<()>,
    ) -> Result<(), DiskError> {
        let in_book = match &self.book {
            Ok(shelf) => at(shelf.folder.path(), note(shelf, false)),
            Err(_) => Ok(()),
        };
        match &self.user {
            Some(shelf) => at(shelf.folder.path(), note(shelf, true)),
            None => in_book,
        }
    }
}

impl OwnershipRecord {
    /// The record of these texts, of a manifest and of a journal. A part that is not there is empty.
    fn parse([manifest, journal]: [Option<&str>; 2]) -> Self {
        Self {
            manifest: manifest.map(Manifest::parse).unwrap_or_default(),
            journal: journal.map(Journal::parse).unwrap_or_default(),
        }
    }
}

impl RecordFolder {
    /// The texts of the manifest and of the journal.
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

/// The folder for the state of the user's programs (the XDG Base Directory Specification; on Windows
/// that for the data of programs), if there is one, it can be used, and it does not lie in the book.
fn user_folder(root: &Path, name: &str) -> Option<RecordFolder> {
    let strategy = etcetera::choose_base_strategy().ok()?;
    let base = strategy.state_dir().unwrap_or_else(|| strategy.data_dir());
    let path = base.join("fieldbook");
    // Looked at before anything is made: a link in the repository may lead out of it.
    let repository = repository(root);
    let exists = |place: &&Path| place.symlink_metadata().is_ok();
    let existing = path.ancestors().find(exists)?;
    let is_within = |path: &Path| path.starts_with(repository);
    if is_within(&path) || is_within(&existing.canonicalize().ok()?) {
        return None;
    }
    std::fs::create_dir_all(&path).ok()?;
    let path = path.canonicalize().ok().filter(|path| !is_within(path))?;
    let folder = OpenFolder::open(&path).ok()?;
    is_writable(&folder, name).ok()?;
    Some(RecordFolder { folder, name: name.to_owned() })
}

/// The folder of the book for records, made if there is none, with a file that keeps it out of git.
fn in_book(root: &OpenFolder, name: String) -> io::Result<RecordFolder> {
    let folder = root.folder_made(IN_BOOK)?;
    match folder.make_file(".gitignore") {
        Ok(mut file) => file.write_all(b"*\n")?,
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(error),
    }
    is_writable(&folder, &name)?;
    Ok(RecordFolder { folder, name })
}

/// Tries whether the folder, which may be there and not be the user's to write to, can be written to.
fn is_writable(folder: &OpenFolder, name: &str) -> io::Result<()> {
    let probe = format!("{name}.probe");
    replace(folder, &probe, "").and_then(|()| folder.remove_file(&probe))
}

fn text(folder: &OpenFolder, name: &str) -> Option<String> {
    let (file, metadata) = folder.file(name).ok()?;
    let mut bytes = Vec::with_capacity(metadata.len().min(LONGEST) as usize);
    file.take(LONGEST).read_to_end(&mut bytes).ok()?;
    Some(
        String::from_utf8(bytes)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()),
    )
}

/// Writes a file beside the one called `name`, and moves it over that.
pub(super) fn replace(folder: &OpenFolder, name: &str, text: &str) -> io::Result<()> {
    let new = format!("{name}.new");
    // A build that was killed left it.
    remove_if_there(folder, &new)?;
    folder.make_file(&new)?.write_all(text.as_bytes())?;
    folder.move_to(&new, folder, name)
}

fn remove_if_there(folder: &OpenFolder, name: &str) -> io::Result<()> {
    match folder.remove_file(name) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Removes the manifests that were written longest ago, if there are too many.
fn make_room(folder: &OpenFolder) -> io::Result<()> {
    let entries = folder.entries()?;
    let names = entries.iter().map(|(name, _)| name);
    let manifests: Vec<&String> = names.filter(|name| name.ends_with(".manifest")).collect();
    if manifests.len() < KEPT {
        return Ok(());
    }
    let written = |name: &&String| {
        let time = folder.metadata(name).and_then(|metadata| metadata.modified());
        time.ok().map(|time| time.into_std())
    };
    let mut by_age: Vec<_> = manifests.into_iter().map(|name| (written(&name), name)).collect();
    by_age.sort();
    let n_old = by_age.len() + 1 - KEPT;
    by_age.iter().take(n_old).try_for_each(|(_, name)| folder.remove_file(name))
}
