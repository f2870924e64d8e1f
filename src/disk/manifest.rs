//! The record of one output folder: the files that Fieldbook wrote, what each was made from, and
//! how to recognise each. Reading never fails: a line that can't be read is skipped.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::io::{self, Read};

use cap_fs_ext::MetadataExt;
use cap_std::fs::Metadata;
use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

use super::folder::is_clean;
use crate::fingerprint::{Fingerprint, parse_hexadecimal};
use crate::path::{OutputPath, url_path};
use crate::workspace::PublishedPages;

/// The first line of a manifest. A file with another first line is not read.
const MANIFEST_HEADER: &str = "fieldbook manifest 2";

/// The first line of a journal.
const JOURNAL_HEADER: &str = "fieldbook journal 1";

/// The beginning of the line with the report on the book.
const REPORT_PREFIX: &str = "= ";

/// The beginning of the line that names the stage folder.
const STAGE_PREFIX: &str = "stage ";

/// The beginning of a line with the address of a page of a note.
const PAGE_PREFIX: &str = "> ";

/// The version of the program. Files that another version wrote are still ours, but its
/// fingerprints can't be compared with those of this version.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The content of one output folder after a build.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    /// The fingerprint of the book and of the options, if the whole site was written.
    pub book: Option<Fingerprint>,
    /// The number of notes.
    pub notes: usize,
    /// The report on the book.
    pub saved: SavedReport,
    /// The pages of notes that were published.
    pub pages: PublishedPages,
    /// Every file that Fieldbook wrote.
    pub files: BTreeMap<OutputPath, FileRecord>,
}

/// The report on a book, to be shown again while the book is unchanged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SavedReport {
    /// The number of problems.
    pub problems: usize,
    /// The problems as text.
    pub report: String,
}

/// A file that Fieldbook wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileRecord {
    /// The fingerprint of the file's inputs, if this version of the program made it.
    pub fingerprint: Option<Fingerprint>,
    /// The hash of its bytes.
    pub bytes: ByteHash,
    /// The state of the file in the file system when it was written, if known.
    pub stamp: Option<FileStamp>,
}

/// The files that a build is about to move into place. It is stored beside the manifest from before
/// the first move until after the last, so that the build after a killed one recognises them as
/// ours.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Journal {
    /// The folder in the output in which files are prepared.
    pub(super) stage: Option<String>,
    /// The files to be moved, with their hashes. They may come from several builds that were
    /// killed.
    pub(super) coming: BTreeSet<(OutputPath, ByteHash)>,
}

/// A hash of the bytes of a file (XXH3, 128 bits). It distinguishes files that differ by accident;
/// it is no protection against forgery, for which the location of the manifest matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct ByteHash(u128);

impl ByteHash {
    /// The lowest of all hashes.
    pub(super) const LEAST: Self = Self(0);

    /// Returns the hash of `bytes`.
    pub(super) fn of(bytes: &[u8]) -> Self {
        Self(xxh3_128(bytes))
    }

    /// Returns the hash of the remaining bytes of `file`.
    pub(super) fn of_file(mut file: impl Read) -> io::Result<Self> {
        let mut hasher = Xxh3::new();
        let mut part = vec![0; 64 * 1024];
        loop {
            match file.read(&mut part) {
                Ok(0) => return Ok(Self(hasher.digest128())),
                Ok(size) => hasher.update(&part[..size]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    fn parse(text: &str) -> Option<Self> {
        parse_hexadecimal(text).map(Self)
    }
}

impl From<ByteHash> for String {
    fn from(hash: ByteHash) -> Self {
        format!("{:032x}", hash.0)
    }
}

impl TryFrom<String> for ByteHash {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("a hash has 32 hexadecimal digits")
    }
}

/// The state of a file in the file system: its size, times and inode. Someone who changes a file
/// can reset its size and its modification time, but not its status change time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileStamp(Fingerprint);

impl FileStamp {
    /// Returns the current stamp of a file.
    pub(super) fn of(metadata: &Metadata) -> Self {
        #[cfg(unix)]
        let changed = {
            use cap_std::fs::MetadataExt as _;
            (metadata.ctime(), metadata.ctime_nsec())
        };
        #[cfg(not(unix))]
        let changed = ();
        let modified = metadata.modified().ok().map(|time| time.into_std());
        let inode = (metadata.dev(), metadata.ino());
        Self(Fingerprint::of(&(metadata.len(), modified, changed, inode)))
    }
}

/// The identity of a written file: its inode, size and modification time. Moving the file to
/// another folder changes none of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct WrittenFile(Fingerprint);

impl WrittenFile {
    /// Returns the current identity of a file.
    pub(super) fn of(metadata: &Metadata) -> Self {
        let modified = metadata.modified().ok().map(|time| time.into_std());
        let inode = (metadata.dev(), metadata.ino());
        Self(Fingerprint::of(&(metadata.len(), modified, inode)))
    }
}

impl Manifest {
    /// Reads a manifest. Text in another format gives an empty one.
    pub(super) fn parse(text: &str) -> Self {
        let mut lines = text.lines();
        if lines.next() != Some(MANIFEST_HEADER) {
            return Self::default();
        }
        let mut head = lines.next().unwrap_or_default().split(' ');
        let is_this_version = head.next() == Some(VERSION);
        let print = |text: &str| Fingerprint::parse(text).filter(|_| is_this_version);
        let book = head.next().and_then(print);
        let notes = head.next().and_then(|number| number.parse().ok());
        let mut manifest = Self { notes: notes.unwrap_or_default(), ..Self::default() };
        let mut is_whole = text.ends_with('\n') && notes.is_some();
        for line in lines {
            if let Some(saved) = line.strip_prefix(REPORT_PREFIX) {
                let saved = serde_json::from_str(saved).ok();
                is_whole &= saved.is_some();
                let (problems, report) = saved.unwrap_or_default();
                manifest.saved = SavedReport { problems, report };
                continue;
            }
            if let Some(page) = line.strip_prefix(PAGE_PREFIX) {
                match page_of_note(page) {
                    Some((address, title)) => drop(manifest.pages.titles.insert(address, title)),
                    None => is_whole = false,
                }
                continue;
            }
            match file(line, print) {
                Some((output, record)) => drop(manifest.files.insert(output, record)),
                None => is_whole = false,
            }
        }
        manifest.book = book.filter(|_| is_whole);
        manifest
    }

    /// Returns the manifest as text.
    pub(super) fn text(&self) -> String {
        let book = self.book.map_or_else(|| "-".to_owned(), |book| book.to_string());
        let mut text = format!("{MANIFEST_HEADER}\n{VERSION} {book} {}\n", self.notes);
        if self.saved.problems > 0 {
            let saved = serde_json::json!((self.saved.problems, &self.saved.report));
            let _ = writeln!(text, "{REPORT_PREFIX}{saved}");
        }
        for (address, title) in &self.pages.titles {
            let _ = writeln!(text, "{PAGE_PREFIX}{title} {}", url_path(address.as_str()));
        }
        for (output, record) in &self.files {
            let or_none = |print: Option<Fingerprint>| {
                print.map_or_else(|| "-".to_owned(), |p| p.to_string())
            };
            let (print, stamp) =
                (or_none(record.fingerprint), or_none(record.stamp.map(|stamp| stamp.0)));
            let path = url_path(output.as_str());
            let _ = writeln!(text, "{print} {:032x} {stamp} {path}", record.bytes.0);
        }
        text
    }
}

/// Reads a line of a manifest that names the page of a note, without its beginning.
fn page_of_note(line: &str) -> Option<(OutputPath, Fingerprint)> {
    let (title, path) = line.split_once(' ')?;
    Some((output(path)?, Fingerprint::parse(title)?))
}

/// Reads a line of a manifest that names a file.
fn file(
    line: &str,
    print: impl Fn(&str) -> Option<Fingerprint>,
) -> Option<(OutputPath, FileRecord)> {
    let mut parts = line.splitn(4, ' ');
    let (fingerprint, bytes, stamp) = (parts.next()?, parts.next()?, parts.next()?);
    let output = output(parts.next()?)?;
    let stamp = Fingerprint::parse(stamp).map(FileStamp);
    let record =
        FileRecord { fingerprint: print(fingerprint), bytes: ByteHash::parse(bytes)?, stamp };
    Some((output, record))
}

impl Journal {
    /// Reads a journal. Text in another format gives an empty one.
    pub(super) fn parse(text: &str) -> Self {
        let mut lines = text.lines();
        if lines.next() != Some(JOURNAL_HEADER) {
            return Self::default();
        }
        let mut journal = Self::default();
        for line in lines {
            if let Some(stage) = line.strip_prefix(STAGE_PREFIX) {
                journal.stage = Some(stage.to_owned());
            } else if let Some((bytes, path)) = line.split_once(' ')
                && let (Some(bytes), Some(output)) = (ByteHash::parse(bytes), output(path))
            {
                journal.coming.insert((output, bytes));
            }
        }
        journal
    }

    /// Returns the journal as text.
    pub(super) fn text(&self) -> String {
        let mut text = format!("{JOURNAL_HEADER}\n");
        if let Some(stage) = &self.stage {
            let _ = writeln!(text, "{STAGE_PREFIX}{stage}");
        }
        for (output, bytes) in &self.coming {
            let _ = writeln!(text, "{:032x} {}", bytes.0, url_path(output.as_str()));
        }
        text
    }
}

/// Returns the path in a line, if it is a valid path in the output folder.
fn output(text: &str) -> Option<OutputPath> {
    let path = percent_decode_str(text).decode_utf8().ok()?;
    is_clean(&path).then(|| OutputPath::new(path.into_owned()))
}
