//! A proposal as a file: a ZIP archive of the files that it changes, with a list of them and of what they were.

use std::collections::BTreeSet;
use std::io::{Cursor, Read, Write};

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_128;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::{ProposedFile, is_proposable};
use crate::path::SourcePath;
use crate::slug::fold;

/// The version of the form.
const VERSION: u32 = 1;

/// The name of the list in the archive.
const LIST: &str = "proposal.json";

/// The folder of the files in the archive.
const FILES: &str = "files/";

/// The most files of a proposal.
const MOST_FILES: usize = 1_000;

/// The most bytes of the list.
const MOST_LISTED: u64 = 1024 * 1024;

/// The most bytes of all files of a proposal.
const MOST_BYTES: u64 = 128 * 1024 * 1024;

/// A proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposalBundle {
    /// A few words that say what changes.
    pub title: String,
    /// The reason.
    pub reason: String,
    /// The changed files.
    pub files: Vec<BundledFile>,
}

/// A changed file of a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BundledFile {
    /// The path in the book.
    pub path: SourcePath,
    /// The hash of the bytes that it had, as 32 hexadecimal digits; none if it is new.
    pub before: Option<String>,
    /// The new bytes; none if it is removed.
    pub after: Option<Vec<u8>>,
}

/// The reason why a proposal can't be read, in a sentence.
pub type BundleError = String;

/// The list of an archive.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct BundleList {
    version: u32,
    title: String,
    reason: String,
    files: Vec<ListedFile>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ListedFile {
    path: String,
    before: Option<String>,
    is_removed: bool,
}

impl ProposalBundle {
    /// Creates a proposal of changed files.
    pub fn new(title: &str, reason: &str, files: &[ProposedFile]) -> Self {
        let file = |file: &ProposedFile| BundledFile {
            path: file.path.clone(),
            before: file.before.as_deref().map(hash),
            after: file.after.clone(),
        };
        let files = files.iter().map(file).collect();
        Self { title: title.to_owned(), reason: reason.to_owned(), files }
    }

    /// Returns the archive. The same proposal always has the same bytes.
    pub fn archive(&self) -> Result<Vec<u8>, BundleError> {
        let failed = |error: zip::result::ZipError| format!("the file can't be made: {error}");
        let size: u64 =
            self.files.iter().flat_map(|file| &file.after).map(|it| it.len() as u64).sum();
        if self.files.len() > MOST_FILES || size > MOST_BYTES {
            return Err(too_much());
        }
        let listed = |file: &BundledFile| ListedFile {
            path: file.path.to_string(),
            before: file.before.clone(),
            is_removed: file.after.is_none(),
        };
        let list = BundleList {
            version: VERSION,
            title: self.title.clone(),
            reason: self.reason.clone(),
            files: self.files.iter().map(listed).collect(),
        };
        let list = serde_json::to_string_pretty(&list).expect("a list has only keys that are text");
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        let mut add = |name: &str, bytes: &[u8]| {
            archive.start_file(name, options)?;
            archive.write_all(bytes).map_err(zip::result::ZipError::from)
        };
        add(LIST, list.as_bytes()).map_err(failed)?;
        for file in &self.files {
            if let Some(after) = &file.after {
                add(&format!("{FILES}{}", file.path), after).map_err(failed)?;
            }
        }
        Ok(archive.finish().map_err(failed)?.into_inner())
    }

    /// Reads an archive, for a book whose notes lie in the folder `content`. Whatever is no note, picture or other file beside
    /// notes is refused, with all of the proposal.
    pub fn read(bytes: &[u8], content: &str) -> Result<Self, BundleError> {
        let unreadable = |error: zip::result::ZipError| format!("it is no proposal: {error}");
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(unreadable)?;
        if archive.len() > MOST_FILES + 1 {
            return Err(too_much());
        }
        let list = part(&mut archive, LIST, MOST_LISTED)?;
        let list: BundleList = serde_json::from_slice(&list)
            .map_err(|error| format!("its list can't be read: {error}"))?;
        if list.version != VERSION {
            return Err(format!(
                "it is of version {}, and this program reads version {VERSION}",
                list.version
            ));
        }
        let expected = 1 + list.files.iter().filter(|file| !file.is_removed).count();
        if archive.len() != expected {
            return Err("it holds other files than its list names".to_owned());
        }
        let (mut left, mut names, mut files) = (MOST_BYTES, BTreeSet::new(), Vec::new());
        for ListedFile { path, before, is_removed } in list.files {
            let place = proposed_path(&path, content)?;
            // Some systems take two such names for one.
            if !names.insert(fold(&path)) {
                return Err(format!("it names {path} twice"));
            }
            let after = match is_removed {
                true => None,
                false => {
                    let bytes = part(&mut archive, &format!("{FILES}{path}"), left)?;
                    left -= bytes.len() as u64;
                    Some(bytes)
                }
            };
            if before.is_none() && is_removed {
                return Err(format!("it removes {path}, which was not there"));
            }
            files.push(BundledFile { path: place, before, after });
        }
        if files.is_empty() {
            return Err("it changes nothing".to_owned());
        }
        Ok(Self { title: list.title, reason: list.reason, files })
    }
}

impl BundledFile {
    /// Returns whether the file has the bytes that the proposal was made from; `None` if it is not there.
    pub fn is_based_on(&self, bytes: Option<&[u8]>) -> bool {
        bytes.map(hash) == self.before
    }
}

/// Returns the place of a file in the book, if a proposal may hold it.
fn proposed_path(path: &str, content: &str) -> Result<SourcePath, BundleError> {
    let place = SourcePath::of_book(content, path);
    let is_name = |part: &str| {
        !part.is_empty() && !part.ends_with(['.', ' ']) && !part.contains(['\\', ':', '\0'])
    };
    if path.split('/').all(is_name) && is_proposable(&place) {
        return Ok(place);
    }
    Err(format!("it holds {path}, which is no note and no file beside notes"))
}

/// Returns the bytes of a part of the archive, at most so many.
fn part(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    name: &str,
    most: u64,
) -> Result<Vec<u8>, BundleError> {
    let part =
        archive.by_name(name).map_err(|error| format!("{name} in it can't be read: {error}"))?;
    if !part.is_file() || part.is_symlink() {
        return Err(format!("{name} in it is no file"));
    }
    let mut bytes = Vec::new();
    let read = part.take(most + 1).read_to_end(&mut bytes);
    read.map_err(|error| format!("{name} in it can't be read: {error}"))?;
    if bytes.len() as u64 > most {
        return Err(too_much());
    }
    Ok(bytes)
}

fn hash(bytes: &[u8]) -> String {
    format!("{:032x}", xxh3_128(bytes))
}

fn too_much() -> BundleError {
    format!("it holds more than {MOST_FILES} files or {} MB", MOST_BYTES / 1024 / 1024)
}
