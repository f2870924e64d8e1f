//! Tasks that change nothing on the disk.

use std::sync::{Arc, MutexGuard};

use serde_json::{Value, json};

use super::TaskFailure;
use super::asked::{
    AskedFix, AskedKinds, AskedNames, AskedNote, AskedPassage, AskedText, note_path, text_on_disk,
};
use crate::authoring::{FieldChoice, FormFault, NoteForm, form_findings, note_form, usual_keys};
use crate::config::{Kind, KindId};
use crate::diagnostic::with_edits;
use crate::migration::passage_in_markdown;
use crate::note::{NoteId, Status};
use crate::path::SourcePath;
use crate::preview::address;
use crate::serve::desk::{EditDesk, OpenDesk, TextOutcome};
use crate::serve::offered::OfferedNote;
use crate::serve::shared::ServerState;
use crate::site::Site;
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

/// Lists the kinds of notes.
pub(super) fn kinds(
    shared: &ServerState,
    desk: &EditDesk,
    _: &AskedKinds,
) -> Result<Value, TaskFailure> {
    let site = site_of(&shared.open_desk(desk))?;
    Ok(json!({ "kinds": kinds_of(&site) }))
}

fn kinds_of(site: &Site) -> Vec<Value> {
    let kinds = site.config.kinds();
    let described = |(_, kind): (KindId, &Kind)| json!({ "name": kind.name, "title": kind.title, "folder": kind.folder });
    kinds.map(described).collect()
}

/// Opens a note: its form, and the text and fingerprint of which it is made.
pub(super) fn open(
    shared: &ServerState,
    desk: &EditDesk,
    asked: &AskedNote,
) -> Result<Value, TaskFailure> {
    let (desk, site, path) = at_note(shared, desk, &asked.path)?;
    let (text, fingerprint) = text_on_disk(shared, &path)?;
    let id = site.note_at(&path);
    Ok(json!({
        "path": path.as_str(),
        "fingerprint": fingerprint,
        "base": text,
        "form": form_of(&desk, &site, &path, &text),
        "page": id.map(|id| address(&site.note(id).facts.place.output)),
        "kinds": kinds_of(&site),
        "undo": desk.undo_of(&path),
    }))
}

/// Returns the form of the note at `path` with this text.
pub(super) fn form_of(desk: &OpenDesk, site: &Site, path: &SourcePath, text: &str) -> NoteForm {
    let sources = desk.workspace.sources();
    note_form(site, path, text, &usual_keys(site, path, |path| sources.get(path)?.text()))
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
    Ok(json!({ "base": fixed, "form": form_of(&desk, &site, &path, &fixed) }))
}

/// Finds notes of some kinds by parts of their titles and names.
pub(super) fn find(
    shared: &ServerState,
    desk: &EditDesk,
    asked: &AskedNames,
) -> Result<Value, TaskFailure> {
    let mut desk = shared.open_desk(desk);
    let site = site_of(&desk)?;
    let kinds: Vec<KindId> =
        asked.kinds.iter().filter_map(|name| site.config.kind_named(name)).collect();
    let kinds = (!asked.kinds.is_empty()).then_some(kinds);
    let found = desk.offer.find(&site, kinds, &asked.query);
    let described = |note: &&OfferedNote| {
        let FieldChoice { written, shown } = &note.choice;
        let kind = &site.note(note.id).facts.card.kind_title;
        let standing = standing(&site, note.id);
        json!({ "written": written, "shown": shown, "kind": kind, "standing": standing })
    };
    let notes: Vec<Value> = found.iter().take(MAX_OFFERED).map(described).collect();
    Ok(json!({ "notes": notes, "count": found.len() }))
}

/// Returns the word for a note that readers don't see, or may not rely on as on others.
fn standing(site: &Site, id: NoteId) -> Option<&'static str> {
    match site.note(id).facts.card.status {
        Status::Draft => Some("draft"),
        Status::UnderReview => Some("under review"),
        Status::Withdrawn => Some("withdrawn"),
        _ if site.is_past(id) => Some("superseded"),
        Status::Published | Status::Endorsed => None,
    }
}

/// Turns a passage of HTML, such as Word puts on the clipboard, into Markdown.
pub(super) fn paste(asked: &AskedPassage) -> Value {
    let (text, remarks) = passage_in_markdown(&asked.html);
    json!({ "text": text, "remarks": remarks })
}
