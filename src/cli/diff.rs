//! The command line of `diff`.

use std::path::PathBuf;

use clap::builder::NonEmptyStringValueParser;
use clap::{Args, ValueEnum};

/// Arguments of `diff`.
#[derive(Debug, Args)]
pub struct DiffArgs {
    /// The state to compare with: a folder with a book, or else a branch, tag or commit of the git repository of the book
    #[arg(value_name = "BASE", value_parser = NonEmptyStringValueParser::new())]
    pub base: String,
    /// The state that is compared, in the same way [default: the book as it is on disk]
    #[arg(value_name = "HEAD", value_parser = NonEmptyStringValueParser::new())]
    pub head: Option<String>,
    /// The form of the comparison
    #[arg(long, value_name = "FORMAT", default_value = "markdown")]
    pub format: DiffFormat,
    /// A file for the comparison [default: the standard output]
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// The day for which both sites are made, such as 2024-06-24 [default: SOURCE_DATE_EPOCH, or else today]
    #[arg(long, value_name = "DATE")]
    pub today: Option<String>,
}

/// A form of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// Markdown, for a comment on a proposal.
    Markdown,
    /// JSON, for programs.
    Json,
    /// One page of HTML without scripts, for the browser and for mail.
    Html,
}
