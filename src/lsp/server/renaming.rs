//! Renames that the keeper finished.

use gen_lsp_types::*;
use lsp_server::{ErrorCode, Response};
use serde_json::Value;

use crate::change::RelocationError;
use crate::lsp::convert::PlacedTexts;
use crate::lsp::documents::OpenDocument;
use crate::lsp::session::LspSession;
use crate::lsp::work::{RenameFault, RenameOutcome};
use crate::path::SourcePath;

impl LspSession<'_> {
    pub(super) fn renamed(&self, outcome: RenameOutcome) {
        let RenameOutcome { id, by_editor, result, sources, versions } = outcome;
        let Some(opened) = &self.opened else { return };
        let changes = match result {
            Ok(changes) => changes,
            // The editor moves the files all the same, so the user must know what is broken then.
            Err(fault) if by_editor => {
                self.tell(
                    MessageType::Warning,
                    &format!("no link was changed: {}", fault_text(&fault)),
                );
                return self.send(Response::new_ok(id, Value::Null));
            }
            Err(fault) => {
                let code = ErrorCode::RequestFailed as i32;
                return self.send(Response::new_err(id, code, fault_text(&fault)));
            }
        };
        let is_stale = |(path, document): (&SourcePath, &OpenDocument)| {
            changes.edits.contains_key(path) && versions.get(path) != Some(&document.version)
        };
        if self.documents.list.iter().any(is_stale) {
            let (code, why) = (ErrorCode::ContentModified as i32, "the text has changed meanwhile");
            return self.send(Response::new_err(id, code, why.to_owned()));
        }
        let (open, unit) = (&self.documents.list, self.client.unit);
        let placed = PlacedTexts { folder: &opened.folder, open, sources: &sources, unit };
        if !changes.moves.is_empty() && !by_editor && !self.client.renames_files {
            let why = "this editor can't move files on request: use fieldbook mv";
            return self.send(Response::new_err(
                id,
                ErrorCode::RequestFailed as i32,
                why.to_owned(),
            ));
        }
        let edit = placed.workspace_edit(&changes, !by_editor, self.client.document_changes);
        self.send(Response::new_ok(id, edit));
    }
}

/// Returns the reason why a rename isn't made.
fn fault_text(fault: &RenameFault) -> String {
    match fault {
        RenameFault::Refused(why) => why.clone(),
        RenameFault::Unproved(RelocationError::Unreadable) => "the book can't be read".to_owned(),
        RenameFault::Unproved(RelocationError::FrontMatter(path)) => {
            format!("{path}: its front matter has to be corrected first")
        }
        RenameFault::Unproved(RelocationError::NotRead) => {
            "a file is too large, or is a link out of the book".to_owned()
        }
        RenameFault::Unproved(RelocationError::Link { path, written, .. }) => format!(
            "the link to {written} in {path} would no longer lead to the same place; change it first"
        ),
        RenameFault::Unproved(RelocationError::Errors(errors)) => {
            let first = errors.first().map(|error| format!("{}: {}", error.path, error.message));
            format!("the book would have new problems: {}", first.unwrap_or_default())
        }
    }
}
