//! The answers of the engine in the form of the protocol.

use std::collections::BTreeMap;

use gen_lsp_types::*;

use super::documents::OpenDocument;
use super::folder::BookFolder;
use super::position::{ColumnUnit, LineStarts};
use crate::change::ChangeSet;
use crate::diagnostic;
use crate::editor::{FilePlace, NewFileText};
use crate::path::SourcePath;
use crate::source::{Source, Sources};
use crate::span::Span;

/// The texts in which places are: those that are open, and those of the book.
#[derive(Clone, Copy)]
pub(super) struct PlacedTexts<'a> {
    pub(super) folder: &'a BookFolder,
    pub(super) open: &'a BTreeMap<SourcePath, OpenDocument>,
    pub(super) sources: &'a Sources,
    pub(super) unit: ColumnUnit,
}

impl<'a> PlacedTexts<'a> {
    /// Returns the address of a file, as the editor has it.
    pub(super) fn uri(self, path: &SourcePath) -> Uri {
        self.open.get(path).map_or_else(|| self.folder.uri(path), |open| open.uri.clone())
    }

    fn text(self, path: &SourcePath) -> &'a str {
        match self.open.get(path) {
            Some(open) => &open.text,
            None => self.sources.get(path).map_or("", Source::shown),
        }
    }

    /// Returns places as the protocol has them. Places in one file stand together.
    pub(super) fn locations(self, places: &[FilePlace]) -> Vec<Location> {
        let of_file = |places: &[FilePlace]| {
            let path = &places[0].path;
            let (uri, text) = (self.uri(path), self.text(path));
            let lines = LineStarts::new(text);
            let place = |place: &FilePlace| Location {
                uri: uri.clone(),
                range: lines.range(text, place.span, self.unit),
            };
            places.iter().map(place).collect::<Vec<_>>()
        };
        places.chunk_by(|a, b| a.path == b.path).flat_map(of_file).collect()
    }

    /// Returns edits of a file as the protocol has them.
    pub(super) fn edits(self, path: &SourcePath, edits: &[diagnostic::TextEdit]) -> Vec<TextEdit> {
        let text = self.text(path);
        let lines = LineStarts::new(text);
        let edit = |edit: &diagnostic::TextEdit| TextEdit {
            range: lines.range(text, edit.span, self.unit),
            new_text: edit.text.clone(),
        };
        edits.iter().map(edit).collect()
    }

    /// Returns changes of files as one edit. First the texts change, in their old places, then files move: some editors would
    /// otherwise write to files that are not there yet. `with_moves` is false where the editor moves the files itself.
    pub(super) fn workspace_edit(
        self,
        changes: &ChangeSet,
        with_moves: bool,
        ordered: bool,
    ) -> WorkspaceEdit {
        if !ordered {
            let texts =
                changes.edits.iter().map(|(path, edits)| (self.uri(path), self.edits(path, edits)));
            return WorkspaceEdit { changes: Some(texts.collect()), ..WorkspaceEdit::default() };
        }
        let mut steps: Vec<DocumentChange> = changes
            .edits
            .iter()
            .map(|(path, edits)| self.text_step(path, self.edits(path, edits)))
            .collect();
        let moves = changes.moves.iter().filter(|_| with_moves).map(|(old, new)| {
            DocumentChange::RenameFile(RenameFile {
                old_uri: self.uri(old),
                new_uri: self.folder.uri(new),
                options: None,
                annotation_id: None,
            })
        });
        steps.extend(moves);
        WorkspaceEdit { document_changes: Some(steps), ..WorkspaceEdit::default() }
    }

    /// Returns edits of one file as a step of a larger edit.
    fn text_step(self, path: &SourcePath, edits: Vec<TextEdit>) -> DocumentChange {
        let text_document = OptionalVersionedTextDocumentIdentifier {
            version: self.open.get(path).map(|open| open.version),
            text_document_identifier: TextDocumentIdentifier { uri: self.uri(path) },
        };
        let edits = edits.into_iter().map(Edit::TextEdit).collect();
        DocumentChange::TextDocumentEdit(TextDocumentEdit { text_document, edits })
    }

    /// Returns edits of one file, and perhaps a new file, as one edit.
    pub(super) fn action_edit(
        self,
        path: &SourcePath,
        edits: &[diagnostic::TextEdit],
        file: Option<&NewFileText>,
        ordered: bool,
    ) -> WorkspaceEdit {
        let edits = self.edits(path, edits);
        if !ordered {
            let changes = Some([(self.uri(path), edits)].into_iter().collect());
            return WorkspaceEdit { changes, ..WorkspaceEdit::default() };
        }
        let mut steps = Vec::new();
        if let Some(file) = file {
            let uri = self.folder.uri(&file.path);
            steps.push(DocumentChange::CreateFile(CreateFile {
                uri: uri.clone(),
                options: Some(CreateFileOptions {
                    ignore_if_exists: Some(true),
                    ..CreateFileOptions::default()
                }),
                annotation_id: None,
            }));
            let edit = TextEdit { range: Range::default(), new_text: file.text.clone() };
            steps.push(DocumentChange::TextDocumentEdit(TextDocumentEdit {
                text_document: OptionalVersionedTextDocumentIdentifier {
                    version: None,
                    text_document_identifier: TextDocumentIdentifier { uri },
                },
                edits: vec![Edit::TextEdit(edit)],
            }));
        }
        if !edits.is_empty() {
            steps.push(self.text_step(path, edits));
        }
        WorkspaceEdit { document_changes: Some(steps), ..WorkspaceEdit::default() }
    }

    /// Returns the start of a file in it.
    pub(super) fn start_of(self, path: &SourcePath) -> Location {
        self.locations(&[FilePlace { path: path.clone(), span: Span::default() }]).remove(0)
    }
}
