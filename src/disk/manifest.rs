//! The record of one output folder: the files that Fieldbook wrote, from what each was made, and how to
//! tell each again. Reading never fails: a line that makes no sense is passed over.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::io::{self, Read};

use cap_fs_ext::MetadataExt;
use cap_std::fs::Metadata;
use percent_encoding::percent_decode_str;
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

use super::folder::is_clean;
use crate::fingerprint::{Fingerprint, hexadecimal};
use crate::path::{OutputPath, url_path};

/// The first line of a manifest. A file of another form is not read.
const MANIFEST: &str = "fieldbook manifest 2";

/// The first line of a journal.
const JOURNAL: &str = "fieldbook journal 1";

/// The beginning of the line that repeats the report on the book.
const SAID: &str = "= ";

/// The beginning of the line that names the stage folder.
const STAGE: &str = "stage ";

/// The version of the program. The files that another version wrote are ours, but its fingerprints mean
/// nothing to this one.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The content of one output folder after a build.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    /// The fingerprint of the book and of the options, if the whole site was written.
    pub book: Option<Fingerprint>,
    /// The number of notes.
    pub notes: usize,
    /// The report on the book.
    pub said: SavedReport,
    /// Every file that Fieldbook wrote.
    pub files: BTreeMap<OutputPath, FileRecord>,
}

/// The report on a book, to be repeated while the book is the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SavedReport {
    /// The number of problems.
    pub problems: usize,
    /// The problems, drawn.
    pub report: String,
}

/// One file that Fieldbook wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileRecord {
    /// The fingerprint of what the file was made from, if this version of the program made it.
    pub fingerprint: Option<Fingerprint>,
    /// The hash of its bytes.
    pub bytes: ByteHash,
    /// The state of the file in the file system when it was written; none if that is not known.
    pub stamp: Option<FileStamp>,
}

/// The files that a build is about to put in place. It lies beside the manifest from before the first
/// file is moved until the last, so that the build after one that was killed knows them as ours.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Journal {
    /// The folder in the output in which files are made ready.
    pub(super) stage: Option<String>,
    /// Each file that is coming, with its hash. Several builds in a row may have been killed.
    pub(super) coming: BTreeSet<(OutputPath, ByteHash)>,
}

/// A hash of the bytes of a file (XXH3, 128 bits). It tells files apart that differ by accident; that
/// nobody forges one rests on where the manifest is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ByteHash(u128);

impl ByteHash {
    /// The least of all hashes.
    pub(super) const LEAST: Self = Self(0);

    /// The hash of some bytes.
    pub(super) fn of(bytes: &[u8]) -> Self {
        Self(xxh3_128(bytes))
    }

    /// The hash of all bytes that `file` still has.
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
        hexadecimal(text).map(Self)
    }
}

/// The state of a file in the file system: its size, its times and its inode. Who alters a file can put
/// back its size and its time of modification, but not the time of its last change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileStamp(Fingerprint);

impl FileStamp {
    /// The stamp of a file as it is now.
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

/// A file that was written: its inode, size and time of modification. Moving it to another folder changes
/// none of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct WrittenFile(Fingerprint);

impl WrittenFile {
    /// The identity of a file as it is now.
    pub(super) fn of(metadata: &Metadata) -> Self {
        let modified = metadata.modified().ok().map(|time| time.into_std());
        let inode = (metadata.dev(), metadata.ino());
        Self(Fingerprint::of(&(metadata.len(), modified, inode)))
    }
}

impl Manifest {
    /// Reads a manifest. One of another form is empty.
    pub(super) fn parse(text: &str) -> Self {
        let mut lines = text.lines();
        if lines.next() != Some(MANIFEST) {
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
            if let Some(said) = line.strip_prefix(SAID) {
                let said = serde_json::from_str(said).ok();
                is_whole &= said.is_some();
                let (problems, report) = said.unwrap_or_default();
                manifest.said = SavedReport { problems, report };
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

    /// The manifest as text.
    pub(super) fn text(&self) -> String {
        let book = self.book.map_or_else(|| "-".to_owned(), |book| book.to_string());
        let mut text = format!("{MANIFEST}\n{VERSION} {book} {}\n", self.notes);
        if self.said.problems > 0 {
            let said = serde_json::json!((self.said.problems, &self.said.report));
            let _ = writeln!(text, "{SAID}{said}");
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

/// The file that a line of a manifest names.
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
    /// Reads a journal. One of another form is empty.
    pub(super) fn parse(text: &str) -> Self {
        let mut lines = text.lines();
        if lines.next() != Some(JOURNAL) {
            return Self::default();
        }
        let mut journal = Self::default();
        for line in lines {
            if let Some(stage) = line.strip_prefix(STAGE) {
                journal.stage = Some(stage.to_owned());
            } else if let Some((bytes, path)) = line.split_once(' ')
                && let (Some(bytes), Some(output)) = (ByteHash::parse(bytes), output(path))
            {
                journal.coming.insert((output, bytes));
            }
        }
        journal
    }

    /// The journal as text.
    pub(super) fn text(&self) -> String {
        let mut text = format!("{JOURNAL}\n");
        if let Some(stage) = &self.stage {
            let _ = writeln!(text, "{STAGE}{stage}");
        }
        for (output, bytes) in &self.coming {
            let _ = writeln!(text, "{:032x} {}", bytes.0, url_path(output.as_str()));
        }
        text
    }
}

/// The path that a line names, if it is one in the output folder.
fn output(text: &str) -> Option<OutputPath> {
    let path = percent_decode_str(text).decode_utf8().ok()?;
    is_clean(&path).then(|| OutputPath::new(path.into_owned()))
}
