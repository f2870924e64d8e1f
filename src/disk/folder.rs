//! Opened folders: every file is reached from a folder that is open, one name at a time, and no link
//! is followed on the way. Whoever swaps a folder for a link meanwhile gains nothing.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use cap_fs_ext::{DirExt, FollowSymlinks, OpenOptionsFollowExt, OpenOptionsSyncExt};
use cap_std::ambient_authority;
use cap_std::fs::{Dir, FileType, Metadata, OpenOptions};

/// A folder that is open.
pub(super) struct OpenFolder {
    dir: Dir,
    path: PathBuf,
}

/// What stands at a place in a folder.
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
        match () {
            () if kind.is_file() => Self::File,
            () if kind.is_dir() => Self::Folder,
            () if kind.is_symlink() => Self::Link,
            () => Self::Other,
        }
    }
}

impl OpenFolder {
    /// Opens the folder at `path`, which is the user's own choice: links on the way are followed.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let dir = Dir::open_ambient_dir(path, ambient_authority())?;
        Ok(Self { dir, path: path.to_owned() })
    }

    /// The folder as a file, to be locked.
    pub(super) fn handle(&self) -> io::Result<fs::File> {
        Ok(self.dir.try_clone()?.into_std_file())
    }

    /// The path of the folder, for messages.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Opens the folder called `name` in this one.
    pub(super) fn folder(&self, name: &str) -> io::Result<Self> {
        let dir = self.dir.open_dir_nofollow(name)?;
        Ok(Self { dir, path: self.path.join(name) })
    }

    /// Opens the folder called `name`, made if there is none.
    pub(super) fn folder_made(&self, name: &str) -> io::Result<Self> {
        match self.dir.create_dir(name) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
            _ => self.folder(name),
        }
    }

    /// Makes a folder where nothing stood.
    pub(super) fn make_folder(&self, name: &str) -> io::Result<Self> {
        self.dir.create_dir(name)?;
        self.folder(name)
    }

    /// Makes the folders at `path`, which is separated by `/`, so far as they are missing. Only for a
    /// folder that nobody else writes to: links in it are followed, so long as they stay in it.
    pub(super) fn make_all(&self, path: &str) -> io::Result<()> {
        self.dir.create_dir_all(path)
    }

    /// Makes a file and opens it for writing. Only for a folder that nobody else writes to, as above.
    pub(super) fn make_file(&self, path: &str) -> io::Result<fs::File> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true).follow(FollowSymlinks::No);
        Ok(self.dir.open_with(path, &options)?.into_std())
    }

    /// Opens the file called `name` for reading. Anything but a file is an error, and is not waited for.
    pub(super) fn file(&self, name: &str) -> io::Result<(fs::File, fs::Metadata)> {
        let mut options = OpenOptions::new();
        options.read(true).follow(FollowSymlinks::No).nonblock(true);
        let file = self.dir.open_with(name, &options)?.into_std();
        let metadata = file.metadata()?;
        match metadata.is_file() {
            true => Ok((file, metadata)),
            false if metadata.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
            false => Err(io::Error::other("it is neither a file nor a folder")),
        }
    }

    /// What the system says of what stands at `name`; of a link, not of what it leads to.
    pub(super) fn metadata(&self, name: &str) -> io::Result<Metadata> {
        self.dir.symlink_metadata(name)
    }

    /// What stands at `name`.
    pub(super) fn place(&self, name: &str) -> io::Result<FolderEntry> {
        let metadata = match self.metadata(name) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(FolderEntry::Empty),
            metadata => metadata?,
        };
        Ok(FolderEntry::of(metadata.file_type()))
    }

    /// What stands in the folder, in the order of names. A name that is not UTF-8 is given as near to it
    /// as text can be, and names nothing.
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

    /// Moves what is called `name` into the folder `to`, over the file of that name there.
    pub(super) fn move_to(&self, name: &str, to: &Self, new_name: &str) -> io::Result<()> {
        self.dir.rename(name, &to.dir, new_name)
    }

    /// Removes a file.
    pub(super) fn remove_file(&self, name: &str) -> io::Result<()> {
        self.dir.remove_file(name)
    }

    /// Removes a folder that is empty.
    pub(super) fn remove_folder(&self, name: &str) -> io::Result<()> {
        self.dir.remove_dir(name)
    }

    /// Removes a folder and all in it; links are removed, not followed.
    pub(super) fn remove_all(&self, name: &str) -> io::Result<()> {
        self.dir.remove_dir_all(name)
    }
}

/// The way from a folder to the files below it: the folders that lead to the file asked for last stay
/// open, so that files asked for in their order cost little.
pub(super) struct FolderPath<'f> {
    top: &'f OpenFolder,
    open: Vec<(String, OpenFolder)>,
}

impl<'f> FolderPath<'f> {
    /// The way down from `top`.
    pub(super) fn new(top: &'f OpenFolder) -> Self {
        Self { top, open: Vec::new() }
    }

    /// The folder in which the file at `path` lies, and the name of the file. Fails with `NotADirectory`
    /// where a folder on the way is none.
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

/// Whether a path is relative, separated by `/`, and without empty parts, `.` and `..`.
pub(super) fn is_clean(path: &str) -> bool {
    // Nearly all names are of these signs, which mean nothing to any system.
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

/// Whether an error says that nothing stands at a place, or that no folder leads to it.
pub(super) fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}
