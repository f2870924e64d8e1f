//! The command line: arguments and options, without logic.

mod bring;
mod ci;
mod diff;
mod lists;
mod proposing;
mod writing;

use std::net::IpAddr;
use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

pub use bring::BringArgs;
pub use ci::{
    CiAction, CiArgs, CiCommentArgs, CiFilesArgs, CiOverdueArgs, CiReviewArgs, WorkflowProgram,
};
pub use diff::{DiffArgs, DiffFormat};
pub use lists::{FilterArgs, ListArgs, ListFormArgs, ListFormatName, Listing};
pub use proposing::{AcceptProposalArgs, ProposeArgs};
pub use writing::{FmtArgs, InitArgs, MoveArgs, NewArgs, SetArgs, StarterTemplate};

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
    /// Fix the problems that are safe to fix
    Fix(FixArgs),
    /// Explain what a rule finds, why it matters and what to do; or print another page of the manual
    Explain(ExplainArgs),
    /// Bring notes of another program into the book
    Import(BringArgs),
    /// Print the JSON Schema of front matter or of the configuration
    Schema(SchemaArgs),
    /// Preview the site, and update it as the book changes
    Serve(ServeArgs),
    /// Answer a text editor: completion, links, problems, renames (the Language Server Protocol, over standard input and
    /// output)
    Lsp(LspArgs),
    /// Make a new book, or make a book of notes that are there
    Init(InitArgs),
    /// Make a new note
    New(NewArgs),
    /// List notes of the book, their links, fields and values, or files
    List(ListArgs),
    /// Set values in the front matter of notes
    Set(SetArgs),
    /// Bring notes into one layout, without changing a page
    Fmt(FmtArgs),
    /// Move or rename a note, a folder or a picture, with every link that leads to it
    #[command(name = "mv")]
    Move(MoveArgs),
    /// Show what a change of the book does to the site
    Diff(DiffArgs),
    /// Propose your changes: as a branch on the code host, or as a file to send
    Propose(ProposeArgs),
    /// Show what a proposal in a file changes on the site, and take it over
    Accept(AcceptProposalArgs),
    /// Write workflows and issue forms for a code host, and do what they ask for
    Ci(CiArgs),
    /// Open the manual in the browser
    Manual(ManualArgs),
    /// Change how the site looks
    Theme(ThemeArgs),
    /// Keep translations in step with their originals, and exchange texts with translators
    Translation(TranslationArgs),
}

/// The command about the look of the site.
#[derive(Debug, Args)]
pub struct ThemeArgs {
    /// The action
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

/// The command about translations.
#[derive(Debug, Args)]
pub struct TranslationArgs {
    /// The action
    #[command(subcommand)]
    pub action: TranslationAction,
}

/// An action of the command about translations.
#[derive(Debug, Subcommand)]
pub enum TranslationAction {
    /// Record that a translation follows its original as it now is
    Accept(AcceptArgs),
    /// Write texts of the book to files for translators
    Export(ExportArgs),
    /// Write what translators made of such files to the notes of the book
    Import(ImportArgs),
}

/// Arguments of `translation accept`.
#[derive(Debug, Args)]
pub struct AcceptArgs {
    /// The translation; or the original, with --minor
    #[arg(value_name = "PATH")]
    pub path: PathBuf,
    /// The parts of the original: 4 for the fourth paragraph, h2 for the second heading, a key such as title, or gone for
    /// all that it no longer has [default: all]
    #[arg(value_name = "PART")]
    pub parts: Vec<String>,
    /// Record an unimportant change of an original, such as a typing error, in all translations that were current before
    #[arg(long)]
    pub minor: bool,
    /// The original as it was before the change; needed if translations were made of different texts of it
    #[arg(long, value_name = "FILE", requires = "minor")]
    pub was: Option<PathBuf>,
}

/// Arguments of `translation export`.
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// The language to translate into, such as fr
    #[arg(short, long, value_name = "LANGUAGE")]
    pub language: String,
    /// The notes and folders to export [default: the whole book]
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The format of the files [default: that of the ending of -o, or else po]
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<ExportFormat>,
    /// Only the texts that are not translated, or only those whose original has changed since
    #[arg(long, value_name = "STATES", value_delimiter = ',')]
    pub only: Vec<TextState>,
    /// An earlier file: translations in it that are not in the book are kept, and it shows what the originals of others
    /// were
    #[arg(long, value_name = "FILE")]
    pub previous: Option<PathBuf>,
    /// A file for all texts, or a folder for a file for each note [default: the standard output]
    #[arg(short, long, value_name = "PLACE")]
    pub output: Option<PathBuf>,
}

/// The format of files for translators.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// GNU gettext's, for Poedit, Weblate and others.
    Po,
    /// A table for a spreadsheet.
    Csv,
}

/// The state of a text in a translation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TextState {
    /// It is not translated.
    Missing,
    /// Its original has changed since it was translated.
    Stale,
}

/// Arguments of `translation import`.
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// The file, or a folder of files
    #[arg(value_name = "PATH")]
    pub path: PathBuf,
    /// The language of the translations [default: the one that the files name]
    #[arg(short, long, value_name = "LANGUAGE")]
    pub language: Option<String>,
    /// Also write notes of which not all is translated: the rest stays in the language of the original, and is marked
    #[arg(long)]
    pub partial: bool,
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

/// Options of `lsp`.
#[derive(Debug, Args)]
pub struct LspArgs {
    /// Talk over standard input and output, as it does in any case; some editors add this
    #[arg(long)]
    pub stdio: bool,
    /// The day to check for, such as 2024-06-24 [default: SOURCE_DATE_EPOCH, or else today]
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
    #[arg(short = 'n', long, visible_alias = "dry-run", conflicts_with_all = ["fix", "format", "baseline", "fail_on"])]
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

/// Arguments of `fix`.
#[derive(Debug, Args)]
pub struct FixArgs {
    /// The files and folders to fix [default: the whole book]
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Show what would change, as a unified diff, and write nothing. The exit code is 1 if there is
    /// anything to change
    #[arg(short = 'n', long, visible_alias = "dry-run")]
    pub diff: bool,
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
    /// For GitLab, as a report on code quality.
    Gitlab,
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
    /// [default: list all rules and pages]
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
    /// Let notes be edited in the browser, on this machine only; includes drafts
    #[arg(short, long, conflicts_with = "interface")]
    pub edit: bool,
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
