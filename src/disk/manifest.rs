//! What was written, kept outside the site: which files are ours, and from what each was made.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use percent_encoding::percent_decode_str;

use super::{Failure, at};
use crate::fingerprint::Fingerprint;
use crate::path::{OutputPath, url_path};

/// The first line of a manifest. A file of another form is not read.
const HEAD: &str = "fieldbook manifest 1";

/// How the line begins that tells what was said.
const SAID: &str = "= ";

/// The version of the program. What another version wrote is ours, but from what it was made means
/// nothing to this one.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What was written into one output folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    /// The fingerprint of the book and what was asked, if all that it makes was written.
    pub book: Option<Fingerprint>,
    /// How many notes there were.
    pub notes: usize,
    /// What there was to say about the book.
    pub said: Said,
    /// Every file that is ours; with its stamp, if it is known to be whole.
    pub files: BTreeMap<OutputPath, Option<Stamp>>,
}

/// What was said about a book, to be said again while it is the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// How many problems it has.
    pub problems: usize,
    /// The problems, drawn.
    pub report: String,
}

/// What a file was made from, and how to see that it is still the same file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// What it was made from.
    pub fingerprint: Fingerprint,
    /// Its size, in bytes.
    pub size: u64,
    /// When it was written, in nanoseconds since 1970.
    pub modified: u128,
}

impl Stamp {
    /// The stamp of a file, without fingerprint.
    pub(super) fn new(metadata: &fs::Metadata) -> io::Result<Self> {
        let modified = metadata.modified()?.duration_since(UNIX_EPOCH).map_or(0, |t| t.as_nanos());
        Ok(Self { fingerprint: Fingerprint::default(), size: metadata.len(), modified })
    }

    /// The stamp of the file at `path` now.
    pub(super) fn take(path: &Path, fingerprint: Fingerprint) -> io::Result<Self> {
        Ok(Self { fingerprint, ..Self::new(&fs::metadata(path)?)? })
    }

    /// Whether the file at `path` is the one that was stamped.
    pub(super) fn holds(&self, path: &Path) -> bool {
        Self::take(path, self.fingerprint).is_ok_and(|now| now == *self)
    }
}

impl Manifest {
    /// Where the manifest of what is written to `output` lies: in `.fieldbook`, below `root`.
    pub fn place(root: &Path, output: &Path) -> PathBuf {
        let shown = output.strip_prefix(root).unwrap_or(output).to_string_lossy();
        let name = crate::slug::slug(&shown.replace(['/', '\\'], " "));
        let print = Fingerprint::of(&*shown).to_string();
        root.join(".fieldbook").join(format!("{name}-{}.manifest", &print[..8]))
    }

    /// Reads the manifest at `path`. One that is not there, or is damaged, is empty.
    pub fn read(path: &Path) -> Self {
        fs::read_to_string(path).ok().and_then(|text| Self::parse(&text)).unwrap_or_default()
    }

    fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        if lines.next()? != HEAD {
            return None;
        }
        let mut second = lines.next()?.split(' ');
        let is_this_version = second.next()? == VERSION;
        let book = Fingerprint::parse(second.next()?).filter(|_| is_this_version);
        let mut manifest = Self { book, notes: second.next()?.parse().ok()?, ..Self::default() };
        for line in lines {
            if let Some(said) = line.strip_prefix(SAID) {
                let (problems, report) = serde_json::from_str(said).ok()?;
                manifest.said = Said { problems, report };
                continue;
            }
            let mut parts = line.splitn(4, ' ');
            let (print, size, modified) = (parts.next()?, parts.next()?, parts.next()?);
            let print = Fingerprint::parse(print).filter(|_| is_this_version);
            let stamp = print.and_then(|fingerprint| {
                let (size, modified) = (size.parse().ok()?, modified.parse().ok()?);
                Some(Stamp { fingerprint, size, modified })
            });
            let output = percent_decode_str(parts.next()?).decode_utf8().ok()?.into_owned();
            manifest.files.insert(OutputPath::new(output), stamp);
        }
        Some(manifest)
    }

    /// Writes the manifest to `path`, whole or not at all.
    pub fn write(&self, path: &Path) -> Result<(), Failure> {
        use std::fmt::Write;
        let folder = path.parent().unwrap_or(path);
        at(folder, fs::create_dir_all(folder))?;
        let ignore = folder.join(".gitignore");
        if !ignore.exists() {
            at(&ignore, fs::write(&ignore, "*\n"))?;
        }
        let book = self.book.map_or_else(|| "-".to_owned(), |book| book.to_string());
        let mut text = format!("{HEAD}\n{VERSION} {book} {}\n", self.notes);
        if self.said.problems > 0 {
            let said = serde_json::json!((self.said.problems, &self.said.report));
            let _ = writeln!(text, "{SAID}{said}");
        }
        for (output, stamp) in &self.files {
            let output = url_path(output.as_str());
            let _ = match stamp {
                Some(stamp) => {
                    writeln!(
                        text,
                        "{} {} {} {output}",
                        stamp.fingerprint, stamp.size, stamp.modified
                    )
                }
                None => writeln!(text, "- 0 0 {output}"),
            };
        }
        let file = at(folder, tempfile::NamedTempFile::new_in(folder))?;
        at(path, fs::write(file.path(), text))?;
        at(path, file.persist(path).map_err(|error| error.error))?;
        Ok(())
    }
}
