//! Writing the site: everything is made ready beside it, then moved into place file by file, so
//! that each file is the old one or the new one at every moment.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::manifest::{Manifest, Stamp};
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
    staged: Mutex<Staged>,
}

/// What was made ready.
#[derive(Default)]
struct Staged {
    /// Files that differ from those in place, by where they go.
    files: Vec<(OutputPath, PathBuf)>,
    /// Files that are in place already, byte for byte.
    same: Vec<OutputPath>,
    next: usize,
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
    /// Opens the output folder of the book at `root`; both are absolute.
    pub fn open(root: &Path, folder: &Path) -> Self {
        let manifest_path = Manifest::place(root, folder);
        let before = Manifest::read(&manifest_path);
        Self { folder: folder.to_owned(), manifest_path, before, staged: Mutex::default() }
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
        let target = self.folder.join(output.as_str());
        let result = match is_same(&target, bytes) {
            true => {
                self.lock().same.push(output.clone());
                Ok(())
            }
            false => self.write_stage(output, bytes),
        };
        if let Err(failure) = result {
            self.lock().failure.get_or_insert(failure);
        }
    }

    fn write_stage(&self, output: &OutputPath, bytes: &[u8]) -> Result<(), Failure> {
        let stage = self.folder.join(STAGE);
        let file = {
            let mut staged = self.lock();
            if staged.next == 0 {
                at(&stage, fs::create_dir_all(&stage))?;
            }
            staged.next += 1;
            staged.bytes += bytes.len() as u64;
            stage.join(staged.next.to_string())
        };
        at(&file, fs::File::create(&file).and_then(|mut open| open.write_all(bytes)))?;
        self.lock().files.push((output.clone(), file));
        Ok(())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Staged> {
        self.staged.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts what was made ready in place, removes `gone`, and writes down what is there now. `plan`
    /// is every output that should exist. On a failure before anything was moved, nothing is.
    pub fn finish(
        self,
        book: Option<Fingerprint>,
        notes: usize,
        plan: &BTreeMap<OutputPath, Fingerprint>,
        gone: &[OutputPath],
    ) -> Result<Written, Failure> {
        let staged = std::mem::take(&mut *self.lock());
        if let Some(failure) = staged.failure {
            self.discard();
            return Err(failure);
        }
        self.refuse_strangers(&staged)?;
        let mut manifest = Manifest { book: None, notes, files: self.before.files.clone() };
        let written = Written {
            files: staged.files.len(),
            bytes: staged.bytes,
            removed: gone.iter().filter(|output| self.before.files.contains_key(*output)).count(),
        };
        if written.files + written.removed > 0 {
            // From here to the end a kill leaves some files new and some old. So it is written down
            // first that they are ours, and that what they hold is not known.
            for (output, _) in &staged.files {
                manifest.files.insert(output.clone(), None);
            }
            manifest.write(&self.manifest_path)?;
        }
        // A file that goes may be where a folder comes, and the other way round.
        let (in_the_way, others): (Vec<_>, Vec<_>) =
            gone.iter().partition(in_the_way(&staged.files));
        in_the_way.into_iter().try_for_each(|output| self.remove(output))?;
        self.make_folders(&staged.files)?;
        for (output, file) in &staged.files {
            let target = self.folder.join(output.as_str());
            at(&target, fs::rename(file, &target))?;
        }
        others.into_iter().try_for_each(|output| self.remove(output))?;
        for output in gone {
            manifest.files.remove(output);
        }
        for output in staged.files.iter().map(|(output, _)| output).chain(&staged.same) {
            let path = self.folder.join(output.as_str());
            let stamp = match plan.get(output) {
                Some(fingerprint) => Some(at(&path, Stamp::take(&path, *fingerprint))?),
                None => None,
            };
            manifest.files.insert(output.clone(), stamp);
        }
        manifest.book = book;
        if manifest != self.before {
            manifest.write(&self.manifest_path)?;
        }
        self.discard();
        Ok(written)
    }

    fn make_folders(&self, files: &[(OutputPath, PathBuf)]) -> Result<(), Failure> {
        let folder = |(output, _): &(OutputPath, PathBuf)| {
            self.folder.join(output.as_str()).parent().map(Path::to_owned)
        };
        let folders: BTreeSet<PathBuf> = files.iter().filter_map(folder).collect();
        folders.iter().try_for_each(|folder| at(folder, fs::create_dir_all(folder)))
    }

    /// Throws away what was made ready.
    pub fn discard(&self) {
        // What can't be cleared now is cleared by the next build.
        let _ = fs::remove_dir_all(self.folder.join(STAGE));
    }

    /// A file that is in the way and is not ours is never touched.
    fn refuse_strangers(&self, staged: &Staged) -> Result<(), Failure> {
        let stranger = staged.files.iter().map(|(output, _)| output).find(|output| {
            !self.before.files.contains_key(*output)
                && self.folder.join(output.as_str()).symlink_metadata().is_ok()
        });
        let Some(output) = stranger else { return Ok(()) };
        self.discard();
        let why = "this file was not written by Fieldbook, and is in the way of a page; move it, or \
                   choose another folder with --output-dir";
        at(&self.folder.join(output.as_str()), Err(io::Error::other(why)))
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

/// Whether a file that goes lies where a folder of `files` comes, or below where one of them comes.
fn in_the_way(files: &[(OutputPath, PathBuf)]) -> impl Fn(&&OutputPath) -> bool {
    let above = |path: &str| -> Vec<String> {
        path.match_indices('/').map(|(at, _)| path[..at].to_owned()).collect()
    };
    let coming: BTreeSet<String> =
        files.iter().map(|(output, _)| output.as_str().to_owned()).collect();
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
