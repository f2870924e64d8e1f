//! Open folders: every file is reached from an open folder, one name at a time, and no link is
//! followed on the way. So swapping a folder for a link during a build has no effect.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use cap_fs_ext::{DirExt, FollowSymlinks, OpenOptionsFollowExt, OpenOptionsSyncExt};
use cap_std::ambient_authority;
use cap_std::fs::{Dir, FileType, Metadata, OpenOptions};

/// A folder that is open.
pub(super) struct OpenFolder {
    dir: Dir,
    path: PathBuf,
}

/// The kind of thing at a name in a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum FolderEntry {
    /// Nothing.
    Empty,
    /// A file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link.
    Link,
    /// A pipe, a socket or a device.
    Other,
}

impl FolderEntry {
    fn of(kind: FileType) -> Self {
        if kind.is_file() {
            Self::File
        } else if kind.is_dir() {
            Self::Folder
        } else if kind.is_symlink() {
            Self::Link
        } else {
            Self::Other
        }
    }
}

impl OpenFolder {
    /// Opens the folder at `path`. The user chose it, so links on the way are followed.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let dir = Dir::open_ambient_dir(path, ambient_authority())?;
        Ok(Self { dir, path: path.to_owned() })
    }

    /// Returns the folder as a file, for locking.
    pub(super) fn handle(&self) -> io::Result<fs::File> {
        Ok(self.dir.try_clone()?.into_std_file())
    }

    /// Returns the path of the folder, for messages.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Opens the folder `name` in this one.
    pub(super) fn folder(&self, name: &str) -> io::Result<Self> {
        let dir = self.dir.open_dir_nofollow(name)?;
        Ok(Self { dir, path: self.path.join(name) })
    }

    /// Opens the folder `name`, and creates it first if it doesn't exist.
    pub(super) fn folder_made(&self, name: &str) -> io::Result<Self> {
        match self.dir.create_dir(name) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
            _ => self.folder(name),
        }
    }

    /// Creates the folder `name`, and fails if something has that name.
    pub(super) fn make_folder(&self, name: &str) -> io::Result<Self> {
        self.dir.create_dir(name)?;
        self.folder(name)
    }

    /// Creates the missing folders along `path`, which is separated by `/`. Use it only for a
    /// folder that nobody else writes to: links within the folder are followed.
    pub(super) fn make_all(&self, path: &str) -> io::Result<()> {
        self.dir.create_dir_all(path)
    }

    /// Creates a file and opens it for writing. Use it only for a folder that nobody else writes
    /// to, as above.
    pub(super) fn make_file(&self, path: &str) -> io::Result<fs::File> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true).follow(FollowSymlinks::No);
        Ok(self.dir.open_with(path, &options)?.into_std())
    }

    /// Opens the file `name` for reading. Anything but a file is an error, without waiting.
    pub(super) fn file(&self, name: &str) -> io::Result<(fs::File, fs::Metadata)> {
        let mut options = OpenOptions::new();
        options.read(true).follow(FollowSymlinks::No).nonblock(true);
        let file = self.dir.open_with(name, &options)?.into_std();
        let metadata = file.metadata()?;
        if metadata.is_file() {
            Ok((file, metadata))
        } else if metadata.is_dir() {
            Err(io::ErrorKind::IsADirectory.into())
        } else {
            Err(io::Error::other("it is neither a file nor a folder"))
        }
    }

    /// Returns the metadata of `name`; for a link, those of the link and not of its target.
    pub(super) fn metadata(&self, name: &str) -> io::Result<Metadata> {
        self.dir.symlink_metadata(name)
    }

    /// Returns the kind of thing at `name`.
    pub(super) fn place(&self, name: &str) -> io::Result<FolderEntry> {
        let metadata = match self.metadata(name) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(FolderEntry::Empty),
            metadata => metadata?,
        };
        Ok(FolderEntry::of(metadata.file_type()))
    }

    /// Returns the entries of the folder, sorted by name. A name that is not UTF-8 is converted
    /// with replacement characters, so it can't be opened.
    pub(super) fn entries(&self) -> io::Result<Vec<(String, FolderEntry)>> {
        let entry = |entry: io::Result<cap_std::fs::DirEntry>| {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            Ok((name, FolderEntry::of(entry.file_type()?)))
        };
        let mut entries: Vec<_> = self.dir.entries()?.map(entry).collect::<io::Result<_>>()?;
        entries.sort_unstable();
        Ok(entries)
    }

    /// Moves `name` into the folder `to` as `new_name`, replacing a file of that name.
    pub(super) fn move_to(&self, name: &str, to: &Self, new_name: &str) -> io::Result<()> {
        self.dir.rename(name, &to.dir, new_name)
    }

    /// Removes a file.
    pub(super) fn remove_file(&self, name: &str) -> io::Result<()> {
        self.dir.remove_file(name)
    }

    /// Removes a file, if it exists.
    pub(super) fn remove_file_if_there(&self, name: &str) -> io::Result<()> {
        match self.remove_file(name) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Writes a file beside the file `name`, then moves it over that file.
    pub(super) fn replace_file(&self, name: &str, text: &str) -> io::Result<()> {
        let new = format!("{name}.new");
        // A killed build may have left one.
        self.remove_file_if_there(&new)?;
        self.make_file(&new)?.write_all(text.as_bytes())?;
        self.move_to(&new, self, name)
    }

    /// Removes an empty folder.
    pub(super) fn remove_folder(&self, name: &str) -> io::Result<()> {
        self.dir.remove_dir(name)
    }

    /// Removes a folder and everything in it; links are removed, not followed.
    pub(super) fn remove_all(&self, name: &str) -> io::Result<()> {
        self.dir.remove_dir_all(name)
    }
}

/// A path walker below a folder. The folders above the last file stay open, so that reaching files
/// in sorted order is cheap.
pub(super) struct FolderPath<'f> {
    top: &'f OpenFolder,
    open: Vec<(String, OpenFolder)>,
}

impl<'f> FolderPath<'f> {
    /// Creates a walker that starts at `top`.
    pub(super) fn new(top: &'f OpenFolder) -> Self {
        Self { top, open: Vec::new() }
    }

    /// Returns the folder of the file at `path`, and the name of the file. Fails with
    /// `NotADirectory` if something on the way is not a folder.
    pub(super) fn to<'p>(&mut self, path: &'p str) -> io::Result<(&OpenFolder, &'p str)> {
        let (above, name) = path.rsplit_once('/').unwrap_or(("", path));
        if !is_clean(path) {
            return Err(io::Error::other("this is not a place in the folder"));
        }
        let names = || above.split('/').filter(|name| !name.is_empty());
        let same = names().zip(&self.open).take_while(|(name, open)| *name == open.0).count();
        self.open.truncate(same);
        for name in names().skip(same) {
            let next = self.last().folder(name)?;
            self.open.push((name.to_owned(), next));
        }
        Ok((self.last(), name))
    }

    fn last(&self) -> &OpenFolder {
        self.open.last().map_or(self.top, |(_, folder)| folder)
    }

    /// Closes all folders, so that they can be removed.
    pub(super) fn close(&mut self) {
        self.open.clear();
    }
}

/// Returns whether a path is relative, separated by `/`, and without empty parts, `.` and `..`.
pub(super) fn is_clean(path: &str) -> bool {
    // A shortcut for nearly all names: these characters have no special meaning on any system.
    let is_plain = |part: &str| {
        let is_sign = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
        !part.starts_with('.') && !part.is_empty() && part.bytes().all(is_sign)
    };
    let is_name = |part: &str| {
        if is_plain(part) {
            return true;
        }
        let mut components = Path::new(part).components();
        matches!(components.next(), Some(std::path::Component::Normal(_)))
            && components.next().is_none()
            && !part.contains('\0')
    };
    path.split('/').all(is_name)
}

/// Returns whether an error means that nothing is at a place, or that no folder leads there.
pub(super) fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}
