//! The colours of a text: all of them, or what has changed since the editor had them last.

use gen_lsp_types::*;

use super::RequestFailure;
use crate::editor::{self, MarkSort};
use crate::fingerprint::Fingerprint;
use crate::lsp::documents::{OpenDocument, SentTokens};
use crate::lsp::position::ColumnUnit;
use crate::lsp::session::LspSession;
use crate::span::Span;

pub(super) fn tokens(
    session: &mut LspSession<'_>,
    params: SemanticTokensParams,
) -> Result<Option<SemanticTokens>, RequestFailure> {
    Ok(all(session, &params.text_document.uri).map(|(tokens, _)| tokens))
}

pub(super) fn token_changes(
    session: &mut LspSession<'_>,
    params: SemanticTokensDeltaParams,
) -> Result<Option<SemanticTokensDeltaResponse>, RequestFailure> {
    let Some((tokens, before)) = all(session, &params.text_document.uri) else { return Ok(None) };
    let Some(before) = before.filter(|before| before.name == params.previous_result_id) else {
        return Ok(Some(tokens.into()));
    };
    let edit = difference(&before.numbers, &numbers(&tokens.data));
    let edits = edit.into_iter().collect();
    Ok(Some(SemanticTokensDelta { result_id: tokens.result_id, edits }.into()))
}

/// Returns the edit that turns the numbers of some colours into those of others; `None` if they are the same.
fn difference(before: &[u32], after: &[u32]) -> Option<SemanticTokensEdit> {
    let start = before.iter().zip(after).take_while(|(a, b)| a == b).count();
    let rests = before[start..].iter().rev().zip(after[start..].iter().rev());
    let end = rests.take_while(|(a, b)| a == b).count();
    let (deleted, new) = (before.len() - end - start, &after[start..after.len() - end]);
    (deleted > 0 || !new.is_empty()).then(|| SemanticTokensEdit {
        start: start as u32,
        delete_count: deleted as u32,
        data: Some(new.to_vec()),
    })
}

/// Returns the numbers that stand for colours in a message.
fn numbers(tokens: &[SemanticToken]) -> Vec<u32> {
    let of_one = |token: &SemanticToken| {
        [
            token.delta_line,
            token.delta_start,
            token.length,
            token.token_type,
            token.token_modifiers_bitset,
        ]
    };
    tokens.iter().flat_map(of_one).collect()
}

/// Returns all colours of a text, and those that the editor was told of before.
fn all(session: &mut LspSession<'_>, uri: &Uri) -> Option<(SemanticTokens, Option<SentTokens>)> {
    let path = session.source(uri)?;
    let data = data(session, uri)?;
    let numbers = numbers(&data);
    let name = Fingerprint::of(&numbers).to_string();
    let before = session.documents.colours.insert(path, SentTokens { name: name.clone(), numbers });
    Some((SemanticTokens { result_id: Some(name), data }, before))
}

fn data(session: &LspSession<'_>, uri: &Uri) -> Option<Vec<SemanticToken>> {
    let book = session.edited()?;
    let (text, document) = session.open_text(uri)?;
    let mut data = Vec::new();
    let mut before = Position::default();
    for mark in editor::marks(book, text) {
        let (token_type, token_modifiers_bitset) = match mark.sort {
            MarkSort::Key => (0, 0),
            MarkSort::Link => (1, 0),
            MarkSort::PastLink => (1, 1),
            MarkSort::BrokenLink => (1, 2),
            MarkSort::Comment => (2, 0),
        };
        for range in lines_of(document, mark.span, session.client.unit) {
            let is_same_line = range.start.line == before.line;
            data.push(SemanticToken {
                delta_line: range.start.line - before.line,
                delta_start: range.start.character
                    - if is_same_line { before.character } else { 0 },
                length: range.end.character - range.start.character,
                token_type,
                token_modifiers_bitset,
            });
            before = range.start;
        }
    }
    Some(data)
}

/// Returns the parts of a span that are in one line each, since many editors know no others.
fn lines_of(document: &OpenDocument, span: Span, unit: ColumnUnit) -> Vec<Range> {
    let text = &document.text;
    let mut at = span.within(text).start;
    let mut ranges = Vec::new();
    for line in text[span.within(text)].split_inclusive(['\n', '\r']) {
        let shown = line.trim_end_matches(['\n', '\r']);
        if !shown.is_empty() {
            ranges.push(document.lines.range(text, Span::from(at..at + shown.len()), unit));
        }
        at += line.len();
    }
    ranges
}
