//! The books that are measured: generated ones, and ones that somebody prepared.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::peer::Peer;
use crate::{Result, generate, hugo, measure, support};

/// Where books of any size come from.
pub(crate) enum Corpus {
    /// [`generate`], with sites for Hugo alone, in this folder.
    Generated(PathBuf),
    /// A folder with the folders `fieldbook-N`, `hugo-N` and `zola-N`, which have the same N notes.
    Prepared(PathBuf),
}

impl Corpus {
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Corpus::Generated(_) => "generated",
            Corpus::Prepared(_) => "prepared",
        }
    }

    fn folder(&self) -> &Path {
        let (Corpus::Generated(folder) | Corpus::Prepared(folder)) = self;
        folder
    }

    /// Returns the name of the file system that the sites are on, such as `tmpfs`, which is memory.
    pub(crate) fn file_system(&self) -> String {
        let parents = self.folder().ancestors().find(|folder| folder.is_dir());
        let mut stat = Command::new("stat");
        stat.args(["--file-system", "--format=%T"]).args(parents);
        measure::run(&mut stat).map_or("an unknown file system".to_owned(), |(_, name)| name)
    }

    /// Returns the folder of the site of `notes` notes for the program whose folders begin with `program`.
    pub(crate) fn site(&self, program: &str, notes: usize) -> PathBuf {
        self.folder().join(format!("{program}-{notes}"))
    }

    /// Writes the sites of this size, if they are generated ones.
    pub(crate) fn lay_out(&self, notes: usize, peers: &[Peer]) -> Result<()> {
        if let Corpus::Prepared(_) = self {
            return Ok(());
        }
        let write = |program, files: &[(String, String)]| {
            let site = self.site(program, notes);
            measure::remove(&site)?;
            measure::write(&site, files)
        };
        write("fieldbook", &generate::book(notes))?;
        if peers.iter().any(|peer| peer.folder == "hugo") {
            write("hugo", &hugo::hugo(notes))?;
        }
        Ok(())
    }

    /// Returns the files of the book, as path and text.
    pub(crate) fn book(&self, notes: usize) -> Vec<(String, String)> {
        if let Corpus::Generated(_) = self {
            return generate::book(notes);
        }
        let site = self.site("fieldbook", notes);
        let below = |folder: &str| {
            let files = support::read_tree(&site.join(folder)).into_iter();
            files.map(move |(path, bytes)| (format!("{folder}/{path}"), bytes)).collect::<Vec<_>>()
        };
        let config = std::fs::read(site.join("book.toml")).unwrap_or_default();
        let files = below("content").into_iter().chain([("book.toml".to_owned(), config)]);
        files.filter_map(|(path, bytes)| Some((path, String::from_utf8(bytes).ok()?))).collect()
    }

    /// Removes what was written for this size: all of a generated site, the outputs of a prepared one.
    pub(crate) fn clear(&self, notes: usize, peers: &[Peer]) -> Result<()> {
        for program in peers.iter().map(|peer| peer.folder).chain(["fieldbook"]) {
            let site = self.site(program, notes);
            match self {
                Corpus::Generated(_) => measure::remove(&site)?,
                Corpus::Prepared(_) => clean(&site)?,
            }
        }
        Ok(())
    }
}

/// Removes what programs made of a site, so that the next build is a cold one.
pub(crate) fn clean(site: &Path) -> Result<()> {
    for made in [site.join("public"), site.join("resources"), state(site)] {
        measure::remove(&made)?;
    }
    Ok(())
}

/// Returns the folder for what Fieldbook records of a site.
pub(crate) fn state(site: &Path) -> PathBuf {
    site.with_extension("state")
}

/// Returns the sizes of the prepared books in a folder, smallest first.
pub(crate) fn sizes(folder: &Path) -> Result<Vec<usize>> {
    let names = std::fs::read_dir(folder)?.map(|entry| Ok(entry?.file_name()));
    let names: Vec<_> = names.collect::<std::io::Result<_>>()?;
    let size = |name: &OsString| name.to_str()?.strip_prefix("fieldbook-")?.parse().ok();
    let mut sizes: Vec<usize> = names.iter().filter_map(size).collect();
    sizes.sort_unstable();
    Ok(sizes)
}
