//! Tasks that write notes.

use serde_json::{Value, json};

use super::TaskFailure;
use super::answers::{at_note, form_of, site_of, text_of};
use super::asked::{AskedNew, AskedNote, AskedSave, note_path, text_on_disk};
use crate::authoring::{
    FormFault, NewNote, as_draft, form_findings, new_note, new_path_in, usual_notation,
};
use crate::diagnostic::{Diagnostic, Severity};
use crate::disk::{self, DiskError, RewriteOutcome, SourceChange};
use crate::fingerprint::Fingerprint;
use crate::note::Status;
use crate::path::{OutputPath, SourcePath};
use crate::serve::desk::{EditDesk, SavedNote};
use crate::serve::shared::ServerState;

impl From<DiskError> for TaskFailure {
    fn from(error: DiskError) -> Self {
        Self::new(500, error.to_string())
    }
}

/// Writes a note, if its file is as it was when the form was made of it, and the book has no new error with it.
pub(super) fn save(
    shared: &ServerState,
    desk: &EditDesk,
    asked: &AskedSave,
) -> Result<Value, TaskFailure> {
    let (mut desk, site, path) = at_note(shared, desk, &asked.note.path)?;
    let (before, fingerprint) = text_on_disk(shared, &path)?;
    if fingerprint != asked.fingerprint {
        let (yours, _) = text_of(&site, &path, &asked.note);
        return Err(conflict(&before, &fingerprint, &yours));
    }
    let (mut after, mut faults) = text_of(&site, &path, &asked.note);
    if asked.as_draft {
        match as_draft(&site.config, &path, &after) {
            Ok(draft) => after = draft,
            Err(fault) => faults.push(fault),
        }
    }
    if !faults.is_empty() {
        return Err(refused(&faults, &path, &after, &[]));
    }
    if after == before {
        let undo = desk.undo_of(&path);
        let form = form_of(&desk, &site, &path, &after);
        return Ok(json!({
            "is_saved": false, "fingerprint": fingerprint, "base": after, "form": form, "undo": undo,
        }));
    }
    let of_path = site.note_at(&path);
    let was_draft = of_path.is_some_and(|id| site.note(id).facts.card.status == Status::Draft);
    let outcome = desk.put(&path, &after);
    // A draft may be unfinished, but it may not make errors elsewhere. Readers get to see a note that is none any more, so all that is
    // wrong with it counts then.
    let counts = |error: &&Diagnostic| !outcome.is_draft || error.path != path;
    let is_published = was_draft && !outcome.is_draft;
    let unfinished = outcome
        .found
        .iter()
        .filter(|found| is_published && found.path == path && found.severity == Severity::Error);
    let elsewhere = |error: &&Diagnostic| !is_published || error.path != path;
    let new_errors = outcome.new_errors.iter().filter(counts).filter(elsewhere);
    let errors: Vec<Diagnostic> = unfinished.chain(new_errors).cloned().collect();
    if !errors.is_empty() {
        return Err(refused(&[], &path, &after, &errors));
    }
    if let RewriteOutcome::Left(why) = disk::rewrite(&shared.root, &path, &before, &after)? {
        let (now, fingerprint) = text_on_disk(shared, &path)?;
        return Err(if now == before {
            TaskFailure::new(422, format!("{path} can't be written: {why}."))
        } else {
            conflict(&now, &fingerprint, &after)
        });
    }
    shared.look_at(&path);
    desk.await_file(&path);
    let fingerprint = Fingerprint::of(after.as_str()).to_string();
    let form = form_of(&desk, &site, &path, &after);
    let reply = json!({
        "is_saved": true, "fingerprint": fingerprint, "base": after, "form": form,
        "undo": "save",
    });
    desk.remember(SavedNote { path, before: Some(before), after });
    Ok(reply)
}

/// Returns the failure of a save whose file was changed meanwhile, with the text on the disk and the one to be saved.
fn conflict(text: &str, fingerprint: &str, yours: &str) -> TaskFailure {
    let message = "Somebody else changed this note since you opened it. Nothing was saved.";
    let data =
        json!({ "message": message, "text": text, "yours": yours, "fingerprint": fingerprint });
    TaskFailure { status: 409, data }
}

/// Returns the failure of a save that would make errors.
fn refused(
    faults: &[FormFault],
    path: &SourcePath,
    text: &str,
    errors: &[Diagnostic],
) -> TaskFailure {
    let message = "Nothing was saved: something is missing or wrong.";
    let findings = form_findings(path, text, errors);
    let can_be_draft = faults.is_empty() && errors.iter().all(|error| error.path == *path);
    let data = json!({
        "message": message, "faults": faults, "findings": findings, "can_be_draft": can_be_draft,
    });
    TaskFailure { status: 422, data }
}

/// Undoes the last save of a note, if the file is still as it was saved.
pub(super) fn undo(
    shared: &ServerState,
    desk: &EditDesk,
    asked: &AskedNote,
) -> Result<Value, TaskFailure> {
    let (mut desk, _, path) = at_note(shared, desk, &asked.path)?;
    let Some(save) = desk.last_save(&path) else {
        return Err(TaskFailure::new(404, "There is nothing to undo."));
    };
    let before = save.before.clone();
    let change = SourceChange {
        path: &path,
        before: Some(save.after.as_bytes()),
        after: before.as_deref().map(str::as_bytes),
    };
    if let Some((_, why)) = disk::change(&shared.root, &[change])? {
        let message = format!("The save of {path} can't be undone: {why}.");
        return Err(TaskFailure::new(409, message));
    }
    desk.forget_save(&path);
    shared.look_at(&path);
    desk.await_file(&path);
    Ok(json!({ "path": path.as_str(), "is_gone": before.is_none() }))
}

/// Makes a new note, which is a draft, in the folder of its kind or in the one that is named.
pub(super) fn new(
    shared: &ServerState,
    desk: &EditDesk,
    asked: &AskedNew,
) -> Result<Value, TaskFailure> {
    let mut desk = shared.open_desk(desk);
    let site = site_of(&desk)?;
    let config = &site.config;
    let kind = asked.kind.as_deref().map(|name| {
        let no_kind = || TaskFailure::new(404, format!("No kind is called \"{name}\"."));
        config.kind_named(name).ok_or_else(no_kind)
    });
    let kind = kind.transpose()?;
    let folder = match (&asked.folder, kind) {
        (Some(folder), _) => folder.as_str(),
        (None, Some(kind)) => config.kind(kind).folder.as_deref().unwrap_or_default(),
        (None, None) => "",
    };
    if !folder.is_empty() && OutputPath::checked(folder).is_none() {
        return Err(TaskFailure::new(404, "This is no folder of the book."));
    }
    let said = |why: String| TaskFailure::new(422, format!("{}.", capitalised(&why)));
    let title = asked.title.trim();
    let path = new_path_in(config, folder, title).map_err(said)?;
    let path = note_path(&site, path.as_str())?;
    let kind = crate::note::kind(&crate::note::place(&path, config), config);
    let text = |path: &SourcePath| desk.workspace.sources().get(path)?.text().map(str::to_owned);
    let notation = usual_notation(&site, kind, text);
    let note = NewNote { kind, title, values: &[], is_draft: true, text: None, notation };
    let after = new_note(&site, &path, &note).map_err(said)?;
    let is_there =
        || TaskFailure::new(422, format!("{path} is there already: choose another title."));
    if desk.workspace.sources().get(&path).is_some() {
        return Err(is_there());
    }
    let elsewhere = |error: &Diagnostic| error.path != path;
    let errors = desk.put(&path, &after).new_errors;
    if let Some(error) = errors.iter().find(|error| elsewhere(error)) {
        let message = format!(
            "No note was made, since {} would have an error: {}.",
            error.path, error.message
        );
        return Err(TaskFailure::new(422, message));
    }
    if !disk::write_new(&shared.root, &path, after.as_bytes())? {
        return Err(is_there());
    }
    shared.look_at(&path);
    desk.await_file(&path);
    let place = crate::note::place(&path, config);
    let stem = place.path.rsplit('/').next().unwrap_or(&place.path).to_owned();
    let reply = json!({ "path": path.as_str(), "written": stem, "shown": title });
    desk.remember(SavedNote { path, before: None, after });
    Ok(reply)
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
