//! Arguments of the commands that make and change notes.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::FilterArgs;

/// Arguments of `init`.
#[derive(Debug, Args)]
pub struct InitArgs {
    /// The folder of the new book [default: that of --root]
    #[arg(value_name = "DIR")]
    pub folder: Option<PathBuf>,
    /// A folder of Markdown notes to make the book of: an Obsidian vault, or the documents of a site. If it is
    /// DIR itself, the notes stay where they are; otherwise they and their pictures are copied
    #[arg(long, value_name = "FOLDER", conflicts_with = "template")]
    pub from: Option<PathBuf>,
    /// The notes and kinds to begin with [default: contact-group]
    #[arg(long, value_name = "TEMPLATE")]
    pub template: Option<StarterTemplate>,
    /// The title of the book [default: the name of the folder]
    #[arg(long, value_name = "TITLE")]
    pub title: Option<String>,
    /// The language of the notes, such as en [default: en]
    #[arg(long, value_name = "LANGUAGE")]
    pub language: Option<String>,
    /// Ask nothing, and take the defaults
    #[arg(short, long)]
    pub yes: bool,
}

/// The notes and kinds that a new book begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum StarterTemplate {
    /// Themes, recommendations, lessons, meetings and organisations.
    ContactGroup,
    /// Guides, policies and roles.
    Handbook,
    /// A home page alone.
    Empty,
}

/// Arguments of `new`.
#[derive(Debug, Args)]
pub struct NewArgs {
    /// The kind of the note, as book.toml calls it
    #[arg(value_name = "KIND", required_unless_present = "stdin_json")]
    pub kind: Option<String>,
    /// The title
    #[arg(value_name = "TITLE", required_unless_present = "stdin_json")]
    pub title: Option<String>,
    /// A value to set, such as themes=finance; it may be given several times
    #[arg(short, long, value_name = "FIELD=VALUE")]
    pub set: Vec<String>,
    /// A file with the text of the note; - is the standard input
    #[arg(long, value_name = "FILE")]
    pub from: Option<PathBuf>,
    /// Write the front matter in YAML [default: as in the other notes of the kind]
    #[arg(long)]
    pub yaml: bool,
    /// Read a submitted form in JSON from the standard input: {"title": …, "body": …} with the text of an issue, or
    /// {"kind": …, "title": …, "values": {…}, "text": …}. If the note can't be made, an answer that says what is
    /// missing is printed in Markdown, and the exit code is 1
    #[arg(long, conflicts_with_all = ["kind", "set", "from", "yaml"])]
    pub stdin_json: bool,
}

/// Arguments of `set`.
#[derive(Debug, Args)]
pub struct SetArgs {
    /// Notes or folders, and the values to set: field=value sets a value, field= removes it, and
    /// field+=value and field-=value add one to a list and take one out
    #[arg(value_name = "NOTE|FIELD=VALUE", required = true)]
    pub notes_and_values: Vec<String>,
    #[command(flatten)]
    #[expect(missing_docs, reason = "its fields are documented")]
    pub filter: FilterArgs,
    /// Show what would change, as a unified diff, and write nothing
    #[arg(short = 'n', long)]
    pub dry_run: bool,
    /// Write also if more than 20 files change
    #[arg(short, long)]
    pub yes: bool,
}

/// Arguments of `fmt`.
#[derive(Debug, Args)]
pub struct FmtArgs {
    /// The notes and folders [default: the whole book]
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Write nothing, and list the notes that would change. The exit code is 1 if there are any
    #[arg(long)]
    pub check: bool,
}

/// Arguments of `mv`.
#[derive(Debug, Args)]
pub struct MoveArgs {
    /// The note, folder or other file: its path, or a name that a link may use
    #[arg(value_name = "OLD")]
    pub old: PathBuf,
    /// The new path, or the folder to move it into
    #[arg(value_name = "NEW")]
    pub new: PathBuf,
    /// Do not lead readers from the old address to the new one
    #[arg(long)]
    pub no_alias: bool,
    /// Print what would change, and write nothing
    #[arg(short = 'n', long)]
    pub dry_run: bool,
    /// Print the changes as JSON
    #[arg(long)]
    pub json: bool,
}
