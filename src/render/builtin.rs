//! The default theme, compiled into the program so that a book needs no theme of its own.

use include_dir::{Dir, include_dir};

use crate::source::{Source, compiled_in};

static THEME: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// Returns the files of the default theme, as if they were in the book.
pub fn files() -> Vec<Source> {
    compiled_in(&THEME, "themes/default")
}
