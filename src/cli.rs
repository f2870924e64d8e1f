//! The command line: arguments and options, without logic.

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
    /// The command.
    #[command(subcommand)]
    pub command: Command,
}

/// The options of every command.
#[derive(Debug, Args)]
pub struct CommonArgs {
    /// The folder of the book
    #[arg(short, long, global = true, value_name = "ROOT", default_value = ".")]
    pub root: PathBuf,
    /// The configuration, a file in the folder of the book
    #[arg(short, long, global = true, value_name = "FILE", default_value = "book.toml")]
    pub config: String,
    /// Report problems only
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Also list the files that were written, and those left out with the reasons
    #[arg(short, long, global = true, action = ArgAction::SetTrue)]
    pub verbose: bool,
    /// Use of colours
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: UseColor,
}

/// Use of colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum UseColor {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// A command.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Build the site
    Build(BuildArgs),
    /// Report the problems of the book, and fix those that are safe to fix if asked to
    Check(CheckArgs),
    /// Explain what a rule finds, why it matters and what to do; or print another page of the manual
    Explain(ExplainArgs),
    /// Print the JSON Schema of front matter or of the configuration
    Schema(SchemaArgs),
    /// Preview the site, and update it as the book changes
    Serve(ServeArgs),
    /// List notes of the book
    List(ListArgs),
    /// Open the manual in the browser
    Manual(ManualArgs),
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

/// Which page of the manual to open, and from which folder.
#[derive(Debug, Args)]
pub struct ManualArgs {
    /// The page: the name of a guide, a reference or a rule [default: the first page]
    #[arg(value_name = "PAGE")]
    pub page: Option<String>,
    /// The folder to write the manual to, if the browser can't read the default
    /// [default: fieldbook/manual, in the folder for the caches of programs]
    #[arg(short, long, value_name = "DIR")]
    pub output_dir: Option<PathBuf>,
    /// Print the place of the page, and open nothing
    #[arg(long)]
    pub no_open: bool,
}

/// Arguments of `list`.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// The list to print
    #[command(subcommand)]
    pub what: Listing,
}

/// A list.
#[derive(Debug, Subcommand)]
pub enum Listing {
    /// The notes that match words, the best first, ranked as in the site's search
    Search {
        /// The words, or a phrase in quotation marks
        #[arg(value_name = "WORDS", required = true)]
        words: Vec<String>,
        /// The number of notes to list
        #[arg(short = 'n', long, value_name = "COUNT", default_value_t = 10)]
        limit: usize,
        /// Include drafts
        #[arg(long)]
        drafts: bool,
    },
}

/// Options of `build`.
#[derive(Debug, Default, Args)]
pub struct BuildArgs {
    /// The folder to which the site is written [default: public, in the folder of the book]
    #[arg(short, long, value_name = "DIR")]
    pub output_dir: Option<PathBuf>,
    /// Write to the folder of -o even if it holds files that Fieldbook did not write, and keep
    /// those
    #[arg(long, requires = "output_dir")]
    pub allow_foreign: bool,
    /// Compare every byte of the site with the record, and make again what differs
    #[arg(long)]
    pub verify: bool,
    /// The address at which the site will be published, if it differs from the book's
    #[arg(short = 'u', long, value_name = "URL")]
    pub base_url: Option<String>,
    /// Include drafts
    #[arg(long)]
    pub drafts: bool,
    /// Also write each text file compressed, as .br and .gz, for servers that send those
    #[arg(long)]
    pub precompress: bool,
    /// The day to build for, such as 2024-06-24 [default: SOURCE_DATE_EPOCH, or else today]
    #[arg(long, value_name = "DATE")]
    pub today: Option<String>,
}

/// Arguments of `check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// The files and folders to report on [default: the whole book]
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Fix what can be fixed safely, then report what is left. Only notes and the configuration are
    /// changed, and only where the book, checked with the fix, no longer has the problem and has no
    /// new error
    #[arg(long)]
    pub fix: bool,
    /// Show what --fix would change, as a unified diff, and write nothing. The exit code is 1 if
    /// there is anything to change
    #[arg(long, visible_alias = "dry-run", conflicts_with_all = ["fix", "format", "baseline", "fail_on"])]
    pub diff: bool,
    /// The format of the report [default: human; github where GITHUB_ACTIONS is true]
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<ReportFormat>,
    /// The lowest level of problems that makes the exit code 1
    #[arg(long, value_name = "LEVEL", default_value = "error")]
    pub fail_on: FailOn,
    /// Leave out the problems listed in this report of --format json
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Include drafts
    #[arg(long)]
    pub drafts: bool,
    /// The day to check for, such as 2024-06-24 [default: SOURCE_DATE_EPOCH, or else today]
    #[arg(long, value_name = "DATE")]
    pub today: Option<String>,
}

/// The format of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// For people, with the line of each problem.
    Human,
    /// One line for each problem: path, line, column.
    Line,
    /// For programs.
    Json,
    /// For GitHub Actions.
    Github,
    /// SARIF 2.1.0, for code hosts and editors.
    Sarif,
}

/// The lowest level of problems that makes a check fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Errors.
    Error,
    /// Warnings and errors.
    Warning,
    /// None.
    Never,
}

/// Arguments of `explain`.
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// The name of the rule, as shown in brackets, or of another page of the manual
    /// [default: list all rules]
    #[arg(value_name = "CODE")]
    pub code: Option<String>,
}

/// Arguments of `schema`.
#[derive(Debug, Args)]
pub struct SchemaArgs {
    /// The kind whose front matter is described [default: the schema of the configuration]
    #[arg(long, value_name = "KIND")]
    pub kind: Option<String>,
}

/// Options of `serve`.
#[derive(Debug, Args)]
pub struct ServeArgs {
    /// The port; 0 means any free one [default: 2665, or the next free one]
    #[arg(short, long)]
    pub port: Option<u16>,
    /// The address to listen at. Any but the default lets other machines read the book
    #[arg(short, long, value_name = "ADDR")]
    pub interface: Option<IpAddr>,
    /// Open the site in the browser
    #[arg(short = 'O', long)]
    pub open: bool,
    /// Include drafts
    #[arg(long)]
    pub drafts: bool,
    /// Check for changes at intervals, for a book on a network drive
    #[arg(long)]
    pub poll: bool,
    /// The day to show the site for, such as 2024-06-24 [default: SOURCE_DATE_EPOCH, or else today]
    #[arg(long, value_name = "DATE")]
    pub today: Option<String>,
}
