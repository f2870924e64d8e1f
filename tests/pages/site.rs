//! A site on disk, for a browser to open.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use fieldbook::disk;
use fieldbook::path::SourcePath;
use tempfile::TempDir;

use crate::chromium::server::{self, Server};
use crate::support::{self, Tree};

/// The path of the address for which the book is made.
const BELOW: &str = "linking";

/// A site on disk, as long as the value lives.
pub(crate) struct Site {
    /// The book it is made of.
    pub(crate) files: Tree,
    folder: TempDir,
}

impl Site {
    /// Returns the site of this repository's own book. Tests that run at the same time share it.
    pub(crate) fn own() -> Arc<Self> {
        static OWN: Mutex<Weak<Site>> = Mutex::new(Weak::new());
        let mut own = OWN.lock().unwrap_or_else(PoisonError::into_inner);
        own.upgrade().unwrap_or_else(|| {
            let built = Arc::new(Self::of(Path::new(env!("CARGO_MANIFEST_DIR"))));
            *own = Arc::downgrade(&built);
            built
        })
    }

    /// Builds the site of the book in a folder.
    pub(crate) fn of(book: &Path) -> Self {
        let sources = disk::read(book, &SourcePath::new("book.toml")).expect("a book");
        let (workspace, files) = support::open(sources, support::options());
        let files = files.unwrap_or_else(|| panic!("{}", support::lines(&workspace)));
        let folder = tempfile::tempdir().expect("a folder");
        support::write_tree(&files, &folder.path().join(BELOW));
        Self { files, folder }
    }

    /// Returns the address of one of its files on the disk.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("file://{}/{BELOW}/{path}", self.folder.path().display())
    }

    /// Serves it at an address like the one it is made for.
    pub(crate) fn serve(&self) -> (Server, String) {
        let server = server::serve(self.folder.path());
        let url = format!("{}{BELOW}/", server.url);
        (server, url)
    }

    /// Returns its pages, without redirects.
    pub(crate) fn pages(&self) -> Vec<&str> {
        support::pages(&self.files)
    }
}
