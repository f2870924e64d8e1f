//! The choice of the output folder: a place that can't be mistaken for anything else, found without
//! following a link that came with the book.

use std::io;
use std::path::{Component, Path, PathBuf};

use super::find::folders;
use super::folder::OpenFolder;
use super::{DiskError, with_path};

/// The folder in the book to which the site is written by default.
const PUBLIC: &str = "public";

/// Folders that programs reserve for themselves. A site is not written into one at any depth.
const PROGRAM_FOLDERS: [&str; 6] = [".git", ".hg", ".svn", ".jj", ".fieldbook", ".ssh"];

/// Entries that mark the top folder of a repository.
const REPOSITORY_MARKERS: [&str; 4] = [".git", ".hg", ".svn", ".jj"];

/// A folder to which a site may be written. It need not exist yet.
#[derive(Clone, Debug)]
pub struct OutputFolder {
    /// The path, absolute and without links.
    pub path: PathBuf,
    /// True if files that Fieldbook didn't write are a reason to stop.
    pub must_be_empty: bool,
}

/// The reason why a folder can't be the output folder.
#[derive(Debug)]
pub enum UnfitFolder {
    /// The choice is refused.
    Refused(String),
    /// Something other than a folder is in the way.
    InTheWay(DiskError),
}

impl OutputFolder {
    /// Chooses the folder for the site of the book at `root`: `public` in the book, or the
    /// requested folder, relative to `here`. `root` must be absolute and without links. `notes` is the folder of
    /// the notes in it.
    pub fn choose(
        root: &Path,
        notes: &str,
        here: &Path,
        asked: Option<&Path>,
    ) -> Result<Self, UnfitFolder> {
        let wanted = asked.map_or_else(|| root.join(PUBLIC), |asked| here.join(asked));
        // A path relative to the current folder most likely leads through a checkout.
        let is_relative = asked.is_some_and(|asked| asked.is_relative());
        let path = without_links(&wanted, |place| {
            place.starts_with(repository(root)) || is_relative && place.starts_with(here)
        })?;
        let unfit = |why: &str| Err(UnfitFolder::Refused(format!("{}: {why}", path.display())));
        // Some file systems ignore case.
        let below = path.strip_prefix(root).ok().map(Path::to_string_lossy);
        let is_source = below.is_some_and(|below| {
            let below = below.to_lowercase();
            let is_in = |folder: &str| {
                let rest = below.strip_prefix(&folder.to_lowercase());
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '\\']))
            };
            // Beside the notes, the site would be read as notes the next time.
            let is_beside = notes.is_empty() && !is_in(PUBLIC);
            is_beside || folders(notes).any(|folder| !folder.is_empty() && is_in(folder))
        });
        if root.starts_with(&path) || is_source {
            return unfit("the site can't be written over the book");
        }
        let is_of_program = |part: Component<'_>| {
            let name = part.as_os_str().to_string_lossy();
            PROGRAM_FOLDERS.iter().any(|program| name.eq_ignore_ascii_case(program))
        };
        if path.components().any(is_of_program) {
            return unfit(
                "the site can't be written into a folder that a program keeps its files in",
            );
        }
        let home = etcetera::home_dir().ok().and_then(|home| home.canonicalize().ok());
        if home.is_some_and(|home| home.starts_with(&path)) {
            return unfit("the site can't be written over the home folder; name a folder in it");
        }
        Ok(Self { path, must_be_empty: asked.is_some() })
    }

    /// Opens the folder, if it exists.
    pub(super) fn open(&self, root: &Path) -> Result<Option<OpenFolder>, DiskError> {
        self.walk(root, |folder, name| match folder.folder(name) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            opened => opened.map(Some),
        })
    }

    /// Opens the folder, and creates it first if it doesn't exist.
    pub(super) fn make(&self, root: &Path) -> Result<OpenFolder, DiskError> {
        let made = self.walk(root, |folder, name| folder.folder_made(name).map(Some))?;
        made.ok_or_else(|| DiskError {
            path: self.path.clone(),
            error: io::ErrorKind::NotFound.into(),
        })
    }

    /// Walks to the folder, one name at a time. The walk starts at the repository of the book or,
    /// if the folder is elsewhere, at the deepest folder on the way that exists.
    fn walk(
        &self,
        root: &Path,
        step: impl Fn(&OpenFolder, &str) -> io::Result<Option<OpenFolder>>,
    ) -> Result<Option<OpenFolder>, DiskError> {
        let top = repository(root);
        let exists = |place: &&Path| place.symlink_metadata().is_ok();
        let start = if self.path.starts_with(top) {
            top
        } else {
            self.path.ancestors().find(exists).unwrap_or(&self.path)
        };
        is_folder(start)?;
        let mut folder = with_path(start, OpenFolder::open(start))?;
        for part in self.path.strip_prefix(start).unwrap_or(Path::new("")).iter() {
            let next = folder.path().join(part);
            let Some(name) = part.to_str() else {
                return Err(DiskError::new(&next, "its name is not UTF-8"));
            };
            match step(&folder, name) {
                Ok(Some(opened)) => folder = opened,
                Ok(None) => return Ok(None),
                Err(error) => {
                    is_folder(&next)?;
                    return with_path(&next, Err(error));
                }
            }
        }
        Ok(Some(folder))
    }
}

/// Fails if something other than a folder is at `place`.
fn is_folder(place: &Path) -> Result<(), DiskError> {
    let Ok(metadata) = place.symlink_metadata() else { return Ok(()) };
    let found = match metadata.file_type() {
        kind if kind.is_dir() => return Ok(()),
        kind if kind.is_symlink() => "a link",
        kind if kind.is_file() => "a file",
        _ => "neither a file nor a folder",
    };
    let why = format!(
        "this is {found}, and the site should be written to a folder of that name; move it, or choose \
         another folder with --output-dir"
    );
    Err(DiskError::new(place, why))
}

/// Returns the folder that holds everything a pull request can change: that of the repository
/// around the book, or that of the book itself. Git never checks out a folder `.git`, so one marks
/// the repository; a file `.git` belongs to a submodule, and the other markers may have come with a
/// pull request.
pub(super) fn repository(root: &Path) -> &Path {
    let mut found = root;
    for folder in root.ancestors() {
        let is_folder =
            |name: &str| folder.join(name).symlink_metadata().is_ok_and(|found| found.is_dir());
        if is_folder(".git") {
            return folder;
        }
        if REPOSITORY_MARKERS.iter().any(|name| folder.join(name).symlink_metadata().is_ok()) {
            found = folder;
        }
    }
    found
}

/// Returns `path` without links, `.` and `..`. Fails for a link at a place that `may_be_foreign`:
/// it may have come with a pull request.
fn without_links(
    path: &Path,
    may_be_foreign: impl Fn(&Path) -> bool,
) -> Result<PathBuf, UnfitFolder> {
    let mut real = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => drop(real.pop()),
            Component::CurDir => {}
            part => real.push(part),
        }
        let is_link = real.symlink_metadata().is_ok_and(|found| found.file_type().is_symlink());
        if is_link && may_be_foreign(&real) {
            let why = "this is a link, and the site is never written through a link that may have come \
                       with the book; name the folder that it leads to with --output-dir";
            return Err(UnfitFolder::InTheWay(DiskError::new(&real, why)));
        }
        if is_link {
            let leads = real.canonicalize();
            let failed = |error| UnfitFolder::InTheWay(DiskError { path: real.clone(), error });
            real = leads.map_err(failed)?;
        }
    }
    Ok(real)
}
