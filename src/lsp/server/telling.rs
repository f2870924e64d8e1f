//! The problems of the book, told to the editor as they change.

use std::sync::Arc;

use gen_lsp_types::*;
use lsp_server::Notification;
use serde_json::Value;

use crate::editor::BookView;
use crate::lsp::session::LspSession;
use crate::lsp::work::KeeperTask;
use crate::path::SourcePath;

impl LspSession<'_> {
    pub(super) fn published(&mut self, view: Arc<BookView>) {
        let before = self.book.replace(view);
        let config = self.book.as_ref().map(|book| Arc::clone(&book.site.config));
        let is_same = |before: &Arc<BookView>| Some(&before.site.config) == config.as_ref();
        if !before.as_ref().is_some_and(is_same)
            && let Some(config) = &config
        {
            self.documents.read_all(config);
            self.resend();
        }
        self.push_all();
        if self.client.pulls {
            self.ask("workspace/diagnostic/refresh", Value::Null);
        }
        if self.client.refreshes_hints && before.is_some() {
            self.ask("workspace/inlayHint/refresh", Value::Null);
        }
    }

    /// Takes back all problems that the editor was told of, since the book is closed.
    pub(super) fn take_back_all(&mut self) {
        for path in self.told.keys().cloned().collect::<Vec<_>>() {
            self.take_back(&path);
        }
    }

    /// Tells the editor the problems of a file, if they differ from those that it knows.
    pub(super) fn push(&mut self, path: &SourcePath) {
        let Some(new) = self.problems_of(path) else { return };
        let Some(uri) = self.placed().map(|placed| placed.uri(path)) else { return };
        let old = self.told.get(path);
        if old.is_none_or(Vec::is_empty) && new.is_empty() || old == Some(&new) {
            return;
        }
        let version = self.documents.list.get(path).map(|document| document.version);
        let diagnostics = new.clone();
        self.told.insert(path.clone(), new);
        let params = PublishDiagnosticsParams { uri, version, diagnostics };
        self.send(Notification::new("textDocument/publishDiagnostics".to_owned(), params));
    }

    /// Tells the editor the problems of all files. It asks itself for those of open ones, if it can.
    fn push_all(&mut self) {
        let Some(state) = self.book.clone() else { return };
        let mut paths: Vec<SourcePath> =
            state.found.iter().map(|found| found.path.clone()).collect();
        paths.extend(self.told.keys().cloned());
        paths.extend(self.documents.list.keys().cloned());
        paths.sort();
        paths.dedup();
        for path in paths {
            if self.client.pulls && self.documents.list.contains_key(&path) {
                self.take_back(&path);
            } else {
                self.push(&path);
            }
        }
    }

    /// Takes back the problems of a file that the editor was told of, since it asks for them itself now.
    fn take_back(&mut self, path: &SourcePath) {
        let told = self.told.remove(path).unwrap_or_default();
        let uri = self.placed().map(|placed| placed.uri(path));
        if let Some(uri) = uri.filter(|_| !told.is_empty()) {
            let params = PublishDiagnosticsParams { uri, version: None, diagnostics: Vec::new() };
            self.send(Notification::new("textDocument/publishDiagnostics".to_owned(), params));
        }
    }

    /// Gives the keeper the open texts again, whose place in the book may be another now.
    fn resend(&self) {
        let Some(opened) = &self.opened else { return };
        for (path, document) in &self.documents.list {
            let text = Arc::clone(&document.text);
            let _ = opened.keeper.send(KeeperTask::Open(path.clone(), text, document.version));
        }
    }
}
