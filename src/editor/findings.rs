//! The problems of a text as it is now: those that it has by itself, and those that it had when the book was last read.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{EditedBook, FilePlace, OpenText};
use crate::check::{apply_levels, check_links_of};
use crate::diagnostic::{Diagnostic, Fix};
use crate::graph::{PartFound, Resolution};
use crate::note::Note;
use crate::path::SourcePath;
use crate::source::Source;
use crate::span::Span;

/// Returns the problems of an open text, in the order of their places. Those that need the whole book are from when that was
/// last read, in the places to which typing has moved them.
pub fn found_now(book: EditedBook<'_>, text: &OpenText) -> Vec<Diagnostic> {
    let known = book.view.found_in(&text.path);
    let before = book.view.sources.get(&text.path).and_then(Source::text);
    let Some(note) = text.note.as_deref() else {
        return before.map_or_else(Vec::new, |before| moved_findings(known, before, &text.text));
    };
    if before == Some(&*text.text) {
        return known.to_vec();
    }
    let config = &book.site().config;
    let links = of_links(book, text, note);
    let mut own: Vec<Diagnostic> = note.diagnostics.iter().chain(&links).cloned().collect();
    apply_levels(config, &[note], &BTreeMap::new(), &mut own);
    // An exception may be needed by what only the whole book shows.
    let by_itself =
        |found: &Diagnostic| note.diagnostics.iter().chain(&links).any(|own| is_same(own, found));
    own.retain(by_itself);
    let linked = book.id_of(&text.path).map(|id| book.site().note(id));
    let read = linked.map(|note| note.made_of.last().map_or(note, |read: &Arc<Note>| &**read));
    let of_book = known.iter().filter(|found| {
        !read.is_some_and(|note| note.diagnostics.iter().any(|own| is_same(own, found)))
    });
    let of_book: Vec<Diagnostic> = of_book.cloned().collect();
    let moved = moved_findings(&of_book, before.unwrap_or_default(), &text.text);
    // What the book knows of a link has suggestions.
    own.retain(|own| !moved.iter().any(|moved| is_same(moved, own)));
    own.extend(moved);
    own.sort();
    own.dedup();
    own
}

/// Returns the links of a text that lead nowhere by the names that the book had when it was last read.
fn of_links(book: EditedBook<'_>, text: &OpenText, note: &Note) -> Vec<Diagnostic> {
    let site = book.site();
    let Some((id, [mut links, mut references])) = book.id_of(&text.path).zip(book.leads(text))
    else {
        return Vec::new();
    };
    // A part may have been written into a text that is open since then.
    for to in links.iter_mut().chain(&mut references) {
        if let Resolution::Note(target, PartFound::Missing) = *to
            && book.open.contains_key(&site.note(target).source)
        {
            *to = Resolution::Note(target, PartFound::Whole);
        }
    }
    check_links_of(site, id, note, &links, &references)
}

/// Returns the places of the other files that a problem is about, each with what stands there: the title of a note, or else
/// the path.
pub fn other_places(book: EditedBook<'_>, found: &Diagnostic) -> Vec<(FilePlace, String)> {
    let place = |path: &SourcePath| match book.id_of(path) {
        Some(id) => {
            let note = book.note(id);
            let span = note.spans.title;
            (FilePlace { path: path.clone(), span }, note.facts.card.title.clone())
        }
        None => (FilePlace { path: path.clone(), span: Span::default() }, path.to_string()),
    };
    found.others.iter().map(place).collect()
}

/// Returns whether two findings are the same but for the level that the book gives them.
fn is_same(a: &Diagnostic, b: &Diagnostic) -> bool {
    a.span == b.span && a.rule == b.rule && a.message == b.message
}

/// Returns findings about the text `before` in the places that they have in `after`. Those in the part that differs are left
/// out, and so are fixes that would change it.
pub fn moved_findings(found: &[Diagnostic], before: &str, after: &str) -> Vec<Diagnostic> {
    if before == after {
        return found.to_vec();
    }
    let change = TextChange::between(before.as_bytes(), after.as_bytes());
    let moved = |found: &Diagnostic| {
        let span = change.moved(found.span)?;
        let fixes = found.fixes.iter().filter_map(|fix| change.moved_fix(fix)).collect();
        Some(Diagnostic { span, fixes, ..found.clone() })
    };
    found.iter().filter_map(moved).collect()
}

/// The part in which two texts differ.
struct TextChange {
    start: u32,
    old_end: u32,
    new_end: u32,
}

impl TextChange {
    fn between(before: &[u8], after: &[u8]) -> Self {
        let start = before.iter().zip(after).take_while(|(a, b)| a == b).count();
        let rests = before[start..].iter().rev().zip(after[start..].iter().rev());
        let end = rests.take_while(|(a, b)| a == b).count();
        let [old_end, new_end] = [before.len() - end, after.len() - end].map(|end| end as u32);
        Self { start: start as u32, old_end, new_end }
    }

    /// Returns the place of a part after the change; `None` if the change touches it.
    fn moved(&self, span: Span) -> Option<Span> {
        if span.end <= self.start {
            return Some(span);
        }
        let by = |at: u32| at - self.old_end + self.new_end;
        (span.start >= self.old_end).then(|| Span { start: by(span.start), end: by(span.end) })
    }

    fn moved_fix(&self, fix: &Fix) -> Option<Fix> {
        let mut fix = fix.clone();
        for edit in &mut fix.edits {
            edit.span = self.moved(edit.span)?;
        }
        Some(fix)
    }
}
