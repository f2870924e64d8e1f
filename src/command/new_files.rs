//! The files of a new book, written.

use std::path::Path;

use super::CommandError;
use super::terminal::Terminal;
use crate::authoring::NewFile;
use crate::disk;

/// Writes new files to the book at `root`, and says which were left as they are.
pub(super) fn write(
    root: &Path,
    files: &[NewFile],
    terminal: &mut Terminal,
) -> Result<(), CommandError> {
    for file in files {
        if !disk::write_new(root, &file.path, file.text.as_bytes())? {
            terminal.say(&format!("{} is there already and was left as it is", file.path));
        }
    }
    Ok(())
}
