//! The consequences of a proposal for a book, in the form in which a job without rights hands it to one that may comment.

use std::io::{Cursor, Read};

use serde::{Deserialize, Serialize};
use zip::ZipArchive;

use super::Suggestion;
use crate::comparison::BookComparison;

/// The version of the record.
const VERSION: u32 = 1;

/// The name of the record in an archive.
const NAME: &str = "review.json";

/// The most bytes of a record.
const MOST_BYTES: u64 = 16 * 1024 * 1024;

/// The consequences of a proposal for a book, and what could be better in it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReviewRecord {
    version: u32,
    /// The differences.
    pub comparison: BookComparison,
    /// The safe fixes in lines that differ.
    pub suggestions: Vec<Suggestion>,
}

impl ReviewRecord {
    /// Creates a record.
    pub fn new(comparison: BookComparison, suggestions: Vec<Suggestion>) -> Self {
        Self { version: VERSION, comparison, suggestions }
    }

    /// Returns the record as JSON.
    pub fn json(&self) -> String {
        serde_json::to_string(self).expect("a record has only keys that are text") + "\n"
    }

    /// Reads a record, or an archive in which it lies. It comes from a job that runs what strangers wrote, so anything may
    /// be in it.
    pub fn read(bytes: &[u8]) -> Result<Self, String> {
        let unpacked;
        let json = match bytes.starts_with(b"PK") {
            true => {
                unpacked = unpack(bytes)?;
                &unpacked
            }
            false => bytes,
        };
        if json.len() as u64 > MOST_BYTES {
            return Err(too_large());
        }
        let record: Self = serde_json::from_slice(json)
            .map_err(|error| format!("it is no record of fieldbook ci review: {error}"))?;
        match record.version {
            VERSION => Ok(record),
            version => Err(format!(
                "it is of version {version}, and this program reads version {VERSION}: use one version of Fieldbook in \
                 all workflows"
            )),
        }
    }
}

fn unpack(archive: &[u8]) -> Result<Vec<u8>, String> {
    let unreadable = |error: zip::result::ZipError| format!("the archive can't be read: {error}");
    let mut archive = ZipArchive::new(Cursor::new(archive)).map_err(unreadable)?;
    let part = archive.by_name(NAME).map_err(unreadable)?;
    let mut json = Vec::new();
    let read = part.take(MOST_BYTES + 1).read_to_end(&mut json);
    read.map_err(|error| format!("the archive can't be read: {error}"))?;
    Ok(json)
}

fn too_large() -> String {
    format!("it is larger than {} MB", MOST_BYTES / 1024 / 1024)
}
