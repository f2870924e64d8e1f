//! Requests that lead to changes: fixes, renames, formatting and commands.

use gen_lsp_types::*;
use lsp_server::{ErrorCode, RequestId};
use serde_json::Value;

use super::asking::AskedPlace;
use super::{LaterAnswer, RequestFailure, show_page};
use crate::diagnostic;
use crate::editor::{self, EditorAction};
use crate::lsp::preview::{self, PREVIEW};
use crate::lsp::problems::{capitalised, problem};
use crate::lsp::session::LspSession;
use crate::lsp::work::{KeeperTask, RenameTask, RenameWish};
use crate::path::SourcePath;
use crate::preview::address;

pub(super) fn actions(
    session: &LspSession<'_>,
    params: CodeActionParams,
) -> Result<Option<Vec<CodeActionResponse>>, RequestFailure> {
    let (Some(book), Some(placed)) = (session.edited(), session.placed()) else { return Ok(None) };
    let Some((text, document)) = session.open_text(&params.text_document.uri) else {
        return Ok(None);
    };
    let (unit, ordered) = (session.client.unit, session.client.document_changes);
    let span = document.lines.span(&document.text, params.range, unit);
    let only = params.context.only.unwrap_or_default();
    let wants = |kind: &CodeActionKind| {
        only.is_empty()
            || only.iter().any(|wanted| is_within(&kind.to_string(), &wanted.to_string()))
    };
    let action = |action: EditorAction| {
        let kind = match action.problem {
            Some(_) => CodeActionKind::QuickFix,
            None if action.file.is_some() && action.edits.is_empty() => CodeActionKind::QuickFix,
            None if action.file.is_some() => CodeActionKind::RefactorExtract,
            None => CodeActionKind::RefactorRewrite,
        };
        if !wants(&kind) || action.file.is_some() && !session.client.creates_files {
            return None;
        }
        let edit = placed.action_edit(&text.path, &action.edits, action.file.as_ref(), ordered);
        let solved = action.problem.as_ref();
        Some(CodeActionResponse::CodeAction(CodeAction {
            title: capitalised(&action.title),
            kind: Some(kind),
            diagnostics: solved
                .zip(session.problem_text(&document.text, &document.lines))
                .map(|(found, within)| vec![problem(found, within)]),
            is_preferred: action.is_safe.then_some(true),
            edit: Some(edit),
            ..CodeAction::default()
        }))
    };
    let mut all: Vec<CodeActionResponse> =
        editor::editor_actions(book, text, span).into_iter().filter_map(action).collect();
    if only.iter().any(|wanted| is_within("source.fixAll.fieldbook", &wanted.to_string())) {
        let edits = safe_edits(&editor::found_now(book, text));
        if !edits.is_empty() {
            all.push(CodeActionResponse::CodeAction(CodeAction {
                title: "Fix all that is safe to fix".to_owned(),
                kind: Some(CodeActionKind::Custom("source.fixAll.fieldbook".into())),
                edit: Some(placed.action_edit(&text.path, &edits, None, ordered)),
                ..CodeAction::default()
            }));
        }
    }
    Ok(Some(all))
}

/// Returns whether a kind of action is the wanted one, or one of those below it.
fn is_within(kind: &str, wanted: &str) -> bool {
    let rest = kind.strip_prefix(wanted);
    rest.is_some_and(|rest| wanted.is_empty() || rest.is_empty() || rest.starts_with('.'))
}

/// Returns the edits of all safe fixes that do not touch each other, in the order of the text.
fn safe_edits(found: &[diagnostic::Diagnostic]) -> Vec<diagnostic::TextEdit> {
    let mut edits: Vec<diagnostic::TextEdit> = Vec::new();
    for fix in found.iter().filter_map(diagnostic::Diagnostic::safe_fix) {
        let touches =
            |edit: &diagnostic::TextEdit| edits.iter().any(|taken| taken.conflicts_with(edit.span));
        if !fix.edits.iter().any(touches) {
            edits.extend(fix.edits.iter().cloned());
        }
    }
    edits.sort();
    edits
}

pub(super) fn formatting(
    session: &LspSession<'_>,
    params: DocumentFormattingParams,
) -> Result<Option<Vec<TextEdit>>, RequestFailure> {
    Ok(layout(session, &params.text_document.uri, None))
}

pub(super) fn range_formatting(
    session: &LspSession<'_>,
    params: DocumentRangeFormattingParams,
) -> Result<Option<Vec<TextEdit>>, RequestFailure> {
    Ok(layout(session, &params.text_document.uri, Some(params.range)))
}

/// Returns the edits that bring a note, or the lines of a range of it, into the layout.
fn layout(session: &LspSession<'_>, uri: &Uri, range: Option<Range>) -> Option<Vec<TextEdit>> {
    let book = session.edited()?;
    let (text, document) = session.open_text(uri)?;
    text.note.as_ref()?;
    let (lines, unit) = (&document.lines, session.client.unit);
    let within = range.map(|range| lines.span(&document.text, range, unit));
    let edit = |edit: diagnostic::TextEdit| TextEdit {
        range: lines.range(&document.text, edit.span, unit),
        new_text: edit.text,
    };
    Some(editor::layout_edits(book, text, within).into_iter().map(edit).collect())
}

pub(super) fn prepare_rename(
    session: &LspSession<'_>,
    params: PrepareRenameParams,
) -> Result<Option<PrepareRenameResult>, RequestFailure> {
    let Some(asked) = AskedPlace::of(session, &params.text_document_position_params) else {
        return Ok(None);
    };
    let Some((span, placeholder)) = editor::new_name(asked.book, asked.text, asked.at) else {
        return Err(RequestFailure::new(ErrorCode::RequestFailed, editor::NOTHING_NAMED));
    };
    let range = asked.document.lines.range(&asked.document.text, span, session.client.unit);
    Ok(Some(PrepareRenameResult::PrepareRenamePlaceholder(PrepareRenamePlaceholder {
        range,
        placeholder,
    })))
}

pub(super) fn rename(
    session: &LspSession<'_>,
    id: &RequestId,
    params: RenameParams,
) -> LaterAnswer {
    let Some(asked) = AskedPlace::of(session, &params.text_document_position_params) else {
        return Ok(Some(Value::Null));
    };
    let wish = RenameWish::At(asked.text.path.clone(), asked.at, params.new_name);
    later(session, id, wish)
}

/// Hands a rename to the keeper, which answers.
fn later(session: &LspSession<'_>, id: &RequestId, wish: RenameWish) -> LaterAnswer {
    let Some(opened) = session.opened.as_ref() else { return Ok(Some(Value::Null)) };
    let task = RenameTask { id: id.clone(), wish };
    match opened.keeper.send(KeeperTask::Rename(task)) {
        Ok(()) => Ok(None),
        Err(_) => Err(RequestFailure::new(ErrorCode::InternalError, "the book is closed")),
    }
}

pub(super) fn will_rename(
    session: &LspSession<'_>,
    id: &RequestId,
    params: RenameFilesParams,
) -> LaterAnswer {
    let path = |uri: Uri| session.source(&uri);
    let leaves = |file: &FileRename| {
        session.source(&file.old_uri).is_some() && session.source(&file.new_uri).is_none()
    };
    if params.files.iter().any(leaves) {
        session.tell(MessageType::Warning, "no link was changed: the new place is not in the book");
        return Ok(Some(Value::Null));
    }
    let files: Vec<(SourcePath, SourcePath)> = params
        .files
        .into_iter()
        .filter_map(|file| Some((path(file.old_uri)?, path(file.new_uri)?)))
        .collect();
    if files.is_empty() {
        return Ok(Some(Value::Null));
    }
    later(session, id, RenameWish::Files(files))
}

pub(super) fn execute(
    session: &mut LspSession<'_>,
    id: &RequestId,
    params: ExecuteCommandParams,
) -> LaterAnswer {
    if params.command != PREVIEW {
        return Err(RequestFailure::new(
            ErrorCode::InvalidParams,
            format!("{} is not known", params.command),
        ));
    }
    let arguments = params.arguments.unwrap_or_default();
    let page = page(session, &arguments);
    if session.preview.is_some() {
        show_page(session, id.clone(), &page);
        return Ok(None);
    }
    let is_starting = !session.shown.is_empty();
    session.shown.push((id.clone(), page));
    let started =
        session.opened.as_ref().map(|opened| (opened.folder.root.clone(), opened.options.clone()));
    match started {
        Some((root, options)) if !is_starting => {
            preview::start(root, options, &session.events);
        }
        Some(_) => {}
        None => {
            session.shown.clear();
            return Err(RequestFailure::new(ErrorCode::RequestFailed, "no book is open"));
        }
    }
    Ok(None)
}

/// Returns the address below that of the preview of the page of a note, at the heading above the cursor. The arguments are the
/// address of the file and a position in it.
fn page(session: &LspSession<'_>, arguments: &[Value]) -> String {
    let of_cursor = || {
        let uri = Uri(arguments.first()?.as_str()?.to_owned());
        let book = session.edited()?;
        let path = session.source(&uri)?;
        let note = book.note(book.id_of(&path)?);
        let page = address(&note.facts.place.output);
        let page = page.trim_start_matches('/').to_owned();
        let position = arguments
            .get(1)
            .and_then(|value| serde_json::from_value::<Position>(value.clone()).ok());
        let at = position.zip(session.documents.list.get(&path)).map(|(position, document)| {
            document.lines.offset(&document.text, position, session.client.unit)
        });
        let above =
            note.spans.headings.iter().rposition(|span| at.is_some_and(|at| span.start <= at));
        let anchor =
            above.and_then(|at| note.facts.headings.get(at)).map(|heading| &heading.anchor);
        Some(anchor.map_or(page.clone(), |anchor| format!("{page}#{anchor}")))
    };
    of_cursor().unwrap_or_default()
}
