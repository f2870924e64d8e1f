//! Answers about a whole text: its links, outline, folds, colours, remarks and problems.

use std::collections::BTreeSet;

use gen_lsp_types::*;
use lsp_server::ErrorCode;

use super::RequestFailure;
use crate::editor::{self, OutlineEntry};
use crate::fingerprint::Fingerprint;
use crate::lsp::documents::OpenDocument;
use crate::lsp::position::ColumnUnit;
use crate::lsp::problems::manual_page;
use crate::lsp::session::LspSession;
use crate::path::SourcePath;
use crate::span::Span;

pub(super) fn links(
    session: &LspSession<'_>,
    params: DocumentLinkParams,
) -> Result<Option<Vec<DocumentLink>>, RequestFailure> {
    let (Some(book), Some(placed)) = (session.edited(), session.placed()) else { return Ok(None) };
    let Some((text, document)) = session.open_text(&params.text_document.uri) else {
        return Ok(None);
    };
    let link = |(span, place): (Span, editor::FilePlace)| {
        let target = placed.uri(&place.path);
        let range = document.lines.range(&document.text, span, session.client.unit);
        DocumentLink { range, target: Some(target), ..DocumentLink::default() }
    };
    Ok(Some(editor::outgoing(book, text).into_iter().map(link).collect()))
}

pub(super) fn outline(
    session: &LspSession<'_>,
    params: DocumentSymbolParams,
) -> Result<Option<DocumentSymbolResponse>, RequestFailure> {
    let Some((text, document)) = session.open_text(&params.text_document.uri) else {
        return Ok(None);
    };
    let entries = editor::outline(text);
    let unit = session.client.unit;
    if session.client.nested_symbols {
        let symbols = entries.iter().map(|entry| symbol(entry, document, unit)).collect();
        return Ok(Some(DocumentSymbolResponse::DocumentSymbolList(symbols)));
    }
    let mut list = Vec::new();
    flat_symbols(&entries, document, unit, None, &mut list);
    Ok(Some(DocumentSymbolResponse::SymbolInformationList(list)))
}

fn symbol_kind(entry: &OutlineEntry) -> SymbolKind {
    match (entry.is_setting, entry.below.is_empty()) {
        (true, true) => SymbolKind::Property,
        (true, false) => SymbolKind::Object,
        (false, _) => SymbolKind::String,
    }
}

fn symbol_name(entry: &OutlineEntry) -> String {
    // An editor refuses an empty name.
    if entry.name.trim().is_empty() { "…".to_owned() } else { entry.name.clone() }
}

fn symbol(entry: &OutlineEntry, document: &OpenDocument, unit: ColumnUnit) -> DocumentSymbol {
    let range = |span| document.lines.range(&document.text, span, unit);
    let below: Vec<_> = entry.below.iter().map(|entry| symbol(entry, document, unit)).collect();
    #[expect(deprecated, reason = "the structure has a field of older versions of the protocol")]
    DocumentSymbol {
        name: symbol_name(entry),
        detail: None,
        kind: symbol_kind(entry),
        tags: None,
        deprecated: None,
        range: range(entry.whole),
        selection_range: range(entry.own),
        children: (!below.is_empty()).then_some(below),
    }
}

fn flat_symbols(
    entries: &[OutlineEntry],
    document: &OpenDocument,
    unit: ColumnUnit,
    above: Option<&OutlineEntry>,
    list: &mut Vec<SymbolInformation>,
) {
    for entry in entries {
        let range = document.lines.range(&document.text, entry.whole, unit);
        #[expect(
            deprecated,
            reason = "the structure has a field of older versions of the protocol"
        )]
        list.push(SymbolInformation {
            deprecated: None,
            location: Location { uri: document.uri.clone(), range },
            base_symbol_information: BaseSymbolInformation {
                name: symbol_name(entry),
                kind: symbol_kind(entry),
                tags: None,
                container_name: above.map(symbol_name),
            },
        });
        flat_symbols(&entry.below, document, unit, Some(entry), list);
    }
}

pub(super) fn folds(
    session: &LspSession<'_>,
    params: FoldingRangeParams,
) -> Result<Option<Vec<FoldingRange>>, RequestFailure> {
    let Some((text, document)) = session.open_text(&params.text_document.uri) else {
        return Ok(None);
    };
    let fold = |part: &editor::FoldedPart| {
        let shown = document.text[part.span.within(&document.text)].trim_end();
        let end = part.span.start + shown.len() as u32;
        let span = Span { start: part.span.start, end };
        let range = document.lines.range(&document.text, span, session.client.unit);
        (range.start.line < range.end.line).then(|| FoldingRange {
            start_line: range.start.line,
            end_line: range.end.line,
            kind: part.is_comment.then_some(FoldingRangeKind::Comment),
            ..FoldingRange::default()
        })
    };
    Ok(Some(editor::folds(text).iter().filter_map(fold).collect()))
}

pub(super) fn hints(
    session: &LspSession<'_>,
    params: InlayHintParams,
) -> Result<Option<Vec<InlayHint>>, RequestFailure> {
    let Some(book) = session.edited() else { return Ok(None) };
    let Some((text, document)) = session.open_text(&params.text_document.uri) else {
        return Ok(None);
    };
    let wanted = document.lines.span(&document.text, params.range, session.client.unit);
    let hints = editor::hints(book, text).into_iter();
    let hints = hints.filter(|hint| wanted.start <= hint.at && hint.at <= wanted.end);
    let hint = |hint: editor::TextHint| InlayHint {
        position: document.lines.position(&document.text, hint.at, session.client.unit),
        label: Label::String(hint.label),
        kind: None,
        text_edits: None,
        tooltip: None,
        padding_left: Some(true),
        padding_right: None,
        data: None,
    };
    Ok(Some(hints.map(hint).collect()))
}

/// Returns a name for a list of problems, by which an editor can say which one it has.
fn result_id(items: &[Diagnostic]) -> String {
    let text = serde_json::to_string(items).unwrap_or_default();
    Fingerprint::of(&text).to_string()
}

pub(super) fn problems_of_document(
    session: &LspSession<'_>,
    params: DocumentDiagnosticParams,
) -> Result<DocumentDiagnosticReport, RequestFailure> {
    let path = session.source(&params.text_document.uri);
    let items = path.and_then(|path| session.problems_of(&path)).unwrap_or_default();
    let id = result_id(&items);
    if params.previous_result_id.as_deref() == Some(&*id) {
        return Ok(DocumentDiagnosticReport::RelatedUnchangedDocumentDiagnosticReport(
            RelatedUnchangedDocumentDiagnosticReport {
                related_documents: None,
                unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport {
                    result_id: id,
                },
            },
        ));
    }
    Ok(DocumentDiagnosticReport::RelatedFullDocumentDiagnosticReport(
        RelatedFullDocumentDiagnosticReport {
            related_documents: None,
            full_document_diagnostic_report: FullDocumentDiagnosticReport {
                result_id: Some(id),
                items,
            },
        },
    ))
}

pub(super) fn problems_of_book(
    session: &LspSession<'_>,
    params: WorkspaceDiagnosticParams,
) -> Result<WorkspaceDiagnosticReport, RequestFailure> {
    let (Some(state), Some(placed)) = (&session.book, session.placed()) else {
        return Ok(WorkspaceDiagnosticReport { items: Vec::new() });
    };
    let known = |uri: &Uri| params.previous_result_ids.iter().find(|known| known.uri == *uri);
    let mut paths: BTreeSet<SourcePath> =
        state.found.iter().map(|found| found.path.clone()).collect();
    // A file that has no problems any more is reported too, if the editor knows of some.
    paths.extend(params.previous_result_ids.iter().filter_map(|known| session.source(&known.uri)));
    let report = |path: &SourcePath| {
        let items = session.problems_of(path)?;
        let (uri, result_id) = (placed.uri(path), result_id(&items));
        let version = session.documents.list.get(path).map(|document| document.version);
        if known(&uri).is_some_and(|known| known.value == result_id) {
            let unchanged_document_diagnostic_report =
                UnchangedDocumentDiagnosticReport { result_id };
            return Some(
                WorkspaceUnchangedDocumentDiagnosticReport {
                    uri,
                    version,
                    unchanged_document_diagnostic_report,
                }
                .into(),
            );
        }
        let full_document_diagnostic_report =
            FullDocumentDiagnosticReport { result_id: Some(result_id), items };
        Some(
            WorkspaceFullDocumentDiagnosticReport { uri, version, full_document_diagnostic_report }
                .into(),
        )
    };
    Ok(WorkspaceDiagnosticReport { items: paths.iter().filter_map(report).collect() })
}

pub(super) fn manual(
    _: &LspSession<'_>,
    params: TextDocumentContentParams,
) -> Result<TextDocumentContentResult, RequestFailure> {
    let missing = || RequestFailure::new(ErrorCode::InvalidParams, "the manual has no such page");
    Ok(TextDocumentContentResult { text: manual_page(&params.uri).ok_or_else(missing)? })
}
