//! Files of the book that are copied as they are: pictures beside the notes, and `static/`.

use std::collections::{BTreeMap, BTreeSet};

use crate::path::{OutputPath, SourcePath};
use crate::slug::composed;
use crate::source::{FileContent, Source};

/// The files that a link may lead to, sorted by address.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BookFiles {
    files: Vec<(OutputPath, SourcePath)>,
    /// The width and height of pictures, in pixels.
    sizes: BTreeMap<FileId, (u32, u32)>,
    /// Indexes in `files` by file name without folder, in Unicode's composed form (NFC).
    by_name: BTreeMap<Box<str>, Vec<u32>>,
    /// Indexes in `files` by composed address, where it differs from the address: some systems
    /// store an accent as a character of its own, and people who type the name don't.
    composed: BTreeMap<Box<str>, u32>,
    /// Files that are not published. Links still find them, so that the only problem reported is
    /// the one of the file itself.
    refused: BTreeSet<SourcePath>,
}

/// The index of a file in [`BookFiles`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

impl BookFiles {
    /// Collects the files, of which `refused` are not published. Of two with the same address, the
    /// first is used.
    pub fn new<'a>(
        sources: impl Iterator<Item = &'a Source>,
        refused: BTreeSet<SourcePath>,
    ) -> Self {
        let address = |source: &'a Source| {
            let below = source.path.in_notes().or_else(|| source.path.below("static"))?;
            Some((OutputPath::new(below), source.path.clone(), size(&source.content)))
        };
        let mut found: Vec<_> = sources.filter_map(address).collect();
        found.sort();
        let sizes = found.iter().enumerate();
        let sizes = sizes.filter_map(|(at, file)| Some((FileId(at as u32), file.2?))).collect();
        let files: Vec<_> = found.into_iter().map(|(output, path, _)| (output, path)).collect();
        let mut by_name: BTreeMap<Box<str>, Vec<u32>> = BTreeMap::new();
        let mut composed_paths = BTreeMap::new();
        for (at, (output, _)) in files.iter().enumerate() {
            let path = composed(output.as_str());
            let name = path.rsplit('/').next().unwrap_or_default();
            by_name.entry(name.into()).or_default().push(at as u32);
            if *path != *output.as_str() {
                composed_paths.entry(path.into()).or_insert(at as u32);
            }
        }
        Self { files, sizes, by_name, composed: composed_paths, refused }
    }

    /// Returns the file at `path` as seen from `folder`: relative to it, from the top, or by its
    /// name alone if only one file has that name.
    pub fn find(&self, folder: &str, path: &str) -> Option<FileId> {
        let relative = join(folder, path);
        let from_top = path.trim_start_matches('/');
        let exact = [relative.as_deref(), Some(from_top)].into_iter().flatten();
        exact.into_iter().find_map(|path| self.at(path)).or_else(|| {
            match self.by_name.get(&*composed(path)).map(Vec::as_slice) {
                Some([one]) => Some(FileId(*one)),
                _ => None,
            }
        })
    }

    fn at(&self, raw: &str) -> Option<FileId> {
        let path = composed(raw);
        let exact = |path: &str| {
            let found = self.files.binary_search_by(|(output, _)| output.as_str().cmp(path));
            found.ok().map(|at| at as u32)
        };
        exact(raw)
            .or_else(|| exact(&path))
            .or_else(|| self.composed.get(&*path).copied())
            .map(FileId)
    }

    /// Returns the address of a file.
    pub fn output(&self, id: FileId) -> &OutputPath {
        &self.files[id.0 as usize].0
    }

    /// Returns the path of a file in the book.
    pub fn source(&self, id: FileId) -> &SourcePath {
        &self.files[id.0 as usize].1
    }

    /// Returns the width and height of a picture, in pixels.
    pub fn size(&self, id: FileId) -> Option<(u32, u32)> {
        self.sizes.get(&id).copied()
    }

    /// Returns the files that are published.
    pub fn published(&self) -> impl Iterator<Item = &(OutputPath, SourcePath)> {
        self.iter().filter(|(_, source)| !self.refused.contains(source))
    }

    /// Returns the files that are published, with their ids.
    pub fn published_with_ids(&self) -> impl Iterator<Item = (FileId, &SourcePath)> {
        let files = (0..).map(FileId).zip(&self.files);
        let files = files.filter(|(_, (_, source))| !self.refused.contains(source));
        files.map(|(id, (_, source))| (id, source))
    }

    /// Returns all files.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &(OutputPath, SourcePath)> + Clone {
        self.files.iter()
    }
}

/// Returns the width and height of a picture, read from its first bytes.
fn size(content: &FileContent) -> Option<(u32, u32)> {
    let FileContent::Bytes(bytes) = content else { return None };
    let size = imagesize::blob_size(bytes).ok()?;
    Some((u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?))
}

/// Joins `folder` and `path` and resolves `.` and `..`; returns `None` if the result leaves the
/// top.
pub fn join(folder: &str, path: &str) -> Option<String> {
    let from = if path.starts_with('/') { "" } else { folder };
    let mut joined = String::with_capacity(from.len() + 1 + path.len());
    for part in from.split('/').filter(|part| !part.is_empty()) {
        push(&mut joined, part);
    }
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if joined.is_empty() => return None,
            ".." => joined.truncate(joined.rfind('/').unwrap_or(0)),
            part => push(&mut joined, part),
        }
    }
    Some(joined)
}

fn push(path: &mut String, part: &str) {
    if !path.is_empty() {
        path.push('/');
    }
    path.push_str(part);
}
