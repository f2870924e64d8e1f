//! Writing the site: everything is made ready beside it, then moved into place file by file, or a
//! whole folder at once where that is new, so that each file is the old one or the new one at every
//! moment.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::manifest::{Manifest, Said, Stamp};
use super::{Failure, at};
use crate::fingerprint::Fingerprint;
use crate::path::OutputPath;

/// The folder in the output where files are made ready. A build that was killed leaves it behind,
/// and the next one clears it.
const STAGE: &str = ".fieldbook-stage";

/// An output folder, while a build writes to it.
pub struct Output {
    folder: PathBuf,
    manifest_path: PathBuf,
    before: Manifest,
    /// Whether there was nothing in it, so that nothing need be compared.
    is_fresh: bool,
    staged: Mutex<Staged>,
    /// Held until the build ends, however it ends.
    _lock: Option<fs::File>,
}

/// What was made ready.
#[derive(Default)]
struct Staged {
    /// Files that differ from those in place; their stamps lack only the fingerprint.
    files: BTreeMap<OutputPath, Stamp>,
    /// Files that are in place already, byte for byte.
    same: Vec<OutputPath>,
    folders: BTreeSet<PathBuf>,
    bytes: u64,
    failure: Option<Failure>,
}

/// What a build did to the output folder.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// How many files were written.
    pub files: usize,
    /// How many bytes they hold.
    pub bytes: u64,
    /// How many files were removed.
    pub removed: usize,
}

impl Output {
    /// Opens the output folder of the book at `root`; both are absolute. Waits for another build
    /// of the book. Fails where something else than a folder stands in its place.
    pub fn open(root: &Path, folder: &Path) -> Result<Self, Failure> {
        is_room_for(folder)?;
        let manifest_path = Manifest::place(root, folder);
        let lock = lock(root);
        let before = Manifest::read(&manifest_path);
        // What can't be cleared now is written over.
        let _ = fs::remove_dir_all(folder.join(STAGE));
        let is_fresh = fs::read_dir(folder).map_or(true, |mut entries| entries.next().is_none());
        let folder = folder.to_owned();
        Ok(Self { folder, manifest_path, before, is_fresh, staged: Mutex::default(), _lock: lock })
    }

    /// What is in place, with what it was made from. A file that is not as it was left is not here,
    /// so that it is made again.
    pub fn in_place(&self) -> BTreeMap<OutputPath, Fingerprint> {
        let files = self.before.files.iter();
        let whole = files.filter_map(|(output, stamp)| {
            let stamp = (*stamp)?;
            stamp
                .holds(&self.folder.join(output.as_str()))
                .then(|| (output.clone(), stamp.fingerprint))
        });
        whole.collect()
    }

    /// The manifest of the build before, if that was of the same book and all of it is in place.
    pub fn is_current(&self, book: Fingerprint) -> Option<&Manifest> {
        let current =
            self.before.book == Some(book) && self.in_place().len() == self.before.files.len();
        current.then_some(&self.before)
    }

    /// Makes a file ready. May be called from many threads; the first failure is kept for `finish`.
    pub fn stage(&self, output: &OutputPath, bytes: &[u8]) {
        let path = Path::new(output.as_str());
        if !path.components().all(|part| matches!(part, Component::Normal(_))) {
            // The last door: nothing is written outside the folder, whatever was asked.
            let error = io::Error::other("this is not a place in the output folder");
            self.lock().failure.get_or_insert(Failure { path: path.to_owned(), error });
        } else if !self.is_fresh && is_same(&self.folder.join(output.as_str()), bytes) {
            self.lock().same.push(output.clone());
        } else if let Err(failure) = self.write_stage(output, bytes) {
            self.lock().failure.get_or_insert(failure);
        }
    }

    fn write_stage(&self, output: &OutputPath, bytes: &[u8]) -> Result<(), Failure> {
        let file = self.folder.join(STAGE).join(output.as_str());
        let folder = file.parent().unwrap_or(&file);
        if !self.lock().folders.contains(folder) {
            at(folder, fs::create_dir_all(folder))?;
            self.lock().folders.insert(folder.to_owned());
        }
        let mut open = at(&file, fs::File::create(&file))?;
        at(&file, open.write_all(bytes))?;
        let stamp = at(&file, open.metadata().and_then(|metadata| Stamp::new(&metadata)))?;
        let mut staged = self.lock();
        staged.bytes += bytes.len() as u64;
        staged.files.insert(output.clone(), stamp);
        Ok(())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Staged> {
        self.staged.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts what was made ready in place, removes what is no longer planned, and writes down what is
    /// there now: `book` is the fingerprint of the book and what was asked, `said` what there was to say
    /// of it, and `plan` every output that should exist. On a failure before anything was moved,
    /// nothing is.
    pub fn finish(
        self,
        book: Fingerprint,
        notes: usize,
        said: Said,
        plan: &BTreeMap<OutputPath, Fingerprint>,
    ) -> Result<Written, Failure> {
        let written = self.put_in_place(book, notes, said, plan);
        self.discard();
        written
    }

    fn put_in_place(
        &self,
        book: Fingerprint,
        notes: usize,
        said: Said,
        plan: &BTreeMap<OutputPath, Fingerprint>,
    ) -> Result<Written, Failure> {
        let mut staged = std::mem::take(&mut *self.lock());
        if let Some(failure) = staged.failure.take() {
            return Err(failure);
        }
        self.refuse_strangers(&staged)?;
        let ours = &self.before.files;
        let gone: Vec<&OutputPath> = ours.keys().filter(|path| !plan.contains_key(*path)).collect();
        let written =
            Written { files: staged.files.len(), bytes: staged.bytes, removed: gone.len() };
        let mut manifest = Manifest { book: None, notes, said, files: ours.clone() };
        if written.files + written.removed > 0 {
            // From here to the end a kill leaves some files new and some old. So it is written down
            // first that they are ours, and that what they hold is not known.
            manifest.files.extend(staged.files.keys().map(|output| (output.clone(), None)));
            manifest.write(&self.manifest_path)?;
        }
        // A file that goes may be where a folder comes, and the other way round.
        let (first, then): (Vec<_>, Vec<_>) = gone.iter().partition(in_the_way(&staged.files));
        first.into_iter().try_for_each(|output| self.remove(output))?;
        if written.files > 0 {
            move_into(&self.folder.join(STAGE), &self.folder)?;
        }
        then.into_iter().try_for_each(|output| self.remove(output))?;
        for output in gone {
            manifest.files.remove(output);
        }
        let print = |output: &OutputPath| plan.get(output).copied().unwrap_or_default();
        for (output, stamp) in staged.files {
            let stamp = Stamp { fingerprint: print(&output), ..stamp };
            manifest.files.insert(output, Some(stamp));
        }
        for output in staged.same {
            let path = self.folder.join(output.as_str());
            let stamp = at(&path, Stamp::take(&path, print(&output)))?;
            manifest.files.insert(output, Some(stamp));
        }
        manifest.book = Some(book);
        if manifest != self.before {
            manifest.write(&self.manifest_path)?;
        }
        Ok(written)
    }

    /// Throws away what was made ready.
    pub fn discard(&self) {
        // What can't be cleared now is cleared by the next build.
        let _ = fs::remove_dir_all(self.folder.join(STAGE));
    }

    /// A file that is in the way and is not ours is never touched.
    fn refuse_strangers(&self, staged: &Staged) -> Result<(), Failure> {
        let stranger = match self.is_fresh {
            true => None,
            false => staged.files.keys().find_map(|output| self.stranger(output)),
        };
        let Some(stranger) = stranger else { return Ok(()) };
        let why = match self.before.files.is_empty() {
            // A fresh copy of a book that keeps its site beside it, or somebody tidied up.
            true => {
                "this file is in the way of a page, and nothing says that Fieldbook wrote it: the \
                 folder .fieldbook, where it keeps that, is not here or was emptied. If all in this \
                 folder is an earlier site, empty the folder and build again; else choose another \
                 with --output-dir"
            }
            false => {
                "this file was not written by Fieldbook, and is in the way of a page; move it, or \
                 choose another folder with --output-dir"
            }
        };
        at(&stranger, Err(io::Error::other(why)))
    }

    /// What is in the way of `output` and is not ours: in its place, or a file where one of its
    /// folders should be.
    fn stranger(&self, output: &OutputPath) -> Option<PathBuf> {
        let path = output.as_str();
        let place = self.folder.join(path);
        match place.symlink_metadata() {
            Ok(_) => {
                let is_ours = self.before.files.contains_key(output);
                (!is_ours && !self.holds_only_ours(&place)).then_some(place)
            }
            Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
                let folders = path.match_indices('/').map(|(at, _)| &path[..at]);
                let mut places = folders.map(|folder| (folder, self.folder.join(folder)));
                let (folder, place) = places.find(|(_, place)| !place.is_dir())?;
                let is_ours = self.before.files.contains_key(&OutputPath::new(folder));
                (!is_ours).then_some(place)
            }
            Err(_) => None,
        }
    }

    /// Whether `path` is a folder of ours, which goes when its files go.
    fn holds_only_ours(&self, path: &Path) -> bool {
        let Ok(entries) = fs::read_dir(path) else { return false };
        entries.flatten().all(|entry| {
            let path = entry.path();
            let below = path.strip_prefix(&self.folder).ok().and_then(Path::to_str);
            let output = below.map(|below| OutputPath::new(below.replace('\\', "/")));
            output.is_some_and(|output| self.before.files.contains_key(&output))
                || self.holds_only_ours(&path)
        })
    }

    /// Removes a file of ours, and the folders it leaves empty.
    fn remove(&self, output: &OutputPath) -> Result<(), Failure> {
        let path = self.folder.join(output.as_str());
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return at(&path, Err(error)),
            _ => {}
        }
        let folders = path.ancestors().skip(1).take_while(|folder| *folder != self.folder);
        for folder in folders {
            if fs::remove_dir(folder).is_err() {
                break;
            }
        }
        Ok(())
    }
}

/// Fails where something else than a folder stands at `folder`, or where a folder above it should be.
fn is_room_for(folder: &Path) -> Result<(), Failure> {
    let there = folder.ancestors().find(|place| place.symlink_metadata().is_ok());
    let Some(place) = there.filter(|place| !place.is_dir()) else { return Ok(()) };
    let why = match place.is_symlink() {
        true => "this is a link that leads to no folder, and the site should be written there",
        false => "this is a file, and the site should be written to a folder of that name",
    };
    let why = format!("{why}; move it, or choose another folder with --output-dir");
    at(place, Err(io::Error::other(why)))
}

/// Takes the lock of a book's folder, which the system gives back when the program ends; none where
/// the system has no locks for folders.
fn lock(root: &Path) -> Option<fs::File> {
    let folder = fs::File::open(root).ok()?;
    folder.lock().ok()?;
    Some(folder)
}

/// Moves what lies in `from` into `to`: a folder that is not there yet as a whole, a file over the
/// one that is there.
fn move_into(from: &Path, to: &Path) -> Result<(), Failure> {
    for entry in at(from, fs::read_dir(from))? {
        let entry = at(from, entry)?.path();
        let Some(name) = entry.file_name() else { continue };
        let target = to.join(name);
        match entry.is_dir() && target.is_dir() {
            true => move_into(&entry, &target)?,
            false => at(&target, fs::rename(&entry, &target))?,
        }
    }
    Ok(())
}

/// Whether a file that goes lies where a folder of `files` comes, or below where one of them comes.
fn in_the_way(files: &BTreeMap<OutputPath, Stamp>) -> impl Fn(&&&OutputPath) -> bool {
    let above = |path: &str| -> Vec<String> {
        path.match_indices('/').map(|(at, _)| path[..at].to_owned()).collect()
    };
    let coming: BTreeSet<String> = files.keys().map(|output| output.as_str().to_owned()).collect();
    let folders: BTreeSet<String> = coming.iter().flat_map(|path| above(path)).collect();
    move |gone| {
        let path = gone.as_str();
        folders.contains(path) || above(path).iter().any(|folder| coming.contains(folder))
    }
}

/// Whether the file at `path` holds just `bytes`.
fn is_same(path: &Path, bytes: &[u8]) -> bool {
    let Ok(mut file) = fs::File::open(path) else { return false };
    let same_size = file.metadata().is_ok_and(|m| m.is_file() && m.len() == bytes.len() as u64);
    let mut found = Vec::new();
    same_size && file.read_to_end(&mut found).is_ok() && found == bytes
}
