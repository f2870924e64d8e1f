//! The fenced blocks of a Markdown file, of which fixtures and the syntax reference are made.

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

/// A fenced block of a Markdown file.
pub(crate) struct Block {
    /// The info string after the opening fence.
    pub(crate) info: String,
    /// The content.
    pub(crate) text: String,
    /// The range in the file, including the fences.
    pub(crate) range: std::ops::Range<usize>,
}

/// Returns the fenced blocks of a Markdown file, in order.
pub(crate) fn blocks(markdown: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut open = false;
    for (event, range) in Parser::new(markdown).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                blocks.push(Block { info: info.to_string(), text: String::new(), range });
                open = true;
            }
            Event::Text(text) if open => {
                blocks.last_mut().expect("an open block").text.push_str(&text);
            }
            Event::End(TagEnd::CodeBlock) => open = false,
            _ => {}
        }
    }
    blocks
}

/// Returns the number of the line at an offset, from 1.
pub(crate) fn line_of(text: &str, offset: usize) -> usize {
    text[..offset].matches('\n').count() + 1
}

/// Returns a fenced block, with a fence longer than any in it.
pub(crate) fn fenced(info: &str, text: &str) -> String {
    let longest = text.lines().map(|line| line.bytes().take_while(|b| *b == b'`').count()).max();
    let fence = "`".repeat(longest.unwrap_or(0).max(2) + 1);
    format!("{fence}{info}\n{}\n{fence}", text.trim_end())
}
