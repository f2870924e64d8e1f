//! Saves of one file, repeated, in a book that is already open: the engine alone, without disk or
//! server.

use std::time::{Duration, Instant};

use fieldbook::path::SourcePath;
use fieldbook::source::{Source, SourceEdit};
use fieldbook::workspace::Workspace;

use crate::support;

/// The number of notes that are edited, spread over the book.
const N_EDITS: usize = 25;

/// The number of notes that get another title.
const N_TITLES: usize = 5;

/// The number of edits of a template, each of which makes every page again.
const N_TEMPLATES: usize = 2;

/// A template that every page uses.
const TEMPLATE: &str = "themes/default/templates/footer.html";

#[derive(Default)]
pub(crate) struct Edited {
    /// Opening the book: everything read, linked and rendered, nothing written.
    pub(crate) open: Duration,
    /// The time of each edit, shortest first.
    pub(crate) edits: Vec<Duration>,
    /// The time of each edit of a sentence with a link, which other pages quote, shortest first.
    pub(crate) quoted: Vec<Duration>,
    /// The most pages that one edit changed.
    pub(crate) most_pages: usize,
    /// The most files that one edit changed: the page, and the scripts of its words.
    pub(crate) most_files: usize,
    /// The time of each new title, shortest first.
    pub(crate) titles: Vec<Duration>,
    /// The most pages that a new title changed.
    pub(crate) most_pages_by_title: usize,
    /// The time of each edit of a template, shortest first.
    pub(crate) templates: Vec<Duration>,
}

/// The changes that an edit caused.
struct Changed {
    took: Duration,
    n_files: usize,
    n_pages: usize,
}

/// Opens the book and edits a word in a sentence without links, in one note after the other, so
/// that the data shown on other pages stays the same, and then one in a sentence that other pages quote.
/// Then it gives notes other titles, and edits a template.
pub(crate) fn edit(book: Vec<(String, String)>) -> Result<Edited, String> {
    let notes: Vec<(String, String)> = notes(&book).cloned().collect();
    let mut workspace = Workspace::new(support::options());
    let mut all = Edited { open: save(&mut workspace, book)?.took, ..Edited::default() };

    for at in 0..N_EDITS {
        let (path, text) = &notes[at * notes.len() / N_EDITS];
        let edited = edited(text).ok_or_else(|| format!("{path}: no sentence without links"))?;
        let changed = save(&mut workspace, vec![(path.clone(), edited)])?;
        all.edits.push(changed.took);
        all.most_files = all.most_files.max(changed.n_files);
        all.most_pages = all.most_pages.max(changed.n_pages);
        let quoted = quoted(text).ok_or_else(|| format!("{path}: no sentence with a link"))?;
        all.quoted.push(save(&mut workspace, vec![(path.clone(), quoted)])?.took);
    }
    for at in 0..N_TITLES {
        let (path, text) = &notes[at * notes.len() / N_TITLES];
        let text = text.replacen("title = \"", "title = \"Another ", 1);
        let changed = save(&mut workspace, vec![(path.clone(), text)])?;
        all.titles.push(changed.took);
        all.most_pages_by_title = all.most_pages_by_title.max(changed.n_pages);
    }
    for at in 0..N_TEMPLATES {
        let text = format!("<p>Footer {at}</p>\n");
        all.templates.push(save(&mut workspace, vec![(TEMPLATE.to_owned(), text)])?.took);
    }
    for times in [&mut all.edits, &mut all.quoted, &mut all.titles, &mut all.templates] {
        times.sort();
    }
    Ok(all)
}

/// Returns the notes that are edited: those of the book's kinds, without themes and pages.
pub(crate) fn notes(book: &[(String, String)]) -> impl Iterator<Item = &(String, String)> {
    book.iter().filter(|(path, _)| {
        path.ends_with(".md") && !path.contains("/themes/") && path.matches('/').count() == 2
    })
}

/// Passes files to the engine, and gets the bytes of every changed output.
fn save(workspace: &mut Workspace, files: Vec<(String, String)>) -> Result<Changed, String> {
    let put = |(path, text): (String, String)| {
        SourceEdit::Put(Source::new(SourcePath::new(path), text.into_bytes()))
    };
    let edits = files.into_iter().map(put).collect();
    let start = Instant::now();
    let changes = workspace.apply(edits);
    let took = start.elapsed();
    let Ok(changes) = changes else {
        return Err(format!("the book has {} problems", workspace.diagnostics().len()));
    };
    let n_pages = changes.iter().filter(|change| change.path().is_page()).count();
    Ok(Changed { took, n_files: changes.len(), n_pages })
}

/// Returns the note with one more word in the first of its sentences in paragraphs that has a link.
fn quoted(text: &str) -> Option<String> {
    let is_paragraph = |line: &&str| line.starts_with(|first: char| first.is_ascii_uppercase());
    let mut sentences = text.lines().filter(is_paragraph).flat_map(|line| line.split(". "));
    let sentence = sentences.find(|sentence| sentence.contains('['))?;
    let (first, rest) = sentence.split_once(' ')?;
    Some(text.replacen(sentence, &format!("{first} clearly {rest}"), 1))
}

/// Returns the note with one more word in the last of its paragraphs without links.
pub(crate) fn edited(text: &str) -> Option<String> {
    let is_plain = |line: &str| line.starts_with(|first: char| first.is_ascii_uppercase());
    let paragraph =
        text.lines().rev().find(|line| is_plain(line) && line.len() > 80 && !line.contains('['))?;
    let (first, rest) = paragraph.split_once(' ')?;
    Some(text.replacen(paragraph, &format!("{first} clearly {rest}"), 1))
}
