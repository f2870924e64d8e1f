//! The folder of the book, and the addresses that an editor has for its files.

use std::path::{Component, Path, PathBuf};

use gen_lsp_types::Uri;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::path::SourcePath;

/// The characters of a path that an address can't hold as they are.
const ENCODED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// The folder of a book.
#[derive(Clone, Debug)]
pub(super) struct BookFolder {
    /// The folder as the editor calls it.
    named: PathBuf,
    /// The folder without links.
    pub(super) root: PathBuf,
}

impl BookFolder {
    /// Creates the folder of a book; `None` if it isn't there.
    pub(super) fn new(named: &Path) -> Option<Self> {
        let root = named.canonicalize().ok()?;
        Some(Self { named: named.to_owned(), root })
    }

    /// Finds the nearest folder above a file or folder that holds a configuration with this name.
    pub(super) fn above(path: &Path, config: &str) -> Option<Self> {
        let found = path.ancestors().find(|folder| folder.join(config).is_file())?;
        Self::new(found)
    }

    /// Returns the path in the book of a file. `notes` is the folder of the notes.
    pub(super) fn source(&self, uri: &Uri, notes: &str) -> Option<SourcePath> {
        let path = file_of(uri)?;
        let below = path.strip_prefix(&self.named).or_else(|_| path.strip_prefix(&self.root));
        let below = match below {
            Ok(below) => below.to_owned(),
            // The editor may have come by a link.
            Err(_) => {
                let folder = path.parent()?.canonicalize().ok()?;
                folder.strip_prefix(&self.root).ok()?.join(path.file_name()?)
            }
        };
        let mut parts = Vec::new();
        for part in below.components() {
            match part {
                Component::Normal(part) => parts.push(part.to_str()?),
                _ => return None,
            }
        }
        (!parts.is_empty()).then(|| SourcePath::of_book(notes, &parts.join("/")))
    }

    /// Returns the address of a file of the book.
    pub(super) fn uri(&self, path: &SourcePath) -> Uri {
        uri_of(&self.named.join(path.as_str()))
    }
}

/// Returns the path of a file at an address; `None` for an address that is none of a file.
pub(super) fn file_of(uri: &Uri) -> Option<PathBuf> {
    let path = uri.0.strip_prefix("file://")?;
    // A host is left out, as far as it is this machine.
    let path = path.strip_prefix("localhost").unwrap_or(path);
    let path = percent_decode_str(path).decode_utf8().ok()?;
    let is_drive = |path: &str| path.as_bytes().get(2) == Some(&b':') && path.starts_with('/');
    let path = if cfg!(windows) && is_drive(&path) { &path[1..] } else { &path };
    (!path.is_empty() && !path.contains('\0')).then(|| PathBuf::from(path))
}

/// Returns the address of a file.
pub(super) fn uri_of(path: &Path) -> Uri {
    let text = path.to_string_lossy().replace('\\', "/");
    let slash = if text.starts_with('/') { "" } else { "/" };
    Uri(format!("file://{slash}{}", utf8_percent_encode(&text, ENCODED)))
}
