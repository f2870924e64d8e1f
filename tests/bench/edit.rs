//! One note saved, over and over, in a book that is already open: the engine alone, without disk or
//! server.

use std::time::{Duration, Instant};

use fieldbook::date::Date;
use fieldbook::path::SourcePath;
use fieldbook::source::{Edit, Source};
use fieldbook::workspace::{Options, Workspace};

/// How many notes are edited, all over the book.
const N_EDITS: usize = 25;

pub(crate) struct Edited {
    /// Opening the book: everything read, linked and rendered, nothing written.
    pub(crate) open: Duration,
    /// Each edit, quickest first.
    pub(crate) edits: Vec<Duration>,
    /// The most outputs that one edit changed; a text edit changes one page.
    pub(crate) most_changes: usize,
}

/// Opens the book and edits a word in a sentence without links, in one note after the other: what
/// other pages show of the note stays as it is.
pub(crate) fn edit(book: Vec<(String, String)>) -> Result<Edited, String> {
    let notes: Vec<(String, String)> = book
        .iter()
        .filter(|(path, _)| {
            path.ends_with(".md") && !path.contains("/themes/") && path.matches('/').count() == 2
        })
        .cloned()
        .collect();
    let start = Instant::now();
    let mut workspace = Workspace::new(Options {
        today: Date::parse("2026-11-22").ok_or("a day")?,
        drafts: false,
        precompress: false,
        base_url: None,
        config: SourcePath::new("book.toml"),
    });
    save(&mut workspace, book)?;
    let open = start.elapsed();

    let mut edits = Vec::new();
    let mut most_changes = 0;
    for at in 0..N_EDITS {
        let (path, text) = &notes[at * notes.len() / N_EDITS];
        let text = edited(text).ok_or_else(|| format!("{path}: no sentence without links"))?;
        let files = vec![(path.clone(), text)];
        let start = Instant::now();
        let n_changes = save(&mut workspace, files)?;
        edits.push(start.elapsed());
        most_changes = most_changes.max(n_changes);
    }
    edits.sort();
    Ok(Edited { open, edits, most_changes })
}

/// Hands files to the engine and returns how many outputs are now different, their bytes at hand.
///
/// This is the one function that knows the library.
fn save(workspace: &mut Workspace, files: Vec<(String, String)>) -> Result<usize, String> {
    let put = |(path, text): (String, String)| {
        Edit::Put(Source::new(SourcePath::new(path), text.into_bytes()))
    };
    let edits = files.into_iter().map(put).collect();
    match workspace.apply(edits) {
        Ok(changes) => Ok(changes.len()),
        Err(_) => Err(format!("the book has {} problems", workspace.diagnostics().len())),
    }
}

/// The note with one more word in the last of its paragraphs that has no links.
pub(crate) fn edited(text: &str) -> Option<String> {
    let is_plain = |line: &str| line.starts_with(|first: char| first.is_ascii_uppercase());
    let paragraph =
        text.lines().rev().find(|line| is_plain(line) && line.len() > 80 && !line.contains('['))?;
    let (first, rest) = paragraph.split_once(' ')?;
    Some(text.replacen(paragraph, &format!("{first} clearly {rest}"), 1))
}
