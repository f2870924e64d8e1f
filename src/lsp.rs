//! The language server: it answers the questions of text editors about a book, over the Language Server Protocol 3.18.
//!
//! There are four kinds of threads: those of the connection read and write messages; for each book, one watches the files, and
//! one *keeper* owns the book in memory, takes changes in their order and proves renames; and one, the *server*, knows the texts
//! that are open and answers from what the keepers published last.
#![expect(clippy::disallowed_methods, reason = "a server reads clocks")]

mod abilities;
mod convert;
mod documents;
mod folder;
mod keeper;
mod position;
mod preview;
mod problems;
mod requests;
mod server;
mod session;
mod work;

use std::path::{Path, PathBuf};

use lsp_server::Connection;

use crate::workspace::BuildOptions;

/// A function that returns the options for the engine for the book in a folder, or says why there are none.
pub type FolderOptions = dyn Fn(&Path) -> Result<BuildOptions, String>;

/// The book that a language server is for.
pub struct LspSettings {
    /// The folder of the book, if it was named; otherwise the nearest above what the editor has open.
    pub root: Option<PathBuf>,
    /// The name of the configuration file.
    pub config: String,
    /// The options for the engine.
    pub options: Box<FolderOptions>,
}

/// Answers an editor until it ends the session. Returns whether it ended it as the protocol asks.
pub fn run(settings: LspSettings, connection: &Connection) -> bool {
    server::run(settings, connection)
}
