//! The state of a session about one book: the texts of it that are open, and the book as the keeper published it last.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::mpsc::Sender;

use gen_lsp_types::*;
use lsp_server::{Connection, Message, Notification, Request, RequestId};

use super::abilities::ClientAbilities;
use super::convert::PlacedTexts;
use super::documents::{OpenDocument, OpenDocuments};
use super::folder::BookFolder;
use super::position::LineStarts;
use super::problems::{ProblemText, problems};
use super::work::{BookEvents, KeeperTask};
use crate::editor::{BookView, EditedBook, OpenText, found_now};
use crate::path::SourcePath;
use crate::source::Source;
use crate::workspace::BuildOptions;

/// The state of a session about one book, or about what is in none.
pub(super) struct LspSession<'c> {
    pub(super) connection: &'c Connection,
    pub(super) events: BookEvents,
    pub(super) client: ClientAbilities,
    /// The folder of the book; `None` for what is in no book.
    pub(super) opened: Option<OpenedFolder>,
    pub(super) documents: OpenDocuments,
    pub(super) book: Option<Arc<BookView>>,
    /// The problems that the editor was told of, by file.
    pub(super) told: BTreeMap<SourcePath, Vec<Diagnostic>>,
    /// The address of the preview, once it is started.
    pub(super) preview: Option<String>,
    /// The pages that wait for the preview, by request.
    pub(super) shown: Vec<(RequestId, String)>,
    pub(super) count: i32,
}

/// The folder of the book and its keeper.
pub(super) struct OpenedFolder {
    pub(super) folder: BookFolder,
    /// The folder of the notes when the book was opened.
    pub(super) notes: String,
    pub(super) options: BuildOptions,
    pub(super) keeper: Sender<KeeperTask>,
}

impl<'c> LspSession<'c> {
    /// Creates a session in which nothing is known yet.
    pub(super) fn new(
        connection: &'c Connection,
        events: BookEvents,
        client: ClientAbilities,
        opened: Option<OpenedFolder>,
    ) -> Self {
        Self {
            connection,
            events,
            client,
            opened,
            documents: OpenDocuments::default(),
            book: None,
            told: BTreeMap::new(),
            preview: None,
            shown: Vec::new(),
            count: 0,
        }
    }

    /// Returns whether the book is still being read for the first time.
    pub(super) fn is_reading(&self) -> bool {
        self.opened.is_some() && self.book.is_none()
    }

    pub(super) fn send(&self, message: impl Into<Message>) {
        // After the end of the connection nobody reads this.
        let _ = self.connection.sender.send(message.into());
    }

    /// Tells the user something.
    pub(super) fn tell(&self, kind: MessageType, text: &str) {
        let params = ShowMessageParams { kind, message: format!("Fieldbook: {text}") };
        self.send(Notification::new("window/showMessage".to_owned(), params));
    }

    /// Sends a request to the editor, whose answer does not matter.
    pub(super) fn ask(&mut self, method: &str, params: impl serde::Serialize) {
        self.count += 1;
        let id = RequestId::from(format!("fieldbook-{}-{}", self.events.number, self.count));
        self.send(Request::new(id, method.to_owned(), params));
    }

    /// Returns the path in the book of a file.
    pub(super) fn source(&self, uri: &Uri) -> Option<SourcePath> {
        let opened = self.opened.as_ref()?;
        let notes = self.book.as_ref().map_or(&opened.notes, |book| &book.site.config.content);
        opened.folder.source(uri, notes)
    }

    /// Returns the book with the open texts.
    pub(super) fn edited(&self) -> Option<EditedBook<'_>> {
        let view = self.book.as_deref()?;
        Some(EditedBook { view, open: &self.documents.read })
    }

    /// Returns an open text and its document.
    pub(super) fn open_text(&self, uri: &Uri) -> Option<(&OpenText, &OpenDocument)> {
        let path = self.source(uri)?;
        Some((self.documents.read.get(&path)?, self.documents.list.get(&path)?))
    }

    /// Returns the texts in which places are.
    pub(super) fn placed(&self) -> Option<PlacedTexts<'_>> {
        let opened = self.opened.as_ref()?;
        let (open, unit) = (&self.documents.list, self.client.unit);
        let sources = &self.book.as_ref()?.sources;
        Some(PlacedTexts { folder: &opened.folder, open, sources, unit })
    }

    /// Returns the problems of a file as the editor should show them now; `None` if they are about a text that the editor has
    /// in another version.
    pub(super) fn problems_of(&self, path: &SourcePath) -> Option<Vec<Diagnostic>> {
        let view = self.book.as_deref()?;
        if let Some(document) = self.documents.list.get(path) {
            let found = found_now(self.edited()?, self.documents.read.get(path)?);
            return Some(problems(&found, self.problem_text(&document.text, &document.lines)?));
        }
        let text = view.sources.get(path).map_or("", Source::shown);
        let lines = LineStarts::new(text);
        Some(problems(view.found_in(path), self.problem_text(text, &lines)?))
    }

    /// Returns a text in which problems are.
    pub(super) fn problem_text<'a>(
        &'a self,
        text: &'a str,
        lines: &'a LineStarts,
    ) -> Option<ProblemText<'a>> {
        let (book, placed) = (self.edited()?, self.placed()?);
        Some(ProblemText { text, lines, book, placed, related: self.client.related_places })
    }
}
