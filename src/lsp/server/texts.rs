//! The texts that an editor opens, changes and closes.

use std::sync::Arc;

use gen_lsp_types::*;
use lsp_server::Notification;

use crate::lsp::documents::OpenDocument;
use crate::lsp::folder::file_of;
use crate::lsp::session::LspSession;
use crate::lsp::work::KeeperTask;
use crate::path::SourcePath;

impl LspSession<'_> {
    pub(super) fn notified(&mut self, notification: Notification) {
        let Notification { method, params } = notification;
        match method.as_str() {
            "textDocument/didOpen" => {
                if let Ok(params) = serde_json::from_value::<DidOpenTextDocumentParams>(params) {
                    self.did_open(params);
                }
            }
            "textDocument/didChange" => {
                if let Ok(params) = serde_json::from_value::<DidChangeTextDocumentParams>(params) {
                    self.did_change(params);
                }
            }
            "textDocument/didClose" => {
                if let Ok(params) = serde_json::from_value::<DidCloseTextDocumentParams>(params) {
                    self.did_close(&params.text_document.uri);
                }
            }
            // The disk is watched anyway.
            _ => {}
        }
    }

    fn did_open(&mut self, params: DidOpenTextDocumentParams) {
        let document = params.text_document;
        if let Some(file) = file_of(&document.uri)
            && self.settings.root.is_none()
        {
            self.find_folder(&file);
        }
        let Some(path) = self.source(&document.uri) else { return };
        let opened = OpenDocument::new(document.uri, document.version, &document.text);
        self.documents.list.insert(path.clone(), opened);
        self.text_changed(&path);
    }

    fn did_change(&mut self, params: DidChangeTextDocumentParams) {
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

    fn did_close(&mut self, uri: &Uri) {
        let Some(path) = self.source(uri) else { return };
        self.documents.close(&path);
        if let Some(opened) = &self.opened {
            let _ = opened.keeper.send(KeeperTask::Close(path));
        }
    }
}
