//! The texts of a book that an editor opens, changes and closes.

use std::sync::Arc;

use gen_lsp_types::*;

use crate::lsp::documents::OpenDocument;
use crate::lsp::session::LspSession;
use crate::lsp::work::KeeperTask;
use crate::path::SourcePath;

impl LspSession<'_> {
    /// Takes a text that the editor has open, if it is in the book.
    pub(super) fn take_text(&mut self, document: OpenDocument) {
        let Some(path) = self.source(&document.uri) else { return };
        self.documents.list.insert(path.clone(), document);
        self.text_changed(&path);
    }

    pub(super) fn did_change(&mut self, params: DidChangeTextDocumentParams) {
        let (document, unit) = (params.text_document, self.client.unit);
        let Some(path) = self.source(&document.text_document_identifier.uri) else { return };
        let Some(open) = self.documents.list.get_mut(&path) else { return };
        open.change(document.version, params.content_changes, unit);
        self.text_changed(&path);
    }

    fn text_changed(&mut self, path: &SourcePath) {
        let config = self.book.as_ref().map(|book| Arc::clone(&book.site.config));
        self.documents.read(path, config.as_deref());
        if let (Some(opened), Some(document)) = (&self.opened, self.documents.list.get(path)) {
            let text = Arc::clone(&document.text);
            let _ = opened.keeper.send(KeeperTask::Open(path.clone(), text, document.version));
        }
        if !self.client.pulls {
            self.push(path);
        }
    }

    pub(super) fn did_close(&mut self, uri: &Uri) {
        let Some(path) = self.source(uri) else { return };
        self.documents.close(&path);
        if let Some(opened) = &self.opened {
            let _ = opened.keeper.send(KeeperTask::Close(path));
        }
    }
}
