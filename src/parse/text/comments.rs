//! Comments of writers, as in Obsidian: `%% not for readers %%`, within a line or over many. They are
//! taken out before the Markdown is read, so nothing of them can come through.

use std::ops::Range;

use memchr::memmem;
use pulldown_cmark::{Event, Parser, Tag};

use super::edited::{EditedText, Replacement};
use super::events::OPTIONS;
use super::nesting::too_deep;
use super::signs::is_escaped;

/// The most times that code is looked for again because a comment began or ended within what looked like code.
const ROUNDS: usize = 16;

const SIGN: &str = "%%";

/// The comments of a text.
#[derive(Default)]
pub(crate) struct CommentRanges {
    /// The edits that take them out.
    pub(crate) edits: Vec<Replacement>,
    /// The sign of one that does not end.
    pub(crate) unclosed: Option<Range<usize>>,
}

/// The places of code in a text, in which signs are just signs, and of comments of HTML, to which they belong.
struct LiteralRanges {
    blocks: Vec<Range<usize>>,
    /// Within a paragraph, and comments of HTML.
    spans: Vec<Range<usize>>,
}

/// Finds the comments of a text.
pub(crate) fn find(written: &str) -> CommentRanges {
    let mut comments = CommentRanges::default();
    let Some(mut from) = memmem::find(written.as_bytes(), SIGN.as_bytes()) else { return comments };
    let mut code = LiteralRanges::find(written, &[]);
    let mut rounds = 0;
    while let Some(start) = next(written, from) {
        if let Some(end) = code.end_around(start) {
            from = end;
            continue;
        }
        if is_escaped(written, start) {
            from = start + SIGN.len();
            continue;
        }
        let Some(end) = end_of(written, start, &code) else {
            comments.unclosed = Some(start..start + SIGN.len());
            break;
        };
        let before = comments.edits.last().map_or(0, |edit| edit.at.end);
        let at = with_space(written, start..end);
        let at = Range { start: at.start.max(before), ..at };
        comments.edits.push(Replacement { at, with: String::new() });
        from = end;
        // A sign in the comment may have looked like the beginning of code that goes on behind it.
        if code.end_around(end).is_some() && rounds < ROUNDS {
            code = LiteralRanges::find(written, &comments.edits);
            rounds += 1;
        }
    }
    comments
}

fn next(written: &str, from: usize) -> Option<usize> {
    memmem::find(&written.as_bytes()[from..], SIGN.as_bytes()).map(|at| from + at)
}

/// Finds the end of the comment that begins at `start`. Signs in a block of code are part of that code.
fn end_of(written: &str, start: usize, code: &LiteralRanges) -> Option<usize> {
    let mut from = start + SIGN.len();
    loop {
        let at = next(written, from)?;
        match around(&code.blocks, at) {
            Some(block) => from = block.end,
            None => return Some(at + SIGN.len()),
        }
    }
}

/// Returns the place of a comment with the space that stands there only for it, and with its lines if nothing else is in
/// them: what is left reads as if it had never been there.
fn with_space(written: &str, comment: Range<usize>) -> Range<usize> {
    // Only the space is looked at and not the line: a line may hold any number of comments.
    let before = &written[..comment.start];
    let start = before.trim_end_matches([' ', '\t']).len();
    let line = before.trim_end_matches([' ', '\t', '>']).len();
    let is_first = line == 0 || before[..line].ends_with('\n');
    let after = &written[comment.end..];
    let end = after.find(|c: char| c == '\n' || !c.is_whitespace()).unwrap_or(after.len());
    let is_last = after[end..].starts_with('\n') || end == after.len();
    let space = after.len() - after.trim_start_matches([' ', '\t']).len();
    match (is_first, is_last) {
        (true, true) => line..(comment.end + end + 1).min(written.len()),
        (false, true) => start..comment.end,
        _ if is_first || start < comment.start => comment.start..comment.end + space,
        _ => comment,
    }
}

impl LiteralRanges {
    /// Finds the code of a text, without the comments that are known of.
    fn find(written: &str, comments: &[Replacement]) -> Self {
        let edited = EditedText::new(written, 0, comments);
        let (mut blocks, mut spans) = (Vec::new(), Vec::new());
        if too_deep(&edited.text).is_some() {
            return Self { blocks, spans };
        }
        for (event, range) in Parser::new_ext(&edited.text, OPTIONS).into_offset_iter() {
            match event {
                Event::Start(Tag::CodeBlock(_)) => blocks.push(edited.written(range)),
                Event::Code(_) => spans.push(edited.written(range)),
                Event::InlineHtml(_) | Event::Start(Tag::HtmlBlock) => {
                    let comments = of_html(&edited.text[range.clone()]);
                    let shifted = |at: Range<usize>| range.start + at.start..range.start + at.end;
                    spans.extend(comments.map(|at| edited.written(shifted(at))));
                }
                _ => {}
            }
        }
        Self { blocks, spans }
    }

    /// Finds the end of the code in which `at` stands.
    fn end_around(&self, at: usize) -> Option<usize> {
        around(&self.blocks, at).or_else(|| around(&self.spans, at)).map(|range| range.end)
    }
}

/// Finds the comments of a piece of HTML. One that does not end goes on to its end.
fn of_html(html: &str) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + html[from..].find("<!--")?;
        from = html[start..].find("-->").map_or(html.len(), |at| start + at + "-->".len());
        Some(start..from)
    })
}

/// Finds the range in which `at` stands, among some in the order of a text.
fn around(ranges: &[Range<usize>], at: usize) -> Option<&Range<usize>> {
    let before = ranges.partition_point(|range| range.start <= at).checked_sub(1)?;
    Some(&ranges[before]).filter(|range| at < range.end)
}
