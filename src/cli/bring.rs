//! The command line of `import`.

use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser};

use crate::migration::FORMATS;

/// Arguments of `import`.
#[derive(Debug, Args)]
pub struct BringArgs {
    /// The program or format
    #[arg(value_name = "FORMAT", value_parser = formats())]
    pub format: String,
    /// The folder of that program, or its one file. It is only read
    #[arg(value_name = "SRC")]
    pub source: PathBuf,
    /// The kind of the notes, in whose folder they are put
    #[arg(long, value_name = "KIND")]
    pub kind: Option<String>,
    /// The folder for the notes, below that of the notes of the book
    #[arg(long, value_name = "FOLDER")]
    pub into: Option<String>,
    /// A file for the report: a line for all that was dropped or guessed [default: the standard output]
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// Report what would be done, and write nothing
    #[arg(short = 'n', long)]
    pub dry_run: bool,
}

/// Returns the names of the formats, for the command line.
fn formats() -> PossibleValuesParser {
    FORMATS.iter().map(|format| PossibleValue::new(format.name).help(format.about)).into()
}
