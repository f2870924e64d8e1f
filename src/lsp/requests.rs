//! The answers to requests, each from the book that was published last and the texts that are open.

mod asking;
mod changing;
mod colours;
mod completing;
mod lenses;
mod reading;

use std::panic::{AssertUnwindSafe, catch_unwind};

use gen_lsp_types as lsp;
use lsp_server::{ErrorCode, Request, RequestId, Response};
use serde_json::Value;

use super::session::LspSession;

/// The reason why a request isn't answered, with its code in the protocol.
pub(super) struct RequestFailure {
    code: ErrorCode,
    why: String,
}

impl RequestFailure {
    fn new(code: ErrorCode, why: impl Into<String>) -> Self {
        Self { code, why: why.into() }
    }
}

/// The answer to a request; `Ok(None)` if it comes later.
type LaterAnswer = Result<Option<Value>, RequestFailure>;

/// Answers a request; `None` if the answer comes later.
pub(super) fn answer(session: &mut LspSession<'_>, request: Request) -> Option<Response> {
    let Request { id, method, params } = request;
    let work = AssertUnwindSafe(|| dispatch(session, &id, &method, params));
    // A bug must not end the session.
    let result = catch_unwind(work).unwrap_or_else(|_| {
        Err(RequestFailure::new(ErrorCode::InternalError, "this is a bug in Fieldbook"))
    });
    match result {
        Ok(None) => None,
        Ok(Some(value)) => Some(Response::new_ok(id, value)),
        Err(RequestFailure { code, why }) => Some(Response::new_err(id, code as i32, why)),
    }
}

fn dispatch(
    session: &mut LspSession<'_>,
    id: &RequestId,
    method: &str,
    params: Value,
) -> LaterAnswer {
    match method {
        "textDocument/completion" => {
            now::<lsp::CompletionRequest>(session, params, completing::completion)
        }
        "completionItem/resolve" => {
            now::<lsp::CompletionResolveRequest>(session, params, completing::resolve)
        }
        "textDocument/hover" => now::<lsp::HoverRequest>(session, params, asking::hover),
        "textDocument/definition" => {
            now::<lsp::DefinitionRequest>(session, params, asking::definition)
        }
        "textDocument/references" => {
            now::<lsp::ReferencesRequest>(session, params, asking::references)
        }
        "textDocument/documentHighlight" => {
            now::<lsp::DocumentHighlightRequest>(session, params, asking::highlights)
        }
        "workspace/symbol" => now::<lsp::WorkspaceSymbolRequest>(session, params, asking::symbols),
        "textDocument/documentLink" => {
            now::<lsp::DocumentLinkRequest>(session, params, reading::links)
        }
        "textDocument/documentSymbol" => {
            now::<lsp::DocumentSymbolRequest>(session, params, reading::outline)
        }
        "textDocument/foldingRange" => {
            now::<lsp::FoldingRangeRequest>(session, params, reading::folds)
        }
        "textDocument/semanticTokens/full" => {
            altering::<lsp::SemanticTokensRequest>(session, params, colours::tokens)
        }
        "textDocument/semanticTokens/full/delta" => {
            altering::<lsp::SemanticTokensDeltaRequest>(session, params, colours::token_changes)
        }
        "textDocument/codeLens" => now::<lsp::CodeLensRequest>(session, params, lenses::lenses),
        "textDocument/inlayHint" => now::<lsp::InlayHintRequest>(session, params, reading::hints),
        "textDocument/diagnostic" => {
            now::<lsp::DocumentDiagnosticRequest>(session, params, reading::problems_of_document)
        }
        "workspace/diagnostic" => {
            now::<lsp::WorkspaceDiagnosticRequest>(session, params, reading::problems_of_book)
        }
        "workspace/textDocumentContent" => {
            now::<lsp::TextDocumentContentRequest>(session, params, reading::manual)
        }
        "textDocument/codeAction" => {
            now::<lsp::CodeActionRequest>(session, params, changing::actions)
        }
        "textDocument/formatting" => {
            now::<lsp::DocumentFormattingRequest>(session, params, changing::formatting)
        }
        "textDocument/rangeFormatting" => {
            now::<lsp::DocumentRangeFormattingRequest>(session, params, changing::range_formatting)
        }
        "textDocument/prepareRename" => {
            now::<lsp::PrepareRenameRequest>(session, params, changing::prepare_rename)
        }
        "textDocument/rename" => changing::rename(session, id, read(params)?),
        "workspace/willRenameFiles" => changing::will_rename(session, id, read(params)?),
        "workspace/executeCommand" => changing::execute(session, id, read(params)?),
        _ => Err(RequestFailure::new(ErrorCode::MethodNotFound, format!("{method} is not known"))),
    }
}

/// Answers a request of a type at once.
fn now<R: lsp::Request>(
    session: &mut LspSession<'_>,
    params: Value,
    work: fn(&LspSession<'_>, R::Params) -> Result<R::Result, RequestFailure>,
) -> LaterAnswer {
    answered::<R>(work(session, read(params)?)?)
}

/// Answers a request of a type at once, and keeps what was answered.
fn altering<R: lsp::Request>(
    session: &mut LspSession<'_>,
    params: Value,
    work: fn(&mut LspSession<'_>, R::Params) -> Result<R::Result, RequestFailure>,
) -> LaterAnswer {
    answered::<R>(work(session, read(params)?)?)
}

fn answered<R: lsp::Request>(result: R::Result) -> LaterAnswer {
    let value = serde_json::to_value(result);
    let failed =
        |why: serde_json::Error| RequestFailure::new(ErrorCode::InternalError, why.to_string());
    Ok(Some(value.map_err(failed)?))
}

/// Reads the parameters of a request.
fn read<P: serde::de::DeserializeOwned>(params: Value) -> Result<P, RequestFailure> {
    serde_json::from_value(params)
        .map_err(|why| RequestFailure::new(ErrorCode::InvalidParams, why.to_string()))
}

/// Shows a page of the preview, and answers the request that asked for it.
pub(super) fn show_page(session: &mut LspSession<'_>, id: RequestId, page: &str) {
    let Some(preview) = &session.preview else { return };
    let address = format!("{preview}{page}");
    if session.client.shows_documents {
        let params = lsp::ShowDocumentParams {
            uri: lsp::Uri(address.clone()),
            external: Some(true),
            take_focus: Some(true),
            selection: None,
        };
        session.ask("window/showDocument", params);
    } else {
        session.tell(lsp::MessageType::Info, &format!("the preview is at {address}"));
    }
    session.send(Response::new_ok(id, Value::String(address)));
}
