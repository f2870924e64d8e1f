//! The book that `check` and `fix` look at, with the files that they are asked about.

use std::path::PathBuf;

use super::CommandError;
use super::asked_paths::{is_wanted, wanted};
use super::build::{options, output_folder, root};
use super::terminal::Terminal;
use crate::autofix::{FixedBook, fix_book};
use crate::cli::{BuildArgs, CommonArgs};
use crate::diagnostic::Diagnostic;
use crate::disk::{self, DiskError};
use crate::path::SourcePath;
use crate::source::Sources;
use crate::workspace::{BuildOptions, PublishedPages};

/// A book whose problems are looked for.
pub(super) struct JudgedBook {
    /// The folder of the book.
    pub(super) root: PathBuf,
    /// The options of a build.
    pub(super) options: BuildOptions,
    /// The pages that earlier builds published.
    pub(super) pages: PublishedPages,
    /// The requested paths in the book.
    wanted: Vec<String>,
}

impl JudgedBook {
    /// Finds the book, and the requested paths in it.
    pub(super) fn find(
        common: &CommonArgs,
        paths: &[PathBuf],
        drafts: bool,
        today: Option<&String>,
    ) -> Result<Self, CommandError> {
        let root = root(common)?;
        let asked = BuildArgs { drafts, today: today.cloned(), ..BuildArgs::default() };
        let options = options(common, &asked)?;
        let wanted = wanted(&root, paths)?;
        let pages = output_folder(&root, &options.config, &asked)?.published(&root);
        Ok(Self { root, options, pages, wanted })
    }

    /// Returns the configuration file.
    pub(super) fn config(&self) -> &SourcePath {
        &self.options.config
    }

    /// Reads the files of the book.
    pub(super) fn read(&self) -> Result<Sources, DiskError> {
        disk::read(&self.root, self.config())
    }

    /// Returns whether a problem is at one of the requested paths.
    pub(super) fn is_wanted(&self, problem: &Diagnostic) -> bool {
        is_wanted(&self.wanted, self.config(), problem)
    }

    /// Reads the book, and applies its safe fixes in memory.
    pub(super) fn fixes(&self, terminal: &mut Terminal) -> Result<FixedBook, CommandError> {
        terminal.progress("Reading the book");
        let sources = self.read()?;
        terminal.progress("Looking for fixes");
        let is_wanted = |problem: &Diagnostic| self.is_wanted(problem);
        Ok(fix_book(self.options.clone(), sources, self.pages.clone(), &is_wanted))
    }
}
