//! The choice of the output folder: a place that nobody can take for anything else, found without
//! following a link that came with the book.

use std::io;
use std::path::{Component, Path, PathBuf};

use super::find::FOLDERS;
use super::folder::OpenFolder;
use super::{DiskError, at};

/// The folder in the book that a site is written to if no other is asked for.
const PUBLIC: &str = "public";

/// Folders that programs keep for themselves. A site is not written into one, however deep.
const OF_PROGRAMS: [&str; 6] = [".git", ".hg", ".svn", ".jj", ".fieldbook", ".ssh"];

/// What lies in the top folder of a repository.
const OF_REPOSITORIES: [&str; 4] = [".git", ".hg", ".svn", ".jj"];

/// A folder that a site may be written to. It need not exist yet.
#[derive(Clone, Debug)]
pub struct OutputFolder {
    /// Its path, absolute and without links.
    pub path: PathBuf,
    /// Whether files in it that Fieldbook did not write are a reason to stop.
    pub must_be_empty: bool,
}

/// The reason why a folder can't be the output folder.
#[derive(Debug)]
pub enum UnfitFolder {
    /// Nobody should ask for it.
    Refused(String),
    /// Something is in the way.
    InTheWay(DiskError),
}

impl OutputFolder {
    /// The folder to write the site of the book at `root` to: the folder `public` of the book, or the
    /// one asked for, as seen from `here`. `root` is absolute and without links.
    pub fn choose(root: &Path, here: &Path, asked: Option<&Path>) -> Result<Self, UnfitFolder> {
        let wanted = asked.map_or_else(|| root.join(PUBLIC), |asked| here.join(asked));
        // A path that is seen from here most likely leads through a checkout.
        let is_relative = asked.is_some_and(|asked| asked.is_relative());
        let path = without_links(&wanted, |place| {
            place.starts_with(repository(root)) || is_relative && place.starts_with(here)
        })?;
        let unfit = |why: &str| Err(UnfitFolder::Refused(format!("{}: {why}", path.display())));
        // Some file systems take capital and small letters for the same.
        let first = path.strip_prefix(root).ok().and_then(|below| below.iter().next());
        let is_source = first
            .is_some_and(|first| FOLDERS.iter().any(|folder| first.eq_ignore_ascii_case(folder)));
        if root.starts_with(&path) || is_source {
            return unfit("the site can't be written over the book");
        }
        let is_of_program = |part: Component<'_>| {
            let name = part.as_os_str().to_string_lossy();
            OF_PROGRAMS.iter().any(|program| name.eq_ignore_ascii_case(program))
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

    /// Opens the folder, if it is there.
    pub(super) fn open(&self, root: &Path) -> Result<Option<OpenFolder>, DiskError> {
        self.walk(root, |folder, name| match folder.folder(name) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            opened => opened.map(Some),
        })
    }

    /// Opens the folder, made if it is not there.
    pub(super) fn make(&self, root: &Path) -> Result<OpenFolder, DiskError> {
        let made = self.walk(root, |folder, name| folder.folder_made(name).map(Some))?;
        made.ok_or_else(|| DiskError {
            path: self.path.clone(),
            error: io::ErrorKind::NotFound.into(),
        })
    }

    /// Goes down to the folder, one name at a time, from the repository of the book or, if it lies
    /// elsewhere, from the part of the way that exists.
    fn walk(
        &self,
        root: &Path,
        step: impl Fn(&OpenFolder, &str) -> io::Result<Option<OpenFolder>>,
    ) -> Result<Option<OpenFolder>, DiskError> {
        let top = repository(root);
        let exists = |place: &&Path| place.symlink_metadata().is_ok();
        let start = match self.path.starts_with(top) {
            true => top,
            false => self.path.ancestors().find(exists).unwrap_or(&self.path),
        };
        is_folder(start)?;
        let mut folder = at(start, OpenFolder::open(start))?;
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
                    return at(&next, Err(error));
                }
            }
        }
        Ok(Some(folder))
    }
}

/// Fails where something else than a folder stands at `place`.
fn is_folder(place: &Path) -> Result<(), DiskError> {
    let Ok(metadata) = place.symlink_metadata() else { return Ok(()) };
    let is = match metadata.file_type() {
        kind if kind.is_dir() => return Ok(()),
        kind if kind.is_symlink() => "a link",
        kind if kind.is_file() => "a file",
        _ => "neither a file nor a folder",
    };
    let why = format!(
        "this is {is}, and the site should be written to a folder of that name; move it, or choose \
         another folder with --output-dir"
    );
    Err(DiskError::new(place, why))
}

/// The folder that holds all that a pull request can change: that of the repository in which the book
/// lies, or that of the book itself. Git lets nobody bring a folder `.git`, so that marks the repository; a
/// `.git` that is a file is that of a submodule, and anything else may have come with a pull request.
pub(super) fn repository(root: &Path) -> &Path {
    let mut found = root;
    for folder in root.ancestors() {
        let is_folder =
            |name: &str| folder.join(name).symlink_metadata().is_ok_and(|is| is.is_dir());
        if is_folder(".git") {
            return folder;
        }
        if OF_REPOSITORIES.iter().any(|name| folder.join(name).symlink_metadata().is_ok()) {
            found = folder;
        }
    }
    found
}

/// `path` without links, `.` and `..`. A link at a place where it `may_be_foreign` is no way: it may have
/// come with a pull request.
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
        let is_link = real.symlink_metadata().is_ok_and(|is| is.file_type().is_symlink());
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
