//! The layout of a note, or of some of its lines.

use similar::{DiffOp, TextDiff};

use super::{EditedBook, OpenText};
use crate::authoring::{TidyOutcome, makes_same_pages, tidy};
use crate::diagnostic::{TextEdit, with_edits};
use crate::source::Source;
use crate::span::Span;

/// Returns the edits of whole lines that bring a text into the layout, in its order. Of a part of it, those of the lines in which
/// it stands, if the page stays as it is with them alone.
pub fn layout_edits(book: EditedBook<'_>, text: &OpenText, within: Option<Span>) -> Vec<TextEdit> {
    let config = &book.site().config;
    let source = Source::new(text.path.clone(), text.text.as_bytes().to_vec());
    let TidyOutcome::Changed(file) = tidy(&source, config) else { return Vec::new() };
    let mut edits = line_edits(&text.text, &file.after);
    let Some(span) = within else { return edits };
    let lines = whole_lines(&text.text, span);
    edits.retain(|edit| lines.start <= edit.span.start && edit.span.end <= lines.end);
    let after = with_edits(&text.text, &edits);
    let is_kept = after.is_some_and(|after| makes_same_pages(&source, &after, config));
    if is_kept { edits } else { Vec::new() }
}

/// Returns the lines in which a part of a text stands, with their breaks.
fn whole_lines(text: &str, span: Span) -> Span {
    let range = span.within(text);
    let start = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
    // A part that ends at the start of a line ends with the line before.
    let last = if range.end > range.start && text[..range.end].ends_with('\n') {
        range.end
    } else {
        text[range.end..].find('\n').map_or(text.len(), |length| range.end + length + 1)
    };
    Span::from(start..last)
}

/// Returns the edits of whole lines that turn one text into another.
fn line_edits(before: &str, after: &str) -> Vec<TextEdit> {
    let [old, new] = [before, after].map(|text| text.split_inclusive('\n').collect::<Vec<_>>());
    let mut edits = Vec::new();
    let mut at = 0;
    for op in TextDiff::from_slices(&old, &new).ops() {
        let (was, is) = (&old[op.old_range()], &new[op.new_range()]);
        let mut put = |was: &[&str], is: String| {
            let end = at + was.iter().map(|line| line.len()).sum::<usize>();
            edits.push((Span::from(at..end), is));
            at = end;
        };
        match op {
            // Each line by itself, so that one can be asked for.
            DiffOp::Replace { .. } if was.len() == is.len() => {
                was.iter().zip(is).for_each(|(was, is)| put(&[was], (*is).to_owned()));
            }
            _ => put(was, is.concat()),
        }
    }
    let differs = |(span, text): &(Span, String)| before[span.within(before)] != **text;
    let edits = edits.into_iter().filter(differs);
    edits.map(|(span, text)| TextEdit { span, text }).collect()
}
