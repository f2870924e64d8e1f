//! A comparison as Markdown, for a comment on a proposal.

use std::fmt::Write;

use super::plain::{code, plain};
use super::{
    BookComparison, ComparedNote, ComparedPage, DifferenceSort, NoteLabel, PageCause, PassagePiece,
};

/// The most characters of the whole, since GitHub takes no comment with more than 65,536.
const LONGEST: usize = 60_000;

/// The most entries of a list.
const MOST_ENTRIES: usize = 20;

/// The most characters of a passage or value that is quoted.
const LONGEST_PASSAGE: usize = 1200;

/// The sentence about an edit that shows nowhere.
pub(super) const UNSEEN: &str = "Only blank lines or signs that nobody sees differ.";

/// Returns a comparison as Markdown. If there is no room for the texts of all notes, the notes are named all the same, so
/// that a long one hides no other.
pub fn markdown(comparison: &BookComparison) -> String {
    let mut out = format!("## What changes on the site\n\n{}\n", summary(comparison));
    lost(comparison, &mut out);
    problems(comparison, &mut out);
    standings(comparison, &mut out);
    pages(comparison, &mut out);
    files(comparison, &mut out);
    if !comparison.notes.is_empty() {
        out.push_str("\n### Notes\n");
    }
    let length = |text: &str| text.chars().count();
    let mut room = LONGEST.saturating_sub(length(&out));
    let headings: Vec<String> = comparison.notes.iter().map(heading).collect();
    let fits = |heading: &&String| {
        let left = room.checked_sub(length(heading));
        left.is_some_and(|left| {
            room = left;
            true
        })
    };
    let named: Vec<&String> = headings.iter().take_while(fits).collect();
    let mut without_text = headings.len() - named.len();
    for (heading, note) in named.into_iter().zip(&comparison.notes) {
        out.push_str(heading);
        let text = body(note);
        match room.checked_sub(length(&text)) {
            Some(left) => {
                room = left;
                out.push_str(&text);
            }
            None => without_text += 1,
        }
    }
    if without_text > 0 {
        let _ = write!(
            out,
            "\nThere is no room here for the texts of {without_text} of the notes. Another form, `--format html`, shows them.\n"
        );
    }
    out
}

/// Returns the whole in one line.
pub(super) fn summary(comparison: &BookComparison) -> String {
    if comparison.is_empty() {
        return "Nothing that readers see differs, and no problem is new.".to_owned();
    }
    let notes =
        |sort: DifferenceSort| comparison.notes.iter().filter(|note| note.change == sort).count();
    let pages =
        |sort: DifferenceSort| comparison.pages.iter().filter(|page| page.change == sort).count();
    let mut said = Vec::new();
    let mut say = |count: usize, one: &str, several: &str| match count {
        0 => {}
        1 => said.push(format!("1 {one}")),
        count => said.push(format!("{count} {several}")),
    };
    say(notes(DifferenceSort::Added), "new note", "new notes");
    say(notes(DifferenceSort::Edited), "edited note", "edited notes");
    say(notes(DifferenceSort::Moved), "moved note", "moved notes");
    say(notes(DifferenceSort::Published), "published draft", "published drafts");
    say(notes(DifferenceSort::Unpublished), "note made a draft", "notes made drafts");
    say(notes(DifferenceSort::Removed), "removed note", "removed notes");
    say(pages(DifferenceSort::Added), "new page", "new pages");
    say(pages(DifferenceSort::Removed), "page gone", "pages gone");
    say(pages(DifferenceSort::Edited), "page differs", "pages differ");
    say(comparison.files.len(), "other file differs", "other files differ");
    say(comparison.drafts, "draft, which readers don't see", "drafts, which readers don't see");
    say(comparison.lost.len(), "address answers no more", "addresses answer no more");
    say(comparison.problems.len(), "new problem", "new problems");
    say(comparison.solved, "problem solved", "problems solved");
    said.join(" · ")
}

/// Writes a list, as far as there is room for it.
fn list(out: &mut String, mut entries: impl ExactSizeIterator<Item = String>) {
    let more = entries.len().saturating_sub(MOST_ENTRIES);
    for entry in entries.by_ref().take(MOST_ENTRIES) {
        let _ = writeln!(out, "- {entry}");
    }
    if more > 0 {
        let _ = writeln!(out, "- and {more} more");
    }
}

fn lost(comparison: &BookComparison, out: &mut String) {
    if comparison.lost.is_empty() {
        return;
    }
    out.push_str(
        "\n### Addresses that answer no more\n\nLinks of other sites and readers' bookmarks to these break. An address that \
         is added to the `aliases` of a note leads on to it.\n\n",
    );
    list(
        out,
        comparison.lost.iter().map(|lost| {
            let title = lost.title.as_ref().map(|title| format!(": {}", plain(title)));
            code(&lost.address) + &title.unwrap_or_default()
        }),
    );
}

fn problems(comparison: &BookComparison, out: &mut String) {
    if comparison.problems.is_empty() {
        return;
    }
    out.push_str("\n### New problems\n\n");
    list(
        out,
        comparison.problems.iter().map(|problem| {
            let severity = if problem.is_error { "error" } else { "warning" };
            let place = code(&format!("{}:{}", problem.path, problem.line));
            format!("{place}: {severity}: {} ({})", plain(&problem.message), code(&problem.rule))
        }),
    );
}

fn standings(comparison: &BookComparison, out: &mut String) {
    if !comparison.standings.is_empty() {
        out.push_str("\n### What is current\n\n");
        list(
            out,
            comparison.standings.iter().map(|standing| {
                let (before, after) = (plain(&standing.before), plain(&standing.after));
                format!("{}: {before} → **{after}**", named(&standing.note))
            }),
        );
    }
    if !comparison.unlinked.is_empty() {
        out.push_str("\n### Notes to which nothing leads any more\n\n");
        list(out, comparison.unlinked.iter().map(named));
    }
}

fn heading(note: &ComparedNote) -> String {
    format!("\n#### {}: {}\n", said(note.change), named(&note.note))
}

/// Returns what differs in a note.
fn body(note: &ComparedNote) -> String {
    let mut out = String::new();
    if let Some(from) = &note.from {
        let _ = write!(out, "\nIt was {}.\n", code(from));
    }
    if note.is_unseen() {
        let _ = write!(out, "\n{UNSEEN}\n");
    }
    if !note.settings.is_empty() {
        out.push('\n');
    }
    for setting in &note.settings {
        let value = |value: &Option<String>| match value {
            Some(value) => code(&shortened(value)),
            None => "nothing".to_owned(),
        };
        let (before, after) = (value(&setting.before), value(&setting.after));
        let _ = writeln!(out, "- {}: {before} → {after}", code(&setting.key));
    }
    let lists = [("Links to", &note.linked), ("Links no more to", &note.unlinked)];
    for (label, notes) in lists.into_iter().filter(|(_, notes)| !notes.is_empty()) {
        let names: Vec<String> =
            notes.iter().take(MOST_ENTRIES).map(|note| plain(&note.title)).collect();
        let more = match notes.len().saturating_sub(MOST_ENTRIES) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let _ = write!(out, "\n{label}: {}{more}\n", names.join(", "));
    }
    for passage in note.passages.iter().take(MOST_ENTRIES) {
        out.push('\n');
        for (sign, pieces) in [("−", &passage.before), ("\\+", &passage.after)] {
            if !pieces.is_empty() {
                let _ = writeln!(out, "> {sign} {}  ", quoted(pieces, sign != "−"));
            }
        }
    }
    if let more @ 1.. = note.passages.len().saturating_sub(MOST_ENTRIES) {
        let _ = write!(out, "\nAnd {more} more passages.\n");
    }
    out
}

fn pages(comparison: &BookComparison, out: &mut String) {
    if comparison.pages.is_empty() {
        return;
    }
    out.push_str("\n### Pages\n");
    let sorts = [
        DifferenceSort::Added,
        DifferenceSort::Removed,
        DifferenceSort::Moved,
        DifferenceSort::Edited,
    ];
    for sort in sorts {
        let pages: Vec<&ComparedPage> =
            comparison.pages.iter().filter(|page| page.change == sort).collect();
        if pages.is_empty() {
            continue;
        }
        let _ = write!(out, "\n{} ({}):\n\n", page_label(sort), pages.len());
        list(
            out,
            pages.iter().map(|page| {
                let causes: Vec<String> = page.causes.iter().map(|it| plain(&cause(it))).collect();
                let separator = if causes.is_empty() { "" } else { ": " };
                format!("{}{separator}{}", code(&page.address), causes.join("; "))
            }),
        );
    }
}

fn files(comparison: &BookComparison, out: &mut String) {
    if !comparison.files.is_empty() {
        let _ = write!(out, "\n### Other files ({})\n\n", comparison.files.len());
        list(out, comparison.files.iter().map(|file| code(file)));
    }
}

/// Returns the reason why a page differs, in words.
pub(super) fn cause(cause: &PageCause) -> String {
    let names = |notes: &[NoteLabel]| {
        let names: Vec<&str> = notes.iter().take(3).map(|note| note.title.as_str()).collect();
        let more = match notes.len().saturating_sub(3) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        names.join(", ") + &more
    };
    match cause {
        PageCause::OwnText => "its own text".to_owned(),
        PageCause::LinkedFrom(notes) => format!("linked from {}", names(notes)),
        PageCause::LinksTo(notes) => format!("shows {}", names(notes)),
        PageCause::Terms(notes) => format!("uses the term {}", names(notes)),
        PageCause::WholeSite => "the settings or look of the whole site".to_owned(),
        PageCause::OtherNotes => "lists or shows other notes that differ".to_owned(),
    }
}

/// Returns the way in which pages differ, in a few words.
pub(super) fn page_label(change: DifferenceSort) -> &'static str {
    match change {
        DifferenceSort::Added | DifferenceSort::Published => "New",
        DifferenceSort::Removed | DifferenceSort::Unpublished => "Gone",
        DifferenceSort::Moved => "Leading on to another address",
        DifferenceSort::Edited => "Different",
    }
}

/// Returns the way in which a note differs, in a word.
pub(super) fn said(change: DifferenceSort) -> &'static str {
    match change {
        DifferenceSort::Added => "New",
        DifferenceSort::Removed => "Removed",
        DifferenceSort::Moved => "Moved",
        DifferenceSort::Published => "Published",
        DifferenceSort::Unpublished => "Made a draft",
        DifferenceSort::Edited => "Edited",
    }
}

fn named(note: &NoteLabel) -> String {
    format!("{} ({})", plain(&note.title), code(&note.path))
}

/// Returns a passage with the words that differ in bold if they are new, else struck through.
fn quoted(pieces: &[PassagePiece], is_new: bool) -> String {
    let mut out = String::new();
    let mut length = 0;
    let is_whole = pieces.len() == 1;
    for (at, piece) in pieces.iter().enumerate() {
        let room = LONGEST_PASSAGE - length;
        // Blanks at the start would make a block of code.
        let text = if at == 0 { piece.text.trim_start() } else { &piece.text };
        let text: String = text.chars().take(room).collect();
        length += text.chars().count();
        let (blank, word) = text.split_at(text.len() - text.trim_start().len());
        let word = word.trim_end();
        let end = &text[blank.len() + word.len()..];
        let mark = match (piece.differs && !is_whole && !word.is_empty(), is_new) {
            (false, _) => "",
            (true, true) => "**",
            (true, false) => "~~",
        };
        let _ = write!(out, "{}{mark}{}{mark}{}", plain(blank), plain(word), plain(end));
        if length >= LONGEST_PASSAGE {
            out.push('…');
            break;
        }
    }
    out
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST_PASSAGE) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
