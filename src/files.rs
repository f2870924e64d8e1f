//! Files of the book that are copied as they are: pictures beside the notes, and `static/`.

use std::collections::{BTreeMap, BTreeSet};

use crate::path::{OutputPath, SourcePath};
use crate::slug::composed;
use crate::source::{FileContent, Source};

/// The files a link may lead to, in the order of their addresses.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BookFiles {
    files: Vec<(OutputPath, SourcePath)>,
    /// Width and height of those that are pictures, in pixels.
    sizes: BTreeMap<FileId, (u32, u32)>,
    /// Places in `files` by the name of the file alone, composed.
    by_name: BTreeMap<Box<str>, Vec<u32>>,
    /// Places in `files` by the composed address, where that is another: some systems write an accent
    /// as a sign of its own, and who types the name does not.
    composed: BTreeMap<Box<str>, u32>,
    /// Those that are not published. Links find them, so that only what is wrong with the file itself
    /// is said.
    refused: BTreeSet<SourcePath>,
}

/// The place of a file in [`BookFiles`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

impl BookFiles {
    /// Takes files, of which the `refused` are not published. Of two with one address the first counts.
    pub fn new<'a>(
        sources: impl Iterator<Item = &'a Source>,
        refused: BTreeSet<SourcePath>,
    ) -> Self {
        let address = |source: &'a Source| {
            let below = source.path.below("content").or_else(|| source.path.below("static"))?;
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

    /// The file at `path` as seen from `folder`: relative to it, from the top, or by its name alone
    /// where just one file has it.
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

    /// The address of a file.
    pub fn output(&self, id: FileId) -> &OutputPath {
        &self.files[id.0 as usize].0
    }

    /// The width and height of a file that is a picture, in pixels.
    pub fn size(&self, id: FileId) -> Option<(u32, u32)> {
        self.sizes.get(&id).copied()
    }

    /// The files that are published.
    pub fn published(&self) -> impl Iterator<Item = &(OutputPath, SourcePath)> {
        self.iter().filter(|(_, source)| !self.refused.contains(source))
    }

    /// The same with their places.
    pub fn published_with_ids(&self) -> impl Iterator<Item = (FileId, &SourcePath)> {
        let files = (0..).map(FileId).zip(&self.files);
        let files = files.filter(|(_, (_, source))| !self.refused.contains(source));
        files.map(|(id, (_, source))| (id, source))
    }

    /// All files.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &(OutputPath, SourcePath)> + Clone {
        self.files.iter()
    }
}

/// The size of a picture, from its first bytes.
fn size(content: &FileContent) -> Option<(u32, u32)> {
    let FileContent::Bytes(bytes) = content else { return None };
    let size = imagesize::blob_size(bytes).ok()?;
    Some((u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?))
}

/// `path` seen from `folder`, without `.` and `..`; `None` if it leaves the top.
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
