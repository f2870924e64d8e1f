//! Tasks that change nothing on the disk.

use std::sync::{Arc, MutexGuard};

use serde_json::{Value, json};

use super::TaskFailure;
use super::asked::{
    AskedFix, AskedNames, AskedNote, AskedPassage, AskedText, note_path, text_on_disk,
};
use crate::authoring::{FieldChoice, FormFault, form_findings, note_choices, note_form};
use crate::config::KindId;
use crate::diagnostic::with_edits;
use crate::migration::passage_in_markdown;
use crate::path::SourcePath;
use crate::preview::address;
use crate::serve::desk::{EditDesk, OpenDesk, TextOutcome};
use crate::serve::shared::ServerState;
use crate::site::Site;
use crate::slug::fold;
use crate::span::LineIndex;

/// The most notes that are offered.
const MAX_OFFERED: usize = 40;

/// Returns the book, if it can be read.
pub(super) fn site_of(desk: &OpenDesk) -> Result<Arc<Site>, TaskFailure> {
    desk.site().ok_or_else(|| TaskFailure::new(503, "The book can't be read now."))
}

/// Returns the desk, the book on it and the path of a note that may be edited.
pub(super) fn at_note<'d>(
    shared: &ServerState,
    desk: &'d EditDesk,
    path: &str,
) -> Result<(MutexGuard<'d, OpenDesk>, Arc<Site>, SourcePath), TaskFailure> {
    let desk = shared.open_desk(desk);
    let site = site_of(&desk)?;
    let path = note_path(&site, path)?;
    Ok((desk, site, path))
}

/// Opens a note: its form, and the text and fingerprint of which it is made.
pub(super) fn open(
    shared: &ServerState,
    desk: &EditDesk,
    asked: &AskedNote,
) -> Result<Value, TaskFailure> {
    let (desk, site, path) = at_note(shared, desk, &asked.path)?;
    let (text, fingerprint) = text_on_disk(shared, &path)?;
    let kinds: Vec<Value> = site
        .config
        .kinds()
        .map(|(_, kind)| json!({ "name": kind.name, "title": kind.title, "folder": kind.folder }))
        .collect();
    let id = site.note_at(&path);
    Ok(json!({
        "path": path.as_str(),
        "fingerprint": fingerprint,
        "base": text,
        "form": note_form(&site, &path, &text),
        "page": id.map(|id| address(&site.note(id).facts.place.output)),
        "kinds": kinds,
        "undo": desk.undo_of(&path),
    }))
}

/// Returns the text of a note as it stands in the form, and why parts of it can't be written.
pub(super) fn text_of(
    site: &Site,
    path: &SourcePath,
    asked: &AskedText,
) -> (String, Vec<FormFault>) {
    asked.changes.apply(&site.config, path, &asked.base)
}

/// Makes the page of a text, and returns its address and its problems.
pub(super) fn look(
    shared: &ServerState,
    desk: &EditDesk,
    asked: &AskedText,
) -> Result<Value, TaskFailure> {
    let (mut desk, site, path) = at_note(shared, desk, &asked.path)?;
    let (text, faults) = text_of(&site, &path, asked);
    let TextOutcome { found, page, .. } = desk.put(&path, &text);
    let page = page.map(|page| format!("{}?fieldbook-draft={}", address(&page.path), page.number));
    Ok(json!({
        "page": page,
        "findings": form_findings(&path, &text, &found),
        "count": found.len() + faults.len(),
        "faults": faults,
    }))
}

/// Makes a change that solves a problem, and returns the form of the text after it.
pub(super) fn fix(
    shared: &ServerState,
    desk: &EditDesk,
    asked: &AskedFix,
) -> Result<Value, TaskFailure> {
    let (mut desk, site, path) = at_note(shared, desk, &asked.note.path)?;
    let (text, _) = text_of(&site, &path, &asked.note);
    let lines = LineIndex::new(&text);
    let found = desk.put(&path, &text).found;
    let meant = found.iter().filter(|found| {
        let line = lines.line_column(&text, found.span.within(&text).start).0;
        found.path == path && *found.message == *asked.message && line == asked.line
    });
    let mut fixes = meant.flat_map(|found| &found.fixes);
    let fix = fixes.find(|fix| fix.title == asked.fix);
    let fixed = fix.and_then(|fix| with_edits(&text, &fix.edits));
    let Some(fixed) = fixed else {
        return Err(TaskFailure::new(409, "The problem is not there any more."));
    };
    Ok(json!({ "base": fixed, "form": note_form(&site, &path, &fixed) }))
}

/// Finds notes of some kinds by parts of their titles and names.
pub(super) fn find(
    shared: &ServerState,
    desk: &EditDesk,
    asked: &AskedNames,
) -> Result<Value, TaskFailure> {
    let site = site_of(&shared.open_desk(desk))?;
    let kinds: Vec<KindId> =
        asked.kinds.iter().filter_map(|name| site.config.kind_named(name)).collect();
    let kinds = (!asked.kinds.is_empty()).then_some(&*kinds);
    let words: Vec<String> = asked.query.split_whitespace().map(fold).collect();
    let fits = |choice: &FieldChoice| {
        let names = [fold(&choice.shown), fold(&choice.written)];
        words.iter().all(|word| names.iter().any(|name| name.contains(word.as_str())))
    };
    let mut found: Vec<FieldChoice> = note_choices(&site, kinds).into_iter().filter(fits).collect();
    // Titles that begin with what was typed come first; the rest keeps its order.
    let begins = |choice: &FieldChoice| {
        words.first().is_some_and(|word| fold(&choice.shown).starts_with(word.as_str()))
    };
    found.sort_by_key(|choice| !begins(choice));
    found.truncate(MAX_OFFERED);
    Ok(json!({ "notes": found }))
}

/// Turns a passage of HTML, such as Word puts on the clipboard, into Markdown.
pub(super) fn paste(asked: &AskedPassage) -> Value {
    let (text, remarks) = passage_in_markdown(&asked.html);
    json!({ "text": text, "remarks": remarks })
}
