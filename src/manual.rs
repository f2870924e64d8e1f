//! The manual: a book in `src/manual/`, compiled into the program so that it can be read without a
//! network. `fieldbook manual` builds it, and `fieldbook explain` prints its pages.

use include_dir::{Dir, include_dir};

use crate::path::{OutputPath, SourcePath};
use crate::source::{Source, Sources, compiled_in};

/// The configuration of the manual.
const CONFIG: &str = include_str!("manual/book.toml");

static CONTENT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/manual/content");

/// The folder of the notes in a book.
const FOLDER: &str = "content";

/// A page of the manual.
#[derive(Clone, Debug)]
pub struct ManualPage {
    /// The name by which a command asks for it: that of its file or, of the first page of a folder,
    /// that of the folder.
    pub name: String,
    /// The file of the site that shows it.
    pub output: OutputPath,
    /// The note, front matter included.
    pub note: String,
}

/// Returns the book of the manual.
pub fn manual_sources() -> Sources {
    let config = Source::new(SourcePath::new("book.toml"), CONFIG.into());
    compiled_in(&CONTENT, FOLDER).into_iter().chain([config]).collect()
}

/// Returns the pages of the manual, in the order of their paths.
pub fn manual_pages() -> Vec<ManualPage> {
    manual_sources().iter().filter_map(ManualPage::new).collect()
}

impl ManualPage {
    fn new(source: &Source) -> Option<Self> {
        let path = source.path.below(FOLDER)?.strip_suffix(".md")?;
        let named = path.strip_suffix("/index").unwrap_or(path);
        Some(Self {
            name: named.rsplit('/').next().unwrap_or(named).to_owned(),
            output: OutputPath::new(format!("{path}.html")),
            note: source.text()?.to_owned(),
        })
    }

    /// Returns the title.
    pub fn title(&self) -> &str {
        let title = self.parts().0.lines().find_map(|line| line.strip_prefix("title = \""));
        title.and_then(|title| title.strip_suffix('"')).unwrap_or(&self.name)
    }

    /// Returns the text without front matter, its title as a heading.
    pub fn text(&self) -> String {
        format!("# {}\n{}", self.title(), self.parts().1)
    }

    /// Returns the front matter and the text below it.
    fn parts(&self) -> (&str, &str) {
        let mut parts = self.note.splitn(3, "+++\n").skip(1);
        (parts.next().unwrap_or_default(), parts.next().unwrap_or_default())
    }
}
