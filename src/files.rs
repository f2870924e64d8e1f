//! Files of the book that are copied as they are: pictures beside the notes, and `static/`.

use std::collections::BTreeMap;

use crate::path::{OutputPath, SourcePath};

/// The files a link may lead to, in the order of their addresses.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Files {
    files: Vec<(OutputPath, SourcePath)>,
    /// Places in `files` by the name of the file alone.
    by_name: BTreeMap<Box<str>, Vec<u32>>,
}

/// The place of a file in [`Files`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

impl Files {
    /// Takes the files at `paths`. Of two with one address the first counts.
    pub fn new<'a>(paths: impl Iterator<Item = &'a SourcePath>) -> Self {
        let address = |path: &'a SourcePath| {
            let below = path.below("content").or_else(|| path.below("static"))?;
            Some((OutputPath::new(below), path.clone()))
        };
        let mut files: Vec<_> = paths.filter_map(address).collect();
        files.sort();
        let mut by_name: BTreeMap<Box<str>, Vec<u32>> = BTreeMap::new();
        for (at, (output, _)) in files.iter().enumerate() {
            let name = output.as_str().rsplit('/').next().unwrap_or_default();
            by_name.entry(name.into()).or_default().push(at as u32);
        }
        Self { files, by_name }
    }

    /// The file at `path` as seen from `folder`: relative to it, from the top, or by its name alone
    /// where just one file has it.
    pub fn find(&self, folder: &str, path: &str) -> Option<FileId> {
        let relative = join(folder, path);
        let from_top = path.trim_start_matches('/');
        let exact = [relative.as_deref(), Some(from_top)].into_iter().flatten();
        exact.into_iter().find_map(|path| self.at(path)).or_else(|| {
            match self.by_name.get(path).map(Vec::as_slice) {
                Some([one]) => Some(FileId(*one)),
                _ => None,
            }
        })
    }

    fn at(&self, path: &str) -> Option<FileId> {
        let found = self.files.binary_search_by(|(output, _)| output.as_str().cmp(path));
        found.ok().map(|at| FileId(at as u32))
    }

    /// The address of a file.
    pub fn output(&self, id: FileId) -> &OutputPath {
        &self.files[id.0 as usize].0
    }

    /// All files.
    pub fn iter(&self) -> impl Iterator<Item = &(OutputPath, SourcePath)> + Clone {
        self.files.iter()
    }
}

/// `path` seen from `folder`, without `.` and `..`; `None` if it leaves the top.
pub fn join(folder: &str, path: &str) -> Option<String> {
    let from = if path.starts_with('/') { "" } else { folder };
    let mut parts: Vec<&str> = from.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}
