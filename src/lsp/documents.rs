//! The texts that an editor has open.

use std::collections::BTreeMap;
use std::sync::Arc;

use gen_lsp_types::{TextDocumentContentChangeEvent, Uri};

use super::position::{ColumnUnit, LineStarts};
use crate::config::Config;
use crate::editor::OpenText;
use crate::path::SourcePath;

/// A text that an editor has open.
#[derive(Debug)]
pub(super) struct OpenDocument {
    /// The address that the editor has for it.
    pub(super) uri: Uri,
    /// The version, which the editor counts.
    pub(super) version: i32,
    pub(super) text: Arc<str>,
    pub(super) lines: LineStarts,
}

/// The texts that an editor has open, by their files.
#[derive(Debug, Default)]
pub(super) struct OpenDocuments {
    pub(super) list: BTreeMap<SourcePath, OpenDocument>,
    /// The same texts as the engine reads them, once there is a book.
    pub(super) read: BTreeMap<SourcePath, OpenText>,
    /// The colours that the editor was told of.
    pub(super) colours: BTreeMap<SourcePath, SentTokens>,
}

/// The colours of a text that an editor was told of.
#[derive(Clone, Debug, Default)]
pub(super) struct SentTokens {
    /// The name that the editor has for them.
    pub(super) name: String,
    /// The numbers that stand for them.
    pub(super) numbers: Vec<u32>,
}

impl OpenDocument {
    pub(super) fn new(uri: Uri, version: i32, text: &str) -> Self {
        Self { uri, version, text: text.into(), lines: LineStarts::new(text) }
    }

    /// Applies changes in their order.
    pub(super) fn change(
        &mut self,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
        unit: ColumnUnit,
    ) {
        self.version = version;
        for change in changes {
            let new = match change {
                TextDocumentContentChangeEvent::TextDocumentContentChangePartial(part) => {
                    let span = self.lines.span(&self.text, part.range, unit).within(&self.text);
                    [&self.text[..span.start], &part.text, &self.text[span.end..]].concat()
                }
                TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(whole) => {
                    whole.text
                }
            };
            self.lines = LineStarts::new(&new);
            self.text = new.into();
        }
    }
}

impl OpenDocuments {
    /// Forgets a text that is closed.
    pub(super) fn close(&mut self, path: &SourcePath) -> Option<OpenDocument> {
        self.read.remove(path);
        self.colours.remove(path);
        self.list.remove(path)
    }

    /// Reads a text anew.
    pub(super) fn read(&mut self, path: &SourcePath, config: Option<&Config>) {
        if let Some((document, config)) = self.list.get(path).zip(config) {
            let text = OpenText::new(path.clone(), &document.text, config);
            self.read.insert(path.clone(), text);
        }
    }

    /// Reads all texts anew.
    pub(super) fn read_all(&mut self, config: &Config) {
        // The folder of the notes may be another one.
        let placed = |(path, document): (SourcePath, OpenDocument)| {
            (SourcePath::of_book(&config.content, path.as_str()), document)
        };
        self.list = std::mem::take(&mut self.list).into_iter().map(placed).collect();
        self.read.clear();
        let paths: Vec<SourcePath> = self.list.keys().cloned().collect();
        paths.iter().for_each(|path| self.read(path, Some(config)));
    }
}
