//! The words that are offered while somebody types.

use gen_lsp_types::*;
use serde_json::json;

use super::RequestFailure;
use super::asking::AskedPlace;
use crate::editor::{self, CompletionOffer, OfferSort};
use crate::lsp::session::LspSession;
use crate::note::NoteId;

pub(super) fn completion(
    session: &LspSession<'_>,
    params: CompletionParams,
) -> Result<Option<CompletionResponse>, RequestFailure> {
    let Some(asked) = AskedPlace::of(session, &params.text_document_position_params) else {
        return Ok(None);
    };
    let Some(list) = editor::completion(asked.book, asked.text, asked.at) else { return Ok(None) };
    let (lines, text, unit) = (&asked.document.lines, &asked.document.text, session.client.unit);
    let range = lines.range(text, list.span, unit);
    let typed = &text[list.span.start as usize..(asked.at as usize).max(list.span.start as usize)];
    let item = |(at, offer): (usize, &CompletionOffer)| {
        let (new_text, is_snippet) = match session.client.snippets && !offer.text.after.is_empty() {
            true => (snippet(&offer.text.before) + "$0" + &snippet(&offer.text.after), true),
            false => (format!("{}{}", offer.text.before, offer.text.after), false),
        };
        // Notes were found by all their names and in any spelling, which an editor would not.
        let filter_text =
            (offer.sort == OfferSort::Note && !typed.is_empty()).then(|| typed.to_owned());
        CompletionItem {
            label: offer.label.clone(),
            kind: Some(kind(offer.sort)),
            tags: offer.is_past.then(|| vec![CompletionItemTag::Deprecated]),
            detail: (!offer.detail.is_empty()).then(|| offer.detail.clone()),
            sort_text: Some(format!("{at:04}")),
            filter_text,
            insert_text_format: is_snippet.then_some(InsertTextFormat::Snippet),
            text_edit: Some(CompletionItemTextEdit::TextEdit(TextEdit { range, new_text })),
            data: offer.note.map(|note| json!({ "note": note.0, "book": session.events.number })),
            ..CompletionItem::default()
        }
    };
    let items = list.offers.iter().enumerate().map(item).collect();
    let has_notes = list.offers.iter().any(|offer| offer.sort == OfferSort::Note);
    Ok(Some(CompletionResponse::CompletionList(CompletionList {
        is_incomplete: list.has_more || has_notes,
        items,
        ..CompletionList::default()
    })))
}

/// Adds what is shown of a note that is offered.
pub(super) fn resolve(
    session: &LspSession<'_>,
    mut item: CompletionItem,
) -> Result<CompletionItem, RequestFailure> {
    let number = item.data.as_ref().and_then(|data| data["note"].as_u64());
    if let (Some(number), Some(book)) = (number, session.edited())
        && let Ok(number) = u32::try_from(number)
        && (number as usize) < book.site().notes.len()
    {
        let text = editor::offer_text(book.view, NoteId(number));
        item.documentation = (!text.is_empty()).then_some(Documentation::String(text));
    }
    Ok(item)
}

fn kind(sort: OfferSort) -> CompletionItemKind {
    match sort {
        OfferSort::Note => CompletionItemKind::Reference,
        OfferSort::Part => CompletionItemKind::Constant,
        OfferSort::File => CompletionItemKind::File,
        OfferSort::Key => CompletionItemKind::Property,
        OfferSort::Word => CompletionItemKind::EnumMember,
        OfferSort::Date => CompletionItemKind::Value,
        OfferSort::Footnote => CompletionItemKind::Reference,
    }
}

/// Returns a text with places for the cursor, in which what it holds stands for itself.
fn snippet(text: &str) -> String {
    let mut snippet = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '$' | '}' | '\\') {
            snippet.push('\\');
        }
        snippet.push(c);
    }
    snippet
}
