//! What an editor shows above the title of a note, to be clicked on.

use gen_lsp_types::*;
use serde_json::{Value, json};

use super::RequestFailure;
use crate::editor;
use crate::lsp::preview::PREVIEW;
use crate::lsp::session::LspSession;

/// The command of an editor that shows a list of places.
const SHOW_REFERENCES: &str = "editor.action.showReferences";

pub(super) fn lenses(
    session: &LspSession<'_>,
    params: CodeLensParams,
) -> Result<Option<Vec<CodeLens>>, RequestFailure> {
    let uri = &params.text_document.uri;
    let (Some(book), Some(placed)) = (session.edited(), session.placed()) else { return Ok(None) };
    let Some((text, document)) = session.open_text(uri) else { return Ok(None) };
    let Some(note) = text.note.as_ref().filter(|_| book.id_of(&text.path).is_some()) else {
        return Ok(None);
    };
    let range = document.lines.range(&document.text, note.spans.title, session.client.unit);
    let lens = |title: String, command: &str, more: Option<Value>| {
        let arguments = [json!(uri), json!(range.start)].into_iter().chain(more);
        let command = Command {
            title,
            tooltip: None,
            command: command.to_owned(),
            arguments: Some(arguments.collect()),
        };
        CodeLens { range, command: Some(command), data: None }
    };
    let mut lenses = vec![lens("Open the page".to_owned(), PREVIEW, None)];
    // Without a command, the remark beside the title says as much.
    if session.client.shows_references {
        let places = editor::references(book, text, note.spans.title.start, false);
        let title = match places.len() {
            0 => return Ok(Some(lenses)),
            1 => "1 link leads here".to_owned(),
            count => format!("{count} links lead here"),
        };
        lenses.push(lens(title, SHOW_REFERENCES, Some(json!(placed.locations(&places)))));
    }
    Ok(Some(lenses))
}
