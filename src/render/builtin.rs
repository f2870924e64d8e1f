//! The default theme, compiled into the program so that a book needs no theme of its own.

use include_dir::{Dir, include_dir};

use crate::path::SourcePath;
use crate::source::Source;

static THEME: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// Returns the files of the default theme, as if they were in the book.
pub fn files() -> Vec<Source> {
    let mut files = Vec::new();
    gather(&THEME, &mut files);
    files
}

fn gather(dir: &Dir<'_>, files: &mut Vec<Source>) {
    for file in dir.files() {
        let Some(path) = file.path().to_str() else { continue };
        let path = SourcePath::new(format!("themes/default/{}", path.replace('\\', "/")));
        files.push(Source::new(path, file.contents().to_vec()));
    }
    dir.dirs().for_each(|dir| gather(dir, files));
}
