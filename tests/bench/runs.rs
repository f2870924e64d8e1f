//! The cold builds of one program for one site: what they took, and what they made.

use std::path::Path;
use std::process::Command;

use crate::measure::{self, Cost, Files};
use crate::{Result, corpus};

#[derive(Default)]
pub(crate) struct Runs {
    pub(crate) program: &'static str,
    pub(crate) builds: Vec<Cost>,
    /// What `cp -r` of the output took, after each build.
    pub(crate) copies: Vec<Cost>,
    pub(crate) n_pages: usize,
    pub(crate) n_files: usize,
    pub(crate) n_bytes: u64,
}

impl Runs {
    pub(crate) fn of(program: &'static str) -> Runs {
        Runs { program, ..Runs::default() }
    }

    /// Builds a site from cold, and copies the output.
    pub(crate) fn add(&mut self, site: &Path, build: &mut Command) -> Result<()> {
        corpus::clean(site)?;
        settle();
        self.builds.push(measure::run(build)?.0);
        let (output, copy) = (site.join("public"), site.join("copy"));
        let made = Files::below(&output)?;
        (self.n_pages, self.n_files, self.n_bytes) = (made.n_pages(), made.len(), made.n_bytes());
        settle();
        self.copies.push(measure::run(Command::new("cp").arg("-r").arg(&output).arg(&copy))?.0);
        Ok(measure::remove(&copy)?)
    }
}

/// Lets the system write the data of earlier runs to disk, so that no run pays for another. Without
/// `sync`, runs do pay.
pub(crate) fn settle() {
    let _ = Command::new("sync").status();
}
