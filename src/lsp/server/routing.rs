//! The book that a message is about.

use gen_lsp_types::*;
use lsp_server::{Notification, Request, Response};
use serde_json::Value;

use super::LspServer;
use crate::lsp::documents::OpenDocument;
use crate::lsp::requests;
use crate::lsp::session::LspSession;

/// The requests about all books, with the key below which their answers have a list; none if they are one.
const OF_ALL: [(&str, Option<&str>); 2] =
    [("workspace/symbol", None), ("workspace/diagnostic", Some("items"))];

impl LspServer<'_> {
    /// Returns the place of the book with a file: the innermost, where one is in the folder of another.
    pub(super) fn book_of(&self, uri: &Uri) -> Option<usize> {
        let depth = |book: &LspSession<'_>| {
            let opened = book.opened.as_ref()?;
            book.source(uri).map(|_| opened.folder.root.components().count())
        };
        let with = self.books.iter().enumerate().filter_map(|(at, book)| Some((depth(book)?, at)));
        with.max().map(|(_, at)| at)
    }

    /// Answers a request by the book that it is about, or by all.
    pub(super) fn route(&mut self, request: Request) {
        if let Some((_, list)) = OF_ALL.iter().find(|(method, _)| *method == request.method)
            && self.books.len() > 1
        {
            return self.ask_all(request, *list);
        }
        let at = self.book_meant(&request.params);
        let session = match at {
            Some(at) => &mut self.books[at],
            None => &mut self.outside,
        };
        // Until the book is read, what is asked of it waits.
        if session.is_reading() {
            return self.waiting.push(request);
        }
        if let Some(response) = requests::answer(session, request) {
            session.send(response);
        }
    }

    /// Returns the place of the book that the parameters of a request name; the only one, if they name none.
    fn book_meant(&self, params: &Value) -> Option<usize> {
        let named = [
            &params["textDocument"]["uri"],
            &params["files"][0]["oldUri"],
            &params["arguments"][0],
        ];
        if let Some(uri) = named.into_iter().find_map(Value::as_str) {
            return self.book_of(&Uri(uri.to_owned()));
        }
        if let Some(number) = params["data"]["book"].as_u64() {
            return self.books.iter().position(|book| book.events.number as u64 == number);
        }
        (!self.books.is_empty()).then_some(0)
    }

    /// Answers a request by the lists of all books together.
    fn ask_all(&mut self, request: Request, list: Option<&str>) {
        if self.books.iter().any(LspSession::is_reading) {
            return self.waiting.push(request);
        }
        let mut all = Vec::new();
        for book in &mut self.books {
            let response = requests::answer(book, request.clone());
            let mut result = match response.map(|response| response.response_result) {
                Some(Ok(result)) => result,
                Some(Err(error)) => {
                    let failed = Response { id: request.id, response_result: Err(error) };
                    return self.outside.send(failed);
                }
                None => continue,
            };
            let items = match list {
                Some(key) => result[key].take(),
                None => result,
            };
            if let Value::Array(items) = items {
                all.extend(items);
            }
        }
        let result = match list {
            Some(key) => serde_json::json!({ key: all }),
            None => Value::Array(all),
        };
        self.outside.send(Response::new_ok(request.id, result));
    }

    pub(super) fn notified(&mut self, notification: Notification) {
        let Notification { method, params } = notification;
        match method.as_str() {
            "textDocument/didOpen" => {
                if let Ok(params) = serde_json::from_value::<DidOpenTextDocumentParams>(params) {
                    let document = params.text_document;
                    let (uri, version) = (document.uri, document.version);
                    self.take_text(OpenDocument::new(uri, version, &document.text));
                    self.house_texts();
                }
            }
            "textDocument/didChange" => {
                if let Ok(params) = serde_json::from_value::<DidChangeTextDocumentParams>(params) {
                    self.changed(params);
                }
            }
            "textDocument/didClose" => {
                if let Ok(params) = serde_json::from_value::<DidCloseTextDocumentParams>(params) {
                    let uri = &params.text_document.uri;
                    self.homeless.remove(&uri.0);
                    if let Some(at) = self.book_of(uri) {
                        self.books[at].did_close(uri);
                    }
                }
            }
            "workspace/didChangeWorkspaceFolders" => {
                if let Ok(params) = serde_json::from_value(params) {
                    self.folders_changed(params);
                    self.house_texts();
                }
            }
            // The disk is watched anyway, but where there is no book.
            "textDocument/didSave"
            | "workspace/didChangeWatchedFiles"
            | "workspace/didCreateFiles"
            | "workspace/didRenameFiles" => self.house_texts(),
            _ => {}
        }
    }

    fn changed(&mut self, params: DidChangeTextDocumentParams) {
        let document = &params.text_document;
        let uri = &document.text_document_identifier.uri;
        if let Some(mut homeless) = self.homeless.remove(&uri.0) {
            homeless.change(document.version, params.content_changes, self.outside.client.unit);
            self.take_text(homeless);
            self.house_texts();
        } else if let Some(at) = self.book_of(uri) {
            self.books[at].did_change(params);
        }
    }
}
