//! The parts of a document of Word, which is a ZIP archive. A part is found by its name in the archive and never by a path
//! on the disk, and what is unpacked is limited.

use std::cell::Cell;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::xml::{XmlElement, parse};
use crate::migration::links::joined;

/// The most parts of a document.
const MOST_PARTS: usize = 5_000;

/// The most bytes that are unpacked of one document.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// A document whose parts can be read.
pub(super) struct Package<'d> {
    archive: ZipArchive<Cursor<&'d [u8]>>,
    /// The number of bytes that may still be unpacked.
    left: Cell<u64>,
}

/// A reference from one part to another, or to an address.
pub(super) struct Relationship {
    pub(super) id: String,
    /// The last part of the address of its type, such as `image`.
    pub(super) kind: String,
    pub(super) target: String,
    pub(super) is_external: bool,
}

impl<'d> Package<'d> {
    /// Opens a document. Fails if it is none, or is made to do harm.
    pub(super) fn open(bytes: &'d [u8]) -> Result<Self, String> {
        let archive = ZipArchive::new(Cursor::new(bytes));
        let archive = archive.map_err(|error| format!("it is no document of Word ({error})"))?;
        if archive.len() > MOST_PARTS {
            return Err(format!("it has more than {MOST_PARTS} parts"));
        }
        for name in archive.file_names() {
            let name = name.map_err(|error| format!("it is no document of Word ({error})"))?;
            let is_outside = name.starts_with(['/', '\\']) || name.contains(':');
            if is_outside || name.split(['/', '\\']).any(|part| part == "..") {
                return Err("it has a part that would lie outside of it".to_owned());
            }
        }
        Ok(Self { archive, left: Cell::new(MOST_BYTES) })
    }

    /// Returns the bytes of a part, if it is there.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, String> {
        let Ok(mut part) = self.archive.by_name(name) else { return Ok(None) };
        let (left, size) = (self.left.get(), part.size());
        if size > left {
            let limit = MOST_BYTES / 1024 / 1024;
            return Err(format!("more than {limit} MB come out of it"));
        }
        // A part that is longer than it says can't be read.
        let mut bytes = Vec::with_capacity(size as usize);
        let read = part.read_to_end(&mut bytes);
        read.map_err(|error| format!("its part {name} can't be read ({error})"))?;
        self.left.set(left - bytes.len() as u64);
        Ok(Some(bytes))
    }

    /// Returns a part that is XML.
    pub(super) fn xml(&mut self, name: &str) -> Result<Option<XmlElement>, String> {
        let Some(bytes) = self.part(name)? else { return Ok(None) };
        let text = String::from_utf8(bytes).map_err(|_| format!("its part {name} is not UTF-8"))?;
        parse(&text).map(Some).map_err(|why| format!("its part {name} {why}"))
    }

    /// Returns the references from a part.
    pub(super) fn relationships(&mut self, name: &str) -> Result<Vec<Relationship>, String> {
        let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
        let listed =
            self.xml(&joined(folder, &format!("_rels/{file}.rels")).unwrap_or_default())?;
        let relationship = |element: &XmlElement| {
            let target = element.attribute("Target")?;
            let is_external = element.attribute("TargetMode") == Some("External");
            let target = match is_external {
                true => target.to_owned(),
                false => joined(folder, target)?,
            };
            let kind = element.attribute("Type")?.rsplit('/').next()?.to_owned();
            Some(Relationship {
                id: element.attribute("Id")?.to_owned(),
                kind,
                target,
                is_external,
            })
        };
        let elements = listed.iter().flat_map(XmlElement::elements);
        Ok(elements.filter_map(relationship).collect())
    }
}
