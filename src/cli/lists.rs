//! Arguments of `list`, and the conditions by which notes are chosen.

use clap::{Args, Subcommand, ValueEnum};

/// Arguments of `list`.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// The list to print
    #[command(subcommand)]
    pub what: Listing,
}

/// Conditions on notes; those who fit all of them are chosen.
#[derive(Clone, Debug, Default, Args)]
pub struct FilterArgs {
    /// Only notes of this kind
    #[arg(long, value_name = "KIND")]
    pub kind: Vec<String>,
    /// Only notes with this status, such as draft or withdrawn. Whoever asks for drafts needs no --drafts
    #[arg(long, value_name = "STATUS")]
    pub status: Vec<String>,
    /// Only notes with this value, or with != without it
    #[arg(long = "where", value_name = "FIELD=VALUE|FIELD!=VALUE")]
    pub where_: Vec<String>,
    /// Only notes that can have this field and have it not
    #[arg(long, value_name = "FIELD")]
    pub missing: Vec<String>,
    /// Only notes that point at this note, by a link or a field
    #[arg(long, value_name = "NOTE")]
    pub links_to: Vec<String>,
    /// Only notes that this note points at
    #[arg(long, value_name = "NOTE")]
    pub linked_by: Vec<String>,
    /// Only notes changed, published or dated on this day or later, by what their front matter says
    #[arg(long, value_name = "DATE")]
    pub since: Option<String>,
    /// Only notes changed, published or dated on this day or before
    #[arg(long, value_name = "DATE")]
    pub until: Option<String>,
}

/// The form of a list.
#[derive(Clone, Debug, Default, Args)]
pub struct ListFormArgs {
    /// The form of the list
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub format: ListFormatName,
    /// Include drafts
    #[arg(long)]
    pub drafts: bool,
}

/// The name of a form of lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ListFormatName {
    /// Columns for people.
    #[default]
    Table,
    /// The first column alone.
    Paths,
    /// Comma-separated values, for spreadsheets.
    Csv,
    /// JSON, for programs.
    Json,
}

/// A list.
#[derive(Debug, Subcommand)]
pub enum Listing {
    /// The notes that fit some conditions
    Notes {
        #[command(flatten)]
        #[expect(missing_docs, reason = "its fields are documented")]
        filter: FilterArgs,
        /// The field to sort by; with a hyphen before it, in the reverse order [default: the paths]
        #[arg(long, value_name = "FIELD", allow_hyphen_values = true)]
        sort: Option<String>,
        #[command(flatten)]
        #[expect(missing_docs, reason = "its fields are documented")]
        form: ListFormArgs,
    },
    /// The links of notes, in texts and in fields, with where each leads
    Links {
        /// The notes [default: those that fit the conditions]
        #[arg(value_name = "NOTE")]
        notes: Vec<String>,
        #[command(flatten)]
        #[expect(missing_docs, reason = "its fields are documented")]
        filter: FilterArgs,
        #[command(flatten)]
        #[expect(missing_docs, reason = "its fields are documented")]
        form: ListFormArgs,
    },
    /// The notes that point at a note, as its page lists them
    Backlinks {
        /// The note
        #[arg(value_name = "NOTE")]
        note: String,
        #[command(flatten)]
        #[expect(missing_docs, reason = "its fields are documented")]
        filter: FilterArgs,
        #[command(flatten)]
        #[expect(missing_docs, reason = "its fields are documented")]
        form: ListFormArgs,
    },
    /// The fields of each kind, and how many notes have them
    Fields {
        #[command(flatten)]
        #[expect(missing_docs, reason = "its fields are documented")]
        filter: FilterArgs,
        #[command(flatten)]
        #[expect(missing_docs, reason = "its fields are documented")]
        form: ListFormArgs,
    },
    /// The values of a field, and how many notes have each
    Values {
        /// The field
        #[arg(value_name = "FIELD")]
        field: String,
        #[command(flatten)]
        #[expect(missing_docs, reason = "its fields are documented")]
        filter: FilterArgs,
        #[command(flatten)]
        #[expect(missing_docs, reason = "its fields are documented")]
        form: ListFormArgs,
    },
    /// The files beside the notes, such as pictures, and how many links lead to each
    Files {
        #[command(flatten)]
        #[expect(missing_docs, reason = "its fields are documented")]
        form: ListFormArgs,
    },
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
