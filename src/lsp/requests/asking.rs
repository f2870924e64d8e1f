//! Questions about the thing under the cursor, and about the whole book.

use gen_lsp_types::*;

use super::RequestFailure;
use crate::editor::{self, EditedBook, FilePlace, OpenText};
use crate::lsp::documents::OpenDocument;
use crate::lsp::session::LspSession;
use crate::note::Origin;

/// The most notes and headings that a search of the book finds.
const MAX_SYMBOLS: usize = 200;

/// The question for a place in an open text.
pub(super) struct AskedPlace<'s> {
    pub(super) book: EditedBook<'s>,
    pub(super) text: &'s OpenText,
    pub(super) document: &'s OpenDocument,
    pub(super) at: u32,
}

impl<'s> AskedPlace<'s> {
    /// Finds the place that an editor means; `None` if it is not in the book.
    pub(super) fn of(
        session: &'s LspSession<'_>,
        asked: &TextDocumentPositionParams,
    ) -> Option<Self> {
        let book = session.edited()?;
        let (text, document) = session.open_text(&asked.text_document.uri)?;
        let at = document.lines.offset(&document.text, asked.position, session.client.unit);
        Some(Self { book, text, document, at })
    }
}

pub(super) fn hover(
    session: &LspSession<'_>,
    params: HoverParams,
) -> Result<Option<Hover>, RequestFailure> {
    let Some(asked) = AskedPlace::of(session, &params.text_document_position_params) else {
        return Ok(None);
    };
    let found = editor::hover(asked.book, asked.text, asked.at);
    Ok(found.map(|found| Hover {
        contents: Contents::MarkupContent(MarkupContent {
            kind: MarkupKind::Markdown,
            value: found.markdown,
        }),
        range: Some(asked.document.lines.range(
            &asked.document.text,
            found.span,
            session.client.unit,
        )),
    }))
}

pub(super) fn definition(
    session: &LspSession<'_>,
    params: DefinitionParams,
) -> Result<Option<DefinitionResponse>, RequestFailure> {
    let places = AskedPlace::of(session, &params.text_document_position_params)
        .map_or_else(Vec::new, |asked| editor::definitions(asked.book, asked.text, asked.at));
    let locations = locations(session, &places);
    let definition = (!locations.is_empty()).then_some(Definition::LocationList(locations));
    Ok(definition.map(DefinitionResponse::Definition))
}

pub(super) fn references(
    session: &LspSession<'_>,
    params: ReferenceParams,
) -> Result<Option<Vec<Location>>, RequestFailure> {
    let with_definition = params.context.include_declaration;
    let asked = AskedPlace::of(session, &params.text_document_position_params);
    let places = asked.map_or_else(Vec::new, |asked| {
        editor::references(asked.book, asked.text, asked.at, with_definition)
    });
    Ok(Some(locations(session, &places)))
}

pub(super) fn highlights(
    session: &LspSession<'_>,
    params: DocumentHighlightParams,
) -> Result<Option<Vec<DocumentHighlight>>, RequestFailure> {
    let Some(asked) = AskedPlace::of(session, &params.text_document_position_params) else {
        return Ok(None);
    };
    let (lines, text) = (&asked.document.lines, &asked.document.text);
    let spans = editor::highlights(asked.book, asked.text, asked.at).into_iter();
    let highlight = |span| DocumentHighlight {
        range: lines.range(text, span, session.client.unit),
        kind: Some(DocumentHighlightKind::Text),
    };
    Ok(Some(spans.map(highlight).collect()))
}

pub(super) fn symbols(
    session: &LspSession<'_>,
    params: WorkspaceSymbolParams,
) -> Result<Option<WorkspaceSymbolResponse>, RequestFailure> {
    let (Some(book), Some(placed)) = (session.edited(), session.placed()) else { return Ok(None) };
    let site = book.site();
    let found = book.view.find(&params.query, MAX_SYMBOLS).into_iter();
    let with_file = found.filter(|id| site.note(*id).facts.origin == Origin::File);
    let symbol = |id| {
        let note = site.note(id);
        WorkspaceSymbol {
            location: WorkspaceSymbolLocation::Location(placed.start_of(&note.source)),
            data: None,
            base_symbol_information: BaseSymbolInformation {
                name: note.facts.card.title.clone(),
                kind: SymbolKind::File,
                tags: site.is_past(id).then(|| vec![SymbolTag::Deprecated]),
                container_name: Some(note.facts.card.kind_title.clone()),
            },
        }
    };
    Ok(Some(WorkspaceSymbolResponse::WorkspaceSymbolList(with_file.map(symbol).collect())))
}

fn locations(session: &LspSession<'_>, places: &[FilePlace]) -> Vec<Location> {
    session.placed().map_or_else(Vec::new, |placed| placed.locations(places))
}
