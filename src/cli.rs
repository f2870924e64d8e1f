//! The command line: what may be asked. No logic.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

/// Turns a folder of Markdown notes into a cross-linked static site.
#[derive(Debug, Parser)]
#[command(name = "fieldbook", version, max_term_width = 100, disable_help_subcommand = true)]
pub struct Cli {
    #[command(flatten)]
    #[expect(missing_docs, reason = "its fields are documented")]
    pub common: CommonArgs,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What every command takes.
#[derive(Debug, Args)]
pub struct CommonArgs {
    /// The folder of the book
    #[arg(short, long, global = true, value_name = "ROOT", default_value = ".")]
    pub root: PathBuf,
    /// The configuration, a file in the folder of the book
    #[arg(short, long, global = true, value_name = "FILE", default_value = "book.toml")]
    pub config: String,
    /// Say only what is wrong
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say also which files were written, and which were left out and why
    #[arg(short, long, global = true, action = ArgAction::SetTrue)]
    pub verbose: bool,
    /// When to use colours
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: UseColor,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum UseColor {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Build the site
    Build(BuildArgs),
    /// Say what is wrong with the book, and write nothing
    Check(CheckArgs),
    /// Say what a rule finds, why it matters and what to do
    Explain(ExplainArgs),
    /// Print the JSON Schema of front matter or of the configuration
    Schema(SchemaArgs),
    /// Show the site while it is being written, and keep what is shown up to date
    Serve(ServeArgs),
    /// List what the book holds
    List(ListArgs),
    /// Change how the site looks
    Theme(ThemeArgs),
}

/// The command about the look of the site.
#[derive(Debug, Args)]
pub struct ThemeArgs {
    /// What to do
    #[command(subcommand)]
    pub action: ThemeAction,
}

/// An action of the command about the look of the site.
#[derive(Debug, Subcommand)]
pub enum ThemeAction {
    /// Copy a built-in template, style sheet, script or language file into the theme of the book, to be changed
    Eject {
        /// The file, such as templates/note.html or note.html [default: list all]
        #[arg(value_name = "FILE")]
        file: Option<String>,
    },
}

/// What to list.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// What to list
    #[command(subcommand)]
    pub what: Listing,
}

/// A list.
#[derive(Debug, Subcommand)]
pub enum Listing {
    /// The notes that fit words, the best first, as the site's search ranks them
    Search {
        /// The words, or a phrase in quotation marks
        #[arg(value_name = "WORDS", required = true)]
        words: Vec<String>,
        /// How many notes to list
        #[arg(short = 'n', long, value_name = "COUNT", default_value_t = 10)]
        limit: usize,
        /// Drafts too
        #[arg(long)]
        drafts: bool,
    },
}

/// How to build the site.
#[derive(Debug, Default, Args)]
pub struct BuildArgs {
    /// The folder to write the site to [default: public, in the folder of the book]
    #[arg(short, long, value_name = "DIR")]
    pub output_dir: Option<PathBuf>,
    /// Write to the folder of -o even if it holds files that Fieldbook did not write, and leave those
    #[arg(long, requires = "output_dir")]
    pub allow_foreign: bool,
    /// Compare every byte of the site with what was written, and make again what differs
    #[arg(long)]
    pub verify: bool,
    /// The address the site will be published at, if another than the book's
    #[arg(short = 'u', long, value_name = "URL")]
    pub base_url: Option<String>,
    /// Show drafts too
    #[arg(long)]
    pub drafts: bool,
    /// Write each text packed as well, as .br and .gz, for servers that send those
    #[arg(long)]
    pub precompress: bool,
    /// The day to build for, such as 2024-06-24 [default: SOURCE_DATE_EPOCH, or else today]
    #[arg(long, value_name = "DATE")]
    pub today: Option<String>,
}

/// How to check the book.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// The files and folders to report on [default: the whole book]
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// How to report [default: human; github where GITHUB_ACTIONS is true]
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<ReportFormat>,
    /// From which problems on to end with 1
    #[arg(long, value_name = "LEVEL", default_value = "error")]
    pub fail_on: FailOn,
    /// Leave out the problems that this report of --format json holds
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Look at drafts too
    #[arg(long)]
    pub drafts: bool,
    /// The day to check for, such as 2024-06-24 [default: SOURCE_DATE_EPOCH, or else today]
    #[arg(long, value_name = "DATE")]
    pub today: Option<String>,
}

/// How to report problems.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// For people, with the line of each problem.
    Human,
    /// One line a problem: path, line, column.
    Line,
    /// For programs.
    Json,
    /// For GitHub Actions.
    Github,
    /// SARIF 2.1.0, for code hosts and editors.
    Sarif,
}

/// From which problems on a check fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Errors.
    Error,
    /// Warnings and errors.
    Warning,
    /// None.
    Never,
}

/// What to explain.
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// The name of the rule, as it stands in brackets [default: list all]
    #[arg(value_name = "CODE")]
    pub code: Option<String>,
}

/// Which schema to print.
#[derive(Debug, Args)]
pub struct SchemaArgs {
    /// The kind whose front matter is meant [default: the schema of the configuration]
    #[arg(long, value_name = "KIND")]
    pub kind: Option<String>,
}
/// How to show the site while it is being written.
#[derive(Debug, Args)]
pub struct ServeArgs {
    /// The port; 0 takes any that is free [default: 2665, or the next that is free]
    #[arg(short, long)]
    pub port: Option<u16>,
    /// The address to listen at. Any but the default lets other machines read the book
    #[arg(short, long, value_name = "ADDR")]
    pub interface: Option<IpAddr>,
    /// Open the site in the browser
    #[arg(short = 'O', long)]
    pub open: bool,
    /// Show drafts too
    #[arg(long)]
    pub drafts: bool,
    /// Look for changes again and again, for a book on a network drive
    #[arg(long)]
    pub poll: bool,
    /// The day to show the site for, such as 2024-06-24 [default: SOURCE_DATE_EPOCH, or else today]
    #[arg(long, value_name = "DATE")]
    pub today: Option<String>,
}
