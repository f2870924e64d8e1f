//! A comparison as Markdown, for a comment on a proposal. Texts of the book are written so that they can't be markup,
//! name a person or make a link.

use std::fmt::Write;

use super::{
    BookComparison, ComparedNote, ComparedPage, DifferenceSort, NoteLabel, PageCause, PassagePiece,
};
use crate::visible::shown;

/// The most characters of the whole, since GitHub takes no comment with more than 65,536.
const LONGEST: usize = 60_000;

/// The most pages of one sort that are named.
const MOST_PAGES: usize = 20;

/// The most characters of a passage that is quoted.
const LONGEST_PASSAGE: usize = 1200;

/// Returns a comparison as Markdown. If it is too long for a comment, the end is left out, and it says so.
pub fn markdown(comparison: &BookComparison) -> String {
    let mut parts = vec![format!("## What changes on the site\n\n{}\n", summary(comparison))];
    lost(comparison, &mut parts);
    problems(comparison, &mut parts);
    standings(comparison, &mut parts);
    if !comparison.notes.is_empty() {
        parts.push("\n### Notes\n".to_owned());
        parts.extend(comparison.notes.iter().map(note));
    }
    pages(comparison, &mut parts);
    let mut out = String::new();
    let mut length = 0;
    for part in &parts {
        length += part.chars().count();
        if length > LONGEST {
            out.push_str("\nThe rest is too long for this place. `fieldbook diff --format html` shows all of it.\n");
            break;
        }
        out.push_str(part);
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
    say(notes(DifferenceSort::Removed), "removed note", "removed notes");
    say(pages(DifferenceSort::Added), "new page", "new pages");
    say(pages(DifferenceSort::Removed), "page gone", "pages gone");
    say(pages(DifferenceSort::Edited), "page differs", "pages differ");
    say(comparison.files, "other file differs", "other files differ");
    say(comparison.drafts, "draft, which readers don't see", "drafts, which readers don't see");
    say(comparison.lost.len(), "address answers no more", "addresses answer no more");
    say(comparison.problems.len(), "new problem", "new problems");
    say(comparison.solved, "problem solved", "problems solved");
    said.join(" · ")
}

fn lost(comparison: &BookComparison, parts: &mut Vec<String>) {
    if comparison.lost.is_empty() {
        return;
    }
    parts.push(
        "\n### Addresses that answer no more\n\nLinks of other sites and readers' bookmarks to these break. An address that \
         is added to the `aliases` of a note leads on to it.\n\n"
            .to_owned(),
    );
    parts.extend(comparison.lost.iter().map(|lost| {
        let title = lost.title.as_ref().map(|title| format!(": {}", plain(title)));
        format!("- {}{}\n", code(&lost.address), title.unwrap_or_default())
    }));
}

fn problems(comparison: &BookComparison, parts: &mut Vec<String>) {
    if comparison.problems.is_empty() {
        return;
    }
    parts.push("\n### New problems\n\n".to_owned());
    parts.extend(comparison.problems.iter().map(|problem| {
        let severity = if problem.is_error { "error" } else { "warning" };
        let place = code(&format!("{}:{}", problem.path, problem.line));
        format!("- {place}: {severity}: {} ({})\n", plain(&problem.message), code(problem.rule))
    }));
}

fn standings(comparison: &BookComparison, parts: &mut Vec<String>) {
    if !comparison.standings.is_empty() {
        parts.push("\n### What is current\n\n".to_owned());
    }
    parts.extend(comparison.standings.iter().map(|standing| {
        format!("- {}: {} → **{}**\n", named(&standing.note), standing.before, standing.after)
    }));
    if !comparison.unlinked.is_empty() {
        parts.push("\n### Notes to which nothing leads any more\n\n".to_owned());
    }
    parts.extend(comparison.unlinked.iter().map(|note| format!("- {}\n", named(note))));
}

fn note(note: &ComparedNote) -> String {
    let mut out = format!("\n#### {}: {}\n", said(note.change), named(&note.note));
    if let Some(from) = &note.from {
        let _ = write!(out, "\nIt was {}.\n", code(from));
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
        let names: Vec<String> = notes.iter().map(|note| plain(&note.title)).collect();
        let _ = write!(out, "\n{label}: {}\n", names.join(", "));
    }
    for passage in &note.passages {
        out.push('\n');
        for (sign, pieces) in [("−", &passage.before), ("+", &passage.after)] {
            if !pieces.is_empty() {
                let _ = writeln!(out, "> {sign} {}  ", quoted(pieces, sign == "+"));
            }
        }
    }
    out
}

fn pages(comparison: &BookComparison, parts: &mut Vec<String>) {
    if comparison.pages.is_empty() {
        return;
    }
    parts.push("\n### Pages\n".to_owned());
    let sorts = [
        (DifferenceSort::Added, "New"),
        (DifferenceSort::Removed, "Gone"),
        (DifferenceSort::Moved, "Lead on to another address"),
        (DifferenceSort::Edited, "Differ"),
    ];
    for (sort, label) in sorts {
        let pages: Vec<&ComparedPage> =
            comparison.pages.iter().filter(|page| page.change == sort).collect();
        if pages.is_empty() {
            continue;
        }
        let mut part = format!("\n{label} ({}):\n\n", pages.len());
        for page in pages.iter().take(MOST_PAGES) {
            let causes: Vec<String> = page.causes.iter().map(|it| plain(&cause(it))).collect();
            let causes =
                if causes.is_empty() { String::new() } else { format!(": {}", causes.join("; ")) };
            let _ = writeln!(part, "- {}{causes}", code(&page.address));
        }
        if pages.len() > MOST_PAGES {
            let _ = writeln!(part, "- and {} more", pages.len() - MOST_PAGES);
        }
        parts.push(part);
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

/// Returns the way in which a note differs, in a word.
pub(super) fn said(change: DifferenceSort) -> &'static str {
    match change {
        DifferenceSort::Added => "New",
        DifferenceSort::Removed => "Removed",
        DifferenceSort::Moved => "Moved",
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
    for piece in pieces {
        let room = LONGEST_PASSAGE - length;
        let text: String = piece.text.chars().take(room).collect();
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

/// Returns a text of the book as one line of Markdown without any markup.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in shown(&text.replace(['\n', '\r', '\t'], " ")).chars() {
        match c {
            // A name behind @ would call a person, and a number behind # be a link, also where the sign is escaped; a
            // space without width parts them.
            '@' | '#' => {
                out.push(c);
                out.push_str("&#8203;");
            }
            '&' | '<' | '>' => {
                let _ = write!(out, "&#{};", u32::from(c));
            }
            // An address would be a link.
            ':' if out.ends_with("http") || out.ends_with("https") => out.push_str("&#58;"),
            '.' if out.ends_with("www") || out.ends_with("WWW") => out.push_str("&#46;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '!' | '(' | ')' | '$' | '-' | '+'
            | '=' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

/// Returns a text as code in one line.
fn code(text: &str) -> String {
    let text = shown(&text.replace(['\n', '\r', '\t'], " ")).into_owned();
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') || text.trim().is_empty() {
        " "
    } else {
        ""
    };
    format!("{fence}{pad}{text}{pad}{fence}")
}
