//! The files of another program that are to be imported. They are only read, and no link is followed below the folder
//! or file that the user named.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use super::folder::{FolderEntry, OpenFolder};
use super::wanted::unwanted;
use super::{DiskError, plain, with_path};

/// The most files that are read.
const MOST_FILES: usize = 100_000;

/// The most bytes of one file.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// The most bytes of all files.
const MOST_BYTES_OF_ALL: usize = 2 * 1024 * 1024 * 1024;

/// The greatest depth of folders in each other.
const DEEPEST: usize = 64;

/// Folders, in lower case, that hold no notes but what programs make or need, and are large.
const OF_PROGRAMS: [&str; 3] = ["node_modules", "__pycache__", "venv"];

/// Files by their paths below a folder, and those that were not read, with the reasons.
#[derive(Debug, Default)]
pub struct ReadCollection {
    /// The name of the folder or file.
    pub name: String,
    /// The files.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Files and folders that were not read, with the reasons.
    pub left_out: Vec<(String, String)>,
    size: usize,
}

/// Reads the folder at `place` with all below it, or the one file that is there.
pub fn read_collection(place: &Path) -> Result<ReadCollection, DiskError> {
    let real = with_path(place, place.canonicalize())?;
    let name = real.file_name().map(|name| name.to_string_lossy().into_owned());
    let name = name.unwrap_or_default();
    let mut read = ReadCollection { name: name.clone(), ..ReadCollection::default() };
    if real.is_dir() {
        let folder = with_path(place, OpenFolder::open(&real))?;
        read.folder(&folder, "", 0)?;
    } else {
        let above = real.parent().unwrap_or(&real);
        let folder = with_path(place, OpenFolder::open(above))?;
        read.file(&folder, &name, &name)?;
        if let Some((_, why)) = read.left_out.pop() {
            return Err(DiskError::new(place, why));
        }
    }
    Ok(read)
}

impl ReadCollection {
    fn folder(&mut self, folder: &OpenFolder, path: &str, depth: usize) -> Result<(), DiskError> {
        for (name, entry) in with_path(folder.path(), folder.entries())? {
            let below = if path.is_empty() { name.clone() } else { format!("{path}/{name}") };
            let is_of_program = OF_PROGRAMS.contains(&name.to_ascii_lowercase().as_str());
            // What begins with a dot is of a program, and so is nothing to report.
            let why = match entry {
                _ if name.starts_with('.') => continue,
                _ if unwanted(&name, "").is_some() || is_of_program => {
                    unwanted(&name, "").unwrap_or("a program keeps it for itself")
                }
                FolderEntry::Folder if depth >= DEEPEST => "its folders lie too deep",
                FolderEntry::Folder => match folder.folder(&name) {
                    Ok(inner) => {
                        self.folder(&inner, &below, depth + 1)?;
                        continue;
                    }
                    Err(_) => "it can't be opened",
                },
                FolderEntry::File => {
                    self.file(folder, &name, &below)?;
                    continue;
                }
                FolderEntry::Link => "it is a link, and links are not followed",
                FolderEntry::Other | FolderEntry::Empty => "it is neither a file nor a folder",
            };
            self.left_out.push((below, why.to_owned()));
        }
        Ok(())
    }

    fn file(&mut self, folder: &OpenFolder, name: &str, path: &str) -> Result<(), DiskError> {
        let opened = folder.file(name).and_then(|(file, metadata)| {
            let mut bytes = Vec::new();
            if metadata.len() <= MOST_BYTES {
                file.take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
            }
            Ok((bytes, metadata.len()))
        });
        let place = folder.path().join(name);
        let too_much =
            |what: &str| Err(DiskError::new(&place, format!("there are more than {what}")));
        match opened {
            Err(error) => self.left_out.push((path.to_owned(), plain(&error))),
            Ok((bytes, size)) if size > MOST_BYTES || bytes.len() as u64 > MOST_BYTES => {
                let why = format!("it is larger than {} MB", MOST_BYTES / 1024 / 1024);
                self.left_out.push((path.to_owned(), why));
            }
            Ok((bytes, _)) => {
                self.size += bytes.len();
                self.files.insert(path.to_owned(), bytes);
                if self.files.len() > MOST_FILES {
                    return too_much(&format!("{MOST_FILES} files; import a folder of fewer"));
                }
                if self.size > MOST_BYTES_OF_ALL {
                    return too_much("2 GB; import a smaller folder");
                }
            }
        }
        Ok(())
    }
}
