//! The place where manifests are kept: out of reach of a pull request, in the folder that the system
//! keeps for the state of the user's programs. A manifest in the folder of the book could be forged by
//! whoever may write to the book, and would then claim files that Fieldbook never wrote.

use std::io::{self, Read, Write};
use std::path::Path;

use etcetera::BaseStrategy;

use super::folder::Folder;
use super::manifest::{Journal, Manifest};
use super::output_folder::repository;
use super::{Failure, at};
use crate::fingerprint::Fingerprint;

/// The folder in the book where manifests are kept if the user has no folder for them.
const IN_BOOK: &str = ".fieldbook";

/// How many manifests are kept. Books that were built longest ago give way: a manifest is of use only
/// until its book is gone, and nothing tells when that is.
const KEPT: usize = 5000;

/// The longest manifest that is read, in bytes: that of several million files.
const LONGEST: u64 = 1 << 30;

/// The longest part of the name of a book in the name of its manifest, in characters.
const NAME: usize = 40;

/// The record of one output folder of one book.
pub(super) struct Store {
    keeper: Keeper,
    name: String,
}

/// Who keeps the record.
enum Keeper {
    /// The user's own folder, which nobody else writes to.
    User(Folder),
    /// A folder of the book. Whoever may write to the book may have written the record.
    Book(Folder),
    /// Nobody, for this reason.
    Nobody(Failure),
}

impl Store {
    /// The record of what the book at `root` writes to `output`; both paths are absolute and without
    /// links.
    pub(super) fn new(root: &Path, output: &Path) -> Self {
        let book = crate::slug::slug(&root.file_name().unwrap_or_default().to_string_lossy());
        let book: String = book.chars().take(NAME).collect();
        let name = format!("{book}-{}", Fingerprint::of(&(root, output)));
        let keeper = match user_folder(root, &name) {
            Some(folder) => Keeper::User(folder),
            // One in the book says nothing of folders elsewhere, where files of the user may lie.
            None if !output.starts_with(root) => {
                let why = "there is no folder for the state of the user's programs";
                Keeper::Nobody(Failure::new(output, why))
            }
            None => {
                let in_book = Folder::open(root).and_then(|root| in_book(&root, &name));
                at(&root.join(IN_BOOK), in_book).map_or_else(Keeper::Nobody, Keeper::Book)
            }
        };
        Self { keeper, name }
    }

    /// Whether nobody but the user can have written the record. If not, it is believed only of files
    /// whose bytes are those it names, and saves no work.
    pub(super) fn is_trusted(&self) -> bool {
        matches!(self.keeper, Keeper::User(_))
    }

    /// The reason why nothing can be noted, if nothing can.
    pub(super) fn trouble(&self) -> Option<&Failure> {
        match &self.keeper {
            Keeper::User(_) | Keeper::Book(_) => None,
            Keeper::Nobody(failure) => Some(failure),
        }
    }

    fn folder(&self) -> Option<&Folder> {
        match &self.keeper {
            Keeper::User(folder) | Keeper::Book(folder) => Some(folder),
            Keeper::Nobody(_) => None,
        }
    }

    /// The manifest and the journal; those that are not there are empty.
    pub(super) fn read(&self) -> (Manifest, Journal) {
        let read = |name: String| text(self.folder()?, &name);
        let manifest = read(self.manifest()).map(|text| Manifest::parse(&text));
        let journal = read(self.journal()).map(|text| Journal::parse(&text));
        (manifest.unwrap_or_default(), journal.unwrap_or_default())
    }

    /// Writes the manifest, whole or not at all, and ends the journal.
    pub(super) fn write(&self, manifest: &Manifest) -> Result<(), Failure> {
        self.with_folder(|folder| {
            let name = self.manifest();
            if folder.metadata(&name).is_err() {
                make_room(folder)?;
            }
            replace(folder, &name, &manifest.text())?;
            remove_if_there(folder, &self.journal())
        })
    }

    /// Writes the journal, whole or not at all; an empty one is removed.
    pub(super) fn write_journal(&self, journal: &Journal) -> Result<(), Failure> {
        self.with_folder(|folder| match *journal == Journal::default() {
            true => remove_if_there(folder, &self.journal()),
            false => replace(folder, &self.journal(), &journal.text()),
        })
    }

    fn with_folder(&self, work: impl Fn(&Folder) -> io::Result<()>) -> Result<(), Failure> {
        self.folder().map_or(Ok(()), |folder| at(folder.path(), work(folder)))
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
fn user_folder(root: &Path, name: &str) -> Option<Folder> {
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
    let folder = Folder::open(&path).ok()?;
    is_writable(&folder, name).ok()?;
    Some(folder)
}

/// The folder of the book for manifests, made if there is none, with a file that keeps it out of git.
fn in_book(root: &Folder, name: &str) -> io::Result<Folder> {
    let folder = root.folder_made(IN_BOOK)?;
    match folder.make_file(".gitignore") {
        Ok(mut file) => file.write_all(b"*\n")?,
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(error),
    }
    is_writable(&folder, name)?;
    Ok(folder)
}

/// Tries whether the folder, which may be there and not be the user's to write to, can be written to.
fn is_writable(folder: &Folder, name: &str) -> io::Result<()> {
    let probe = format!("{name}.probe");
    replace(folder, &probe, "").and_then(|()| folder.remove_file(&probe))
}

fn text(folder: &Folder, name: &str) -> Option<String> {
    let (file, metadata) = folder.file(name).ok()?;
    let mut bytes = Vec::with_capacity(metadata.len().min(LONGEST) as usize);
    file.take(LONGEST).read_to_end(&mut bytes).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// Writes a file beside the one called `name`, and moves it over that.
fn replace(folder: &Folder, name: &str, text: &str) -> io::Result<()> {
    let new = format!("{name}.new");
    // A build that was killed left it.
    remove_if_there(folder, &new)?;
    folder.make_file(&new)?.write_all(text.as_bytes())?;
    folder.move_to(&new, folder, name)
}

fn remove_if_there(folder: &Folder, name: &str) -> io::Result<()> {
    match folder.remove_file(name) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Removes the manifests that were written longest ago, if there are too many.
fn make_room(folder: &Folder) -> io::Result<()> {
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
