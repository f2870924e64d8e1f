//! The texts of front matter that translators work on.

use std::ops::Range;

use crate::config::FieldConfig;
use crate::config::note_keys::{IN_SENTENCE, SHORT, SUMMARY, TITLE, WITHDRAWN_REASON};
use crate::parse::front_matter::FrontMatterBlock;
use crate::parse::rules::bad_front_matter;
use crate::path::SourcePath;
use crate::span::Span;
use crate::table::TableReader;

/// A text in the front matter.
#[derive(Debug)]
pub struct ValueUnit {
    /// The key.
    pub key: String,
    /// The place in a list of several texts.
    pub at: Option<usize>,
    /// The range of the value in the file, with its quotes.
    pub range: Range<usize>,
    /// The range of the whole value in the file, which may be a list.
    pub whole: Range<usize>,
    /// The text.
    pub text: String,
}

/// Finds the texts in the front matter of `text`, in the order in which they are translated: those that every note may
/// have, then those of `fields`. What only editors read is left out.
pub(super) fn find(
    path: &SourcePath,
    text: &str,
    block: &FrontMatterBlock,
    fields: &[FieldConfig],
) -> Vec<ValueUnit> {
    let common = [TITLE.name, SHORT.name, IN_SENTENCE.name, SUMMARY.name, WITHDRAWN_REASON.name];
    let is_text =
        |field: &&FieldConfig| field.shape.as_type().is_translated() && !field.for_editors;
    let own = fields.iter().filter(is_text).map(|field| field.name.as_str());
    // Whatever is wrong, `parse` reports.
    let mut unsaid = Vec::new();
    let mut found = Vec::new();
    if block.guess.is_some() {
        return found;
    }
    let reader = TableReader::new(path, block.range.start, &mut unsaid);
    let mut reader = reader.in_notation(block.notation);
    reader.parse(&text[block.range.clone()], &bad_front_matter::RULE, |reader, table| {
        for key in common.into_iter().chain(own) {
            let Some(entry) = table.take(key) else { continue };
            let one = reader.text(entry).map(|text| vec![(text, entry.span)]);
            let (is_list, texts) = (one.is_none(), one.unwrap_or_else(|| reader.texts(entry)));
            for (at, (item, span)) in texts.into_iter().enumerate() {
                let at = Some(at).filter(|_| is_list);
                let (range, whole) = (in_file(span), in_file(entry.span));
                if !item.trim().is_empty() {
                    found.push(ValueUnit { key: key.to_owned(), at, range, whole, text: item });
                }
            }
        }
    });
    found
}

fn in_file(span: Span) -> Range<usize> {
    span.start as usize..span.end as usize
}
