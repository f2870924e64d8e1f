//! Rules over the text of a note: each is shown the parts of the text as they are read, and reports what it
//! finds.

use std::ops::Range;

use super::findings::Findings;
use crate::config::Strictness;

/// A rule over the text of a note. A value of it is made for each note, and may remember what it has seen.
pub(crate) trait TextRule: Default {
    /// Looks at the next part of the text.
    fn visit(&mut self, event: &TextEvent<'_>, note: &TextContext<'_>, findings: &mut Findings<'_>);
}

/// A note as it is known before its text is read.
pub(crate) struct TextContext<'a> {
    /// The text, without comments.
    pub(crate) markdown: &'a str,
    /// The settings of the rules.
    pub(crate) check: &'a Strictness,
    /// The title of the note.
    pub(crate) title: &'a str,
}

impl<'a> TextContext<'a> {
    /// Returns the text at a place.
    pub(crate) fn written(&self, at: &Range<usize>) -> &'a str {
        &self.markdown[at.clone()]
    }
}

/// A part of a text. Each `at` is a place in the Markdown.
pub(crate) enum TextEvent<'e> {
    /// The text begins.
    Start,
    /// A heading of a level, with its words; empty if nothing at all stands behind its signs.
    Heading { level: u8, words: &'e str, is_empty: bool, at: Range<usize> },
    /// A link, with the words that it shows.
    Link { words: &'e str, at: &'e Range<usize> },
    /// A link that leads out of the site, or a picture there, with its address.
    Elsewhere { address: &'e str, at: &'e Range<usize> },
    /// A picture, with its alternative text.
    Picture { alt: &'e str, at: &'e Range<usize> },
    /// A table, with the words of its first row.
    Table { head: &'e str, at: Range<usize> },
    /// A row of a table with so many columns.
    TableRow { columns: usize, at: &'e Range<usize> },
    /// A fenced block of code.
    CodeBlock { language: &'e str, at: &'e Range<usize> },
    /// A block of raw HTML.
    HtmlBlock { html: &'e str, at: Range<usize> },
    /// Words in raw HTML of several lines, in which Markdown is not read. `html_at` tells which piece it is.
    HtmlWords { words: &'e str, at: Range<usize>, html_at: usize },
    /// A piece of text within a line, as it is written.
    Words { at: &'e Range<usize>, in_link: bool },
    /// The same, if it holds a square bracket or the sign `<`.
    Brackets { at: &'e Range<usize>, in_table: bool },
    /// A line that begins with a sign which is text.
    SignLine(SignLine<'e>),
    /// A star, brace, tilde or caret that is text, with the rest of its line.
    Sign { sign: u8, at: usize, before: Option<char>, rest: &'e str },
    /// The first bar in a piece of text.
    Bar { at: usize, in_table: bool },
    /// A paragraph or another passage ends, with all its words.
    PassageEnd { words: &'e str },
    /// A footnote is given a text, which comes after everything else.
    Footnote { label: &'e str, at: Range<usize>, is_again: bool, is_cited: bool },
    /// A piece of raw HTML that is left out.
    RefusedHtml { piece: RefusedPiece<'e>, at: &'e Range<usize> },
    /// The text ends, and its footnotes too.
    End,
}

/// A piece of raw HTML that is left out.
pub(crate) enum RefusedPiece<'e> {
    /// An element that notes can't hold.
    Element(&'e str),
    /// An attribute that the element can't have.
    Attribute { key: &'e str, element: &'e str },
    /// A link within a link.
    NestedLink,
    /// An id that holds a space.
    Id,
}

/// A line that begins with a sign which is text.
pub(crate) struct SignLine<'e> {
    /// The first sign.
    pub(crate) sign: char,
    /// The line, from the sign on.
    pub(crate) line: &'e str,
    /// Its place.
    pub(crate) at: Range<usize>,
    /// True if the sign of a quotation stands right before it.
    pub(crate) in_quote: bool,
}
