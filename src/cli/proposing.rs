//! The command line of `propose` and `accept`.

use std::path::PathBuf;

use clap::Args;
use clap::builder::NonEmptyStringValueParser;

/// Arguments of `propose`.
#[derive(Debug, Args)]
pub struct ProposeArgs {
    /// A few words that say what changes
    #[arg(value_name = "TITLE", value_parser = NonEmptyStringValueParser::new())]
    pub title: String,
    /// The reason, for those who decide
    #[arg(short = 'm', long, value_name = "TEXT", default_value = "")]
    pub reason: String,
    /// Write the changed notes and pictures to this file, to be sent by mail, and leave git as it is
    #[arg(long, value_name = "FILE")]
    pub bundle: Option<PathBuf>,
    /// The state that is compared, for --bundle: a folder with the book, or a branch, tag or commit [default: HEAD]
    #[arg(long, value_name = "BASE", requires = "bundle")]
    pub base: Option<String>,
    /// Make the branch, and send it nowhere
    #[arg(long, conflicts_with = "bundle")]
    pub no_push: bool,
    /// Open the page of the code host on which you send the proposal
    #[arg(short = 'O', long, conflicts_with_all = ["bundle", "no_push"])]
    pub open: bool,
}

/// Arguments of `accept`.
#[derive(Debug, Args)]
pub struct AcceptProposalArgs {
    /// The file that propose --bundle wrote
    #[arg(value_name = "FILE")]
    pub bundle: PathBuf,
    /// Take the changes over without asking
    #[arg(short, long)]
    pub yes: bool,
}
