//! Other generators, which build the same notes.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{Result, measure};

/// Another generator.
pub(crate) struct Peer {
    pub(crate) name: &'static str,
    /// The beginning of the names of its sites' folders.
    pub(crate) folder: &'static str,
    program: PathBuf,
    /// The argument with which it says its version.
    version: &'static str,
    /// The argument with which it builds the site of the folder in which it runs.
    build: &'static str,
}

impl Peer {
    /// Returns the generator that an option of the command line names, if it names one.
    pub(crate) fn of_option(option: &str, program: PathBuf) -> Option<Peer> {
        let (name, folder, version, build) = match option {
            "--hugo" => ("Hugo", "hugo", "version", "--quiet"),
            "--zola" => ("Zola", "zola", "--version", "build"),
            _ => return None,
        };
        Some(Peer { name, folder, program, version, build })
    }

    pub(crate) fn says_version(&self) -> Result<String> {
        Ok(measure::run(Command::new(&self.program).arg(self.version))?.1)
    }

    /// Returns the command that builds the site in a folder.
    pub(crate) fn build(&self, site: &Path) -> Command {
        let mut command = Command::new(&self.program);
        command.arg(self.build).current_dir(site);
        command
    }
}
